use std::fmt::Write as _;

use clap::Command;

use super::{defaults, each};
use crate::command_line::{command_path, usage_line};
use crate::definition::{self, Flag};
use crate::help::{about, description, examples, global_flags};

/// One manual page per command, with its file name.
pub(crate) fn man(root: &Command) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    each(&mut vec![root], &mut |path| pages.push((format!("{}.1", dashed(path)), page(path))));
    pages
}

fn dashed(path: &[&Command]) -> String {
    command_path(path).replace(' ', "-")
}

fn page(path: &[&Command]) -> String {
    let command = path[path.len() - 1];
    let name = dashed(path);
    let mut text = format!(
        ".TH \"{}\" \"1\" \"\" \"rhumb {}\" \"\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n\\fB{}\\fP\n.SH DESCRIPTION\n{}\n",
        name.to_uppercase(),
        env!("CARGO_PKG_VERSION"),
        escape(&name),
        escape(&about(command)),
        escape(&usage_line(path)),
        body(path),
    );
    text.push_str(&options("OPTIONS", &definition::flags(command)));
    if path.len() > 1 {
        text.push_str(&options("OPTIONS OF ALL COMMANDS", &global_flags(path[0])));
    }
    if let Some(examples) = examples(path) {
        let _ = write!(text, ".SH EXAMPLES\n.nf\n{}\n.fi\n", escape(&examples));
    }
    text.push_str(&see_also(path));
    text
}

/// The description: paragraphs, and the list of variables as it stands.
fn body(path: &[&Command]) -> String {
    let text = description(path);
    let (text, variables) = match text.split_once("\n\nEnvironment:\n\n") {
        Some((text, variables)) => (text.to_owned(), variables.to_owned()),
        None => (text, String::new()),
    };
    let mut body = escape(&text).replace("\n\n", "\n.PP\n");
    if !variables.is_empty() {
        let _ = write!(body, "\n.SH ENVIRONMENT\n.nf\n{}\n.fi", escape(&variables));
    }
    body
}

fn options(title: &str, flags: &[Flag<'_>]) -> String {
    let mut text = format!(".SH {title}\n");
    let defaults = defaults();
    for flag in flags.iter().filter(|flag| !flag.is_hidden()) {
        let short = flag.short().map(|short| format!("\\fB\\-{short}\\fP, ")).unwrap_or_default();
        let kind = flag.kind();
        let value = if kind.is_empty() { kind } else { format!(" \\fI{kind}\\fP") };
        let default = defaults.get(flag.name()).filter(|value| !value.is_empty()).cloned();
        let default = default.or_else(|| flag.shown_default());
        let default = default.map(|value| format!(" (default {value})")).unwrap_or_default();
        let _ = write!(
            text,
            ".TP\n{short}\\fB\\-\\-{}\\fP{value}\n{}\n",
            escape(flag.name()),
            escape(&format!("{}{default}", flag.usage())),
        );
    }
    text
}

fn see_also(path: &[&Command]) -> String {
    let mut names: Vec<String> = Vec::new();
    if path.len() > 1 {
        names.push(dashed(&path[..path.len() - 1]));
    }
    for command in definition::subcommands(path[path.len() - 1]) {
        names.push(format!("{}-{}", dashed(path), command.get_name()));
    }
    let names: Vec<_> = names.iter().map(|name| format!("\\fB{}\\fP(1)", escape(name))).collect();
    format!(".SH SEE ALSO\n{}\n", names.join(", "))
}

/// Keeps text from being read as markup.
fn escape(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-");
    let guard = |line: &str| {
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() }
    };
    escaped.lines().map(guard).collect::<Vec<_>>().join("\n")
}
