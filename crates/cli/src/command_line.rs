//! Reads the command line by the rules of Go's flag library, which differ from those of most others.
//!
//! Flags may follow arguments, a switch takes a value only after `=`, the last value wins, and a
//! word is a subcommand if it is the first that is not a flag. The result is a plain spelling of
//! the same command line (`rhumb --debug=true pull --version=1.2.3 -- oci://…`) that leaves nothing
//! to interpret, which clap then turns into types.

use clap::Command;

use crate::argument::Wait;
use crate::definition::{self, Arity, Flag};
use crate::usage::UsageError;

/// A command line, split and checked.
#[derive(Debug)]
pub(crate) struct CommandLine<'c> {
    /// The commands from the root to the one that was named.
    pub(crate) path: Vec<&'c Command>,
    /// The flags that were set, in order.
    pub(crate) flags: Vec<Setting<'c>>,
    /// What is neither a command nor a flag.
    pub(crate) arguments: Vec<String>,
    /// Whether `--` was seen, after which nothing is a flag.
    pub(crate) ended: bool,
    /// Why the words after these were not read.
    pub(crate) mistake: Option<UsageError>,
}

/// One flag with the value it was given; no value when it stood alone.
pub(crate) struct Setting<'c> {
    pub(crate) flag: Flag<'c>,
    pub(crate) value: Option<String>,
    global: bool,
}

impl std::fmt::Debug for Setting<'_> {
    // Values may be passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "--{}", self.flag.name())
    }
}

impl<'c> CommandLine<'c> {
    /// Reads the flags and arguments of a command that was found already, as far as there is no mistake.
    pub(crate) fn parse_flags(path: Vec<&'c Command>, words: &[String]) -> Self {
        let (flags, arguments) = (Vec::new(), Vec::new());
        let mut line = Self { path, flags, arguments, ended: false, mistake: None };
        line.mistake = line.parse_words(words).err();
        line
    }

    fn parse_words(&mut self, words: &[String]) -> Result<(), UsageError> {
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--" {
                self.ended = true;
                self.arguments.extend(words.by_ref().cloned());
            } else if let Some(long) = word.strip_prefix("--") {
                self.parse_long(long, &mut words)?;
            } else if word.len() > 1 && word.starts_with('-') {
                self.parse_short(&word[1..], &mut words)?;
            } else {
                self.arguments.push(word.clone());
            }
        }
        Ok(())
    }

    /// The command that was named, the root if none was.
    pub(crate) fn command(&self) -> &'c Command {
        self.path.last().expect("the path starts with the root")
    }

    /// The names of the commands, such as `rhumb registry login`.
    pub(crate) fn command_path(&self) -> String {
        command_path(&self.path)
    }

    /// The value that a flag ends up with.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.value_of_any(&[name])
    }

    /// The value that a flag of several names ends up with.
    pub(crate) fn value_of_any(&self, names: &[&str]) -> Option<&str> {
        let is_named = |setting: &&Setting<'_>| names.contains(&setting.flag.name());
        let last = self.flags.iter().rev().find(is_named)?;
        Some(last.value.as_deref().unwrap_or("true"))
    }

    /// What is said of values of old, each time that one is given by the first `count` flags.
    pub(crate) fn old_values(&self, count: usize) -> Vec<String> {
        let waits = self.flags[..count].iter().filter(|setting| setting.flag.name() == "wait");
        waits.filter_map(|wait| wait.value.as_deref()?.parse::<Wait>().ok()?.warning()).collect()
    }

    /// What is said of the flags of old that were set, each time that one was.
    pub(crate) fn deprecations(&self) -> Vec<String> {
        let said = |Setting { flag, .. }: &Setting<'_>| {
            Some(format!("Flag --{} has been deprecated, {}", flag.name(), flag.advice()?))
        };
        self.flags.iter().filter_map(said).collect()
    }

    /// The same command line in the one spelling that leaves nothing to interpret.
    pub(crate) fn canonical(&self) -> Vec<String> {
        self.canonical_until(self.flags.len())
    }

    /// The same with no more than the first `count` flags.
    pub(crate) fn canonical_until(&self, count: usize) -> Vec<String> {
        let spell = |setting: &Setting<'_>| match &setting.value {
            Some(value) => format!("--{}={value}", setting.flag.name()),
            None => format!("--{}", setting.flag.name()),
        };
        let (globals, locals): (Vec<_>, Vec<_>) =
            self.flags[..count].iter().partition(|setting| setting.global);
        let mut words = vec![self.path[0].get_name().to_owned()];
        words.extend(globals.into_iter().map(spell));
        words.extend(self.path[1..].iter().map(|command| command.get_name().to_owned()));
        words.extend(locals.into_iter().map(spell));
        if !self.arguments.is_empty() {
            words.push("--".to_owned());
            words.extend(self.arguments.iter().cloned());
        }
        words
    }

    /// Checks the number of arguments.
    pub(crate) fn check_arity(&self) -> Result<(), UsageError> {
        let Arity { least, most } = definition::arity(self.command());
        let count = self.arguments.len();
        if (least..=most).contains(&count) {
            return Ok(());
        }
        let wants = match (least, most) {
            (_, 0) => "accepts no arguments".to_owned(),
            (least, most) if least == most => format!("requires {least} {}", arguments(least)),
            (least, _) if count < least => {
                format!("requires at least {least} {}", arguments(least))
            }
            (_, most) => format!("accepts at most {most} {}", arguments(most)),
        };
        Err(UsageError::Arity {
            command: self.command_path(),
            wants,
            usage: usage_line(&self.path),
        })
    }

    fn parse_long(
        &mut self,
        word: &str,
        rest: &mut std::slice::Iter<'_, String>,
    ) -> Result<(), UsageError> {
        if word.starts_with(['-', '=']) {
            return Err(UsageError::FlagSyntax { word: format!("--{word}") });
        }
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        let Some((flag, global)) = self.lookup(|flag| flag.name() == name) else {
            return Err(UsageError::UnknownFlag { name: name.to_owned() });
        };
        let value = match value {
            Some(value) => Some(value),
            None if flag.stands_alone() => None,
            None => match rest.next() {
                Some(value) => Some(value.clone()),
                None => return Err(UsageError::NoValue { name: name.to_owned() }),
            },
        };
        self.flags.push(Setting { flag, value, global });
        Ok(())
    }

    /// Reads `-dx`, `-d=x`, `-d x` and several in one, such as `-lr`.
    fn parse_short(
        &mut self,
        word: &str,
        rest: &mut std::slice::Iter<'_, String>,
    ) -> Result<(), UsageError> {
        let mut shorts = word;
        while let Some(short) = shorts.chars().next() {
            let after = &shorts[short.len_utf8()..];
            let Some((flag, global)) = self.lookup(|flag| flag.short() == Some(short)) else {
                return Err(UsageError::UnknownShort { short, word: shorts.to_owned() });
            };
            let value = if after.len() > 1 && after.starts_with('=') {
                Some(after[1..].to_owned())
            } else if flag.stands_alone() {
                self.flags.push(Setting { flag, value: None, global });
                shorts = after;
                continue;
            } else if !after.is_empty() {
                Some(after.to_owned())
            } else if let Some(value) = rest.next() {
                Some(value.clone())
            } else {
                return Err(UsageError::NoShortValue { short, word: shorts.to_owned() });
            };
            self.flags.push(Setting { flag, value, global });
            return Ok(());
        }
        Ok(())
    }

    /// Finds a flag of the command or, failing that, of the root; the answer says which.
    fn lookup(&self, wanted: impl Fn(&Flag<'c>) -> bool) -> Option<(Flag<'c>, bool)> {
        let own = definition::flags(self.command()).into_iter().find(&wanted);
        if let Some(flag) = own {
            return Some((flag, self.path.len() == 1));
        }
        let inherited = definition::flags(self.path[0]).into_iter().find(&wanted);
        inherited.filter(|flag| flag.name() != "help").map(|flag| (flag, true))
    }
}

