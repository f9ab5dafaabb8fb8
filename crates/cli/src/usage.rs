//! Mistakes on the command line, in the words that Helm's users and scripts know.

use crate::argument::quote;

/// What is wrong with a command line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("unknown flag: --{name}")]
    UnknownFlag { name: String },

    #[error("unknown shorthand flag: '{short}' in -{word}")]
    UnknownShort { short: char, word: String },

    #[error("flag needs an argument: --{name}")]
    NoValue { name: String },

    #[error("flag needs an argument: '{short}' in -{word}")]
    NoShortValue { short: char, word: String },

    #[error("bad flag syntax: {word}")]
    FlagSyntax { word: String },

    #[error("invalid argument {} for \"{flag}\" flag: {why}", quote(.value))]
    InvalidValue { value: String, flag: String, why: String },

    #[error("\"{command}\" {wants}\n\nUsage:  {usage}")]
    Arity { command: String, wants: String, usage: String },

    #[error("unknown command {} for \"{parent}\"{}\nRun '{parent} --help' for usage.", quote(.name), suggest(.nearest))]
    UnknownCommand { name: String, parent: String, nearest: Vec<String>, not_yet: bool },

    #[error("invalid color mode {}: must be one of: never, auto, always", quote(.mode))]
    ColorMode { mode: String },

    #[error("--{flag} needs --{other}")]
    Needs { flag: &'static str, other: &'static str },

    #[error("--{flag} cannot be used with {other}")]
    Excludes { flag: &'static str, other: &'static str },

    #[error("argument {position} is not valid UTF-8")]
    NotUtf8 { position: usize },
}

impl UsageError {
    /// What to try next.
    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownCommand { name, not_yet: true, .. } => {
                vec![format!("`{name}` is a command of Helm that this version does not have yet")]
            }
            _ => Vec::new(),
        }
    }
}

fn suggest(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    format!("\n\nDid you mean this?\n\t{}\n", nearest.join("\n\t"))
}

/// How many letters must be changed, added or dropped to make one word of another.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}
