//! Reads the definitions of commands and flags: one view for parser, help, completion and reference.

use std::any::TypeId;
use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, Command};

use crate::argument::{Float, Format, Int, OutputFormat, Strings, Switch, quote};

/// A flag of a command.
#[derive(Clone, Copy)]
pub(crate) struct Flag<'c>(&'c Arg);

/// How often a command wants its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arity {
    pub(crate) least: usize,
    pub(crate) most: usize,
}

impl<'c> Flag<'c> {
    /// The name without dashes. Every flag has a long name.
    pub(crate) fn name(self) -> &'c str {
        self.0.get_long().expect("a test checks that every flag has a long name")
    }

    pub(crate) fn short(self) -> Option<char> {
        self.0.get_short()
    }

    pub(crate) fn usage(self) -> String {
        self.0.get_help().map(ToString::to_string).unwrap_or_default()
    }

    pub(crate) fn is_hidden(self) -> bool {
        self.0.is_hide_set()
    }

    /// What to do instead, if the flag is one of old: the long help of a hidden flag.
    pub(crate) fn advice(self) -> Option<String> {
        let long = self.0.get_long_help().filter(|_| self.is_hidden());
        long.map(ToString::to_string)
    }

    pub(crate) fn is_switch(self) -> bool {
        self.is::<Switch>()
    }

    /// Whether the flag may stand without a value, as `--verify`.
    pub(crate) fn stands_alone(self) -> bool {
        self.is_switch() || self.0.get_num_args().is_some_and(|range| range.min_values() == 0)
    }

    /// Whether each repetition adds a value.
    pub(crate) fn is_repeatable(self) -> bool {
        matches!(self.0.get_action(), ArgAction::Append)
    }

    /// What the flag's values are called in help, empty for a switch.
    pub(crate) fn kind(self) -> String {
        let words: &[(bool, &str)] = &[
            (self.is_switch(), ""),
            (self.is::<Strings>(), "strings"),
            (self.is::<String>() && self.is_repeatable(), "stringArray"),
            (self.is::<String>() || self.is::<PathBuf>(), "string"),
            (self.is::<Int>(), "int"),
            (self.is::<crate::argument::Uint>(), "uint"),
            (self.is::<Float>(), "float32"),
            (self.is::<crate::argument::Span>(), "duration"),
            (self.is::<OutputFormat>() || self.is::<Format>(), "format"),
        ];
        if let Some((_, word)) = words.iter().find(|(is, _)| *is) {
            return (*word).to_owned();
        }
        let names = self.0.get_value_names().unwrap_or_default();
        names.first().map(|name| name.to_lowercase()).unwrap_or_default()
    }

    /// The default as help shows it; nothing for empty and zero values.
    pub(crate) fn shown_default(self) -> Option<String> {
        let value = self.0.get_default_values().first()?.to_string_lossy();
        match &*value {
            "" | "false" | "0" => None,
            value if self.kind() == "string" => Some(quote(value)),
            value => Some(value.to_owned()),
        }
    }

    /// The values to choose from, each with its meaning.
    pub(crate) fn choices(self) -> Vec<(String, String)> {
        let describe = |value: &clap::builder::PossibleValue| {
            let help = value.get_help().map(ToString::to_string).unwrap_or_default();
            (value.get_name().to_owned(), help)
        };
        self.0.get_possible_values().iter().map(describe).collect()
    }

    pub(crate) fn hint(self) -> ValueHint {
        self.0.get_value_hint()
    }

    fn is<T: 'static>(self) -> bool {
        self.0.get_value_parser().type_id() == TypeId::of::<T>()
    }
}

/// The flags of one command, without those it inherits; sorted by name.
pub(crate) fn flags(command: &Command) -> Vec<Flag<'_>> {
    let mut flags: Vec<_> =
        command.get_arguments().filter(|arg| !arg.is_positional()).map(Flag).collect();
    flags.sort_by(|left, right| left.name().cmp(right.name()));
    flags
}

/// The arguments of a command that are not flags.
pub(crate) fn positionals(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.is_positional())
}

/// How many arguments a command wants.
pub(crate) fn arity(command: &Command) -> Arity {
    let mut arity = Arity { least: 0, most: 0 };
    for arg in positionals(command) {
        let (least, most) = match arg.get_num_args() {
            Some(range) => (range.min_values(), range.max_values()),
            None => (1, 1),
        };
        arity.least += if arg.is_required_set() { least } else { 0 };
        arity.most = arity.most.saturating_add(most);
    }
    arity
}

/// What kind of thing the argument at `index` is, or nothing when there is no such argument.
pub(crate) fn hint_at(command: &Command, index: usize) -> Option<ValueHint> {
    let mut start = 0_usize;
    for arg in positionals(command) {
        let most = arg.get_num_args().map_or(1, |range| range.max_values());
        if index < start.saturating_add(most) {
            return Some(arg.get_value_hint());
        }
        start += most;
    }
    None
}

/// The command's subcommands that users see, sorted by name.
pub(crate) fn subcommands(command: &Command) -> Vec<&Command> {
    let mut commands: Vec<_> =
        command.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    commands.sort_by(|left, right| left.get_name().cmp(right.get_name()));
    commands
}

/// Prepares definitions made by derive: switches take `=value`, every command has `--help`, and the
/// last of several values wins.
pub(crate) fn prepare(command: Command) -> Command {
    let help = format!("help for {}", command.get_name());
    let help = Arg::new("help").short('h').long("help").help(help).value_parser(switch_parser());
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .args_override_self(true)
        .arg(help)
        .mut_args(prepare_flag)
        .mut_subcommands(prepare)
}

/// Reads a [`Switch`].
pub(crate) fn switch_parser() -> clap::builder::ValueParser {
    clap::builder::ValueParser::new(|text: &str| text.parse::<Switch>())
}

fn prepare_flag(mut arg: Arg) -> Arg {
    if Flag(&arg).is::<PathBuf>() {
        // An empty path is one, too; whoever uses it says what is wrong with it.
        let path = |text: &str| Ok::<PathBuf, std::convert::Infallible>(text.into());
        arg = arg.value_parser(clap::builder::ValueParser::new(path));
    }
    if arg.is_positional() {
        return arg;
    }
    if !Flag(&arg).is_switch() {
        return arg.allow_hyphen_values(true);
    }
    // Of a flag that Helm does not want any more it matters whether it is given at all.
    let has_default = !arg.get_default_values().is_empty() || arg.is_hide_set();
    let arg = arg
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
        .required(false)
        .action(ArgAction::Set);
    if has_default { arg } else { arg.default_value("false") }
}