/// Follows the words that name subcommands; returns the path and the other words.
pub(crate) fn find<'c>(root: &'c Command, words: &[String]) -> (Vec<&'c Command>, Vec<String>) {
    let mut path = vec![root];
    let mut rest = words.to_vec();
    loop {
        let command = path[path.len() - 1];
        let found = first_argument(root, command, &rest)
            .and_then(|index| Some((index, subcommand(command, &rest[index])?)));
        let Some((index, next)) = found else { return (path, rest) };
        rest.remove(index);
        path.push(next);
    }
}

/// Finds a subcommand by its name or an alias.
pub(crate) fn subcommand<'c>(command: &'c Command, name: &str) -> Option<&'c Command> {
    command
        .get_subcommands()
        .find(|sub| sub.get_name() == name || sub.get_all_aliases().any(|alias| alias == name))
}

/// The index of the first word that is neither a flag nor the value of one.
///
/// A flag that neither `command` nor the root has is taken to have a value, for it may belong to a
/// subcommand that is not known yet.
pub(crate) fn first_argument(root: &Command, command: &Command, words: &[String]) -> Option<usize> {
    let stands_alone = |wanted: &dyn Fn(&Flag<'_>) -> bool| {
        let flags = definition::flags(command).into_iter().chain(definition::flags(root));
        flags.filter(|flag| flag.name() != "help").any(|flag| wanted(&flag) && flag.stands_alone())
    };
    let mut index = 0;
    while index < words.len() {
        let word = words[index].as_str();
        let takes_next = if word == "--" {
            return None;
        } else if word.contains('=') && word.starts_with('-') {
            false
        } else if let Some(name) = word.strip_prefix("--") {
            !stands_alone(&|flag| flag.name() == name)
        } else if word.starts_with('-') && word.chars().count() == 2 {
            !stands_alone(&|flag| flag.short() == word.chars().nth(1))
        } else if word.is_empty() || word.starts_with('-') {
            false
        } else {
            return Some(index);
        };
        index += if takes_next { 2 } else { 1 };
    }
    None
}

/// The names of the commands, such as `rhumb registry login`.
pub(crate) fn command_path(path: &[&Command]) -> String {
    let names: Vec<_> = path.iter().map(|command| command.get_name()).collect();
    names.join(" ")
}

/// One line that shows how a command is called, such as `rhumb create NAME [flags]`.
pub(crate) fn usage_line(path: &[&Command]) -> String {
    let mut line = command_path(path);
    let command = path[path.len() - 1];
    let shown = definition::positionals(command).filter(|arg| !arg.is_hide_set());
    let arguments = shown.filter_map(|arg| arg.get_value_names());
    for name in arguments.flatten() {
        line.push(' ');
        line.push_str(name);
    }
    line + " [flags]"
}

fn arguments(count: usize) -> &'static str {
    if count == 1 { "argument" } else { "arguments" }
}
