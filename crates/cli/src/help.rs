//! Renders help: the layout that Helm's users know, the words are ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::Command;

use crate::command_line::{command_path, usage_line};
use crate::definition::{self, Flag};
use crate::environment::VARIABLES;

/// Columns at which paragraphs are wrapped; flags are not, so that they can be grepped.
const WIDTH: usize = 80;
/// Columns that a name in a list of commands takes at least.
const NAME_WIDTH: usize = 11;

/// Defaults that depend on the environment, by flag name.
pub(crate) type Defaults = BTreeMap<&'static str, String>;

/// Renders the help of the last command of `path`.
pub(crate) fn help(path: &[&Command], defaults: &Defaults) -> String {
    format!("{}\n\n{}", description(path), usage(path, defaults))
}

/// What the command is for, in full.
pub(crate) fn description(path: &[&Command]) -> String {
    let command = path[path.len() - 1];
    let text = command.get_long_about().or(command.get_about());
    let text = text.map(ToString::to_string).unwrap_or_default();
    let mut text = wrap(&text, WIDTH);
    if path.len() == 1 {
        text.push_str("\n\nEnvironment:\n");
        let width = VARIABLES.iter().map(|variable| variable.name.len()).max().unwrap_or(0);
        for variable in VARIABLES {
            let _ = write!(text, "\n  {:width$}  {}", variable.name, variable.help);
        }
    }
    text.replace("{program}", path[0].get_name())
}

/// Renders all of the help but the description.
fn usage(path: &[&Command], defaults: &Defaults) -> String {
    let command = path[path.len() - 1];
    let subcommands = definition::subcommands(command);
    let full_path = command_path(path);
    let mut text = if subcommands.is_empty() {
        format!("Usage:\n  {}\n", usage_line(path))
    } else {
        format!("Usage:\n  {full_path} [command]\n")
    };
    let aliases: Vec<_> = command.get_all_aliases().collect();
    if !aliases.is_empty() {
        let _ = write!(text, "\nAliases:\n  {}, {}\n", command.get_name(), aliases.join(", "));
    }
    if let Some(examples) = examples(path) {
        let _ = write!(text, "\nExamples:\n{examples}\n");
    }
    if !subcommands.is_empty() {
        text.push_str("\nAvailable Commands:\n");
        let width = subcommands.iter().map(|sub| sub.get_name().len()).max().unwrap_or(0);
        let width = width.max(NAME_WIDTH);
        for sub in &subcommands {
            let _ = writeln!(text, "  {:width$} {}", sub.get_name(), about(sub));
        }
    }
    let _ = write!(text, "\nFlags:\n{}", flag_table(&definition::flags(command), defaults));
    if path.len() > 1 {
        let _ = write!(text, "\nGlobal Flags:\n{}", flag_table(&global_flags(path[0]), defaults));
    }
    if !subcommands.is_empty() {
        let _ = writeln!(
            text,
            "\nUse \"{full_path} [command] --help\" for more information about a command."
        );
    }
    text
}

/// The command's examples, indented.
pub(crate) fn examples(path: &[&Command]) -> Option<String> {
    let examples = path[path.len() - 1].get_after_help()?.to_string();
    Some(examples.replace("{program}", path[0].get_name()))
}

/// The one line that lists show of a command.
pub(crate) fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// The flags that a subcommand inherits.
pub(crate) fn global_flags(root: &Command) -> Vec<Flag<'_>> {
    let mut flags = definition::flags(root);
    flags.retain(|flag| flag.name() != "help");
    flags
}

/// One line per flag, aligned.
pub(crate) fn flag_table(flags: &[Flag<'_>], defaults: &Defaults) -> String {
    let shown: Vec<_> = flags.iter().filter(|flag| !flag.is_hidden()).collect();
    let heads: Vec<_> = shown.iter().map(|flag| flag_head(**flag)).collect();
    let width = heads.iter().map(String::len).max().unwrap_or(0);
    let mut table = String::new();
    for (flag, head) in shown.iter().zip(heads) {
        let _ = writeln!(table, "{head:width$}   {}{}", flag.usage(), default_of(**flag, defaults));
    }
    table
}

fn flag_head(flag: Flag<'_>) -> String {
    let mut head = match flag.short() {
        Some(short) => format!("  -{short}, --{}", flag.name()),
        None => format!("      --{}", flag.name()),
    };
    let kind = flag.kind();
    if !kind.is_empty() {
        head.push(' ');
        head.push_str(&kind);
    }
    head
}

fn default_of(flag: Flag<'_>, defaults: &Defaults) -> String {
    let from_environment = defaults.get(flag.name()).filter(|value| !value.is_empty());
    let value = match from_environment {
        Some(value) if flag.kind() == "string" => Some(crate::argument::quote(value)),
        Some(value) => Some(value.clone()),
        None => flag.shown_default(),
    };
    value.map(|value| format!(" (default {value})")).unwrap_or_default()
}

/// Breaks each paragraph into lines of at most `width` columns.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let paragraphs: Vec<_> = text.split("\n\n").map(|paragraph| fill(paragraph, width)).collect();
    paragraphs.join("\n\n")
}

fn fill(paragraph: &str, width: usize) -> String {
    let mut filled = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            filled.push('\n');
            column = 0;
        } else if column > 0 {
            filled.push(' ');
            column += 1;
        }
        filled.push_str(word);
        column += length;
    }
    filled
}
