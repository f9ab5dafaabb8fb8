//! Answers the shell's question what could come next, in the protocol that Helm's completion
//! scripts speak: one candidate a line, a tab before its description, and at the end a colon with
//! the sum of the directives below.

mod candidate;
mod remote;
mod repo;

use std::process::ExitCode;

use clap::Command;

use crate::command;
use crate::command_line::{self, CommandLine};
use crate::context::Context;
use crate::definition::{self, Flag};
use crate::help::about;

/// What the shell should do besides offering the candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directive(u8);

impl Directive {
    /// Complete file names if there is no candidate.
    pub(crate) const DEFAULT: Self = Self(0);
    /// Add no space after the only candidate.
    pub(crate) const NO_SPACE: Self = Self(2);
    /// Complete no file names.
    pub(crate) const NO_FILES: Self = Self(4);

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn names(self) -> String {
        let all = [
            (Self::NO_SPACE, "ShellCompDirectiveNoSpace"),
            (Self::NO_FILES, "ShellCompDirectiveNoFileComp"),
        ];
        let set: Vec<_> =
            all.iter().filter(|(flag, _)| self.0 & flag.0 != 0).map(|(_, name)| *name).collect();
        if set.is_empty() { "ShellCompDirectiveDefault".to_owned() } else { set.join(", ") }
    }
}

/// What could come next.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) entries: Vec<Candidate>,
    pub(crate) directive: Directive,
}

/// One thing that could come next, with what it means.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) text: String,
    pub(crate) meaning: String,
}

impl Candidates {
    pub(crate) fn none(directive: Directive) -> Self {
        Self { entries: Vec::new(), directive }
    }

    pub(crate) fn push(&mut self, text: impl Into<String>, meaning: impl Into<String>) {
        self.entries.push(Candidate { text: text.into(), meaning: meaning.into() });
    }

    /// Advice instead of candidates.
    pub(crate) fn no_more_arguments() -> Self {
        let mut candidates = Self::none(Directive::NO_FILES);
        candidates.push(
            "_activeHelp_ This command does not take any more arguments (but may accept flags).",
            "",
        );
        candidates
    }
}

/// Prints what could come after `words`, whose last one is not complete.
pub(crate) fn answer(words: &[String], described: bool, context: &mut Context<'_>) -> ExitCode {
    if words.is_empty() {
        context.tell("Error: requires at least 1 arg(s), only received 0");
        return ExitCode::FAILURE;
    }
    let root = command::definition(context.environment.program_name());
    let candidates = complete(&root, words, context).unwrap_or_else(|why| {
        context.tell(format_args!("[Debug] [Error] {why}"));
        Candidates::none(Directive::DEFAULT)
    });
    let advises = context.environment.get("HELM_ACTIVE_HELP").as_deref() != Some("0")
        && context.environment.get("COBRA_ACTIVE_HELP").as_deref() != Some("0");
    let mut text = String::new();
    for Candidate { text: candidate, meaning } in &candidates.entries {
        if candidate.starts_with("_activeHelp_") && !advises {
            continue;
        }
        text.push_str(candidate);
        if described && !meaning.is_empty() {
            text.push('\t');
            text.push_str(meaning.lines().next().unwrap_or_default());
        }
        text.push('\n');
    }
    let Directive(sum) = candidates.directive;
    // A shell that went away needs no answer.
    drop(context.print(format_args!("{text}:{sum}")));
    let names = candidates.directive.names();
    context.tell(format_args!("Completion ended with directive: {names}"));
    ExitCode::SUCCESS
}

/// The flag whose value is being typed, and how far the typing is.
struct Typing<'c, 'w> {
    flag: Option<Flag<'c>>,
    text: &'w str,
}

fn complete(root: &Command, words: &[String], context: &Context<'_>) -> Result<Candidates, String> {
    let (last, before) = words.split_last().expect("the caller saw a word");
    let (path, mut rest) = command_line::find(root, before);
    if path.len() == 1 && command_line::first_argument(root, root, &rest).is_some() {
        return Err(format!("unable to find a command for arguments: [{}]", before.join(" ")));
    }
    let typing = typing(&path, &mut rest, last)?;
    let line = CommandLine::parse_flags(path, &rest);
    if let Some(error) = line.mistake {
        let words = rest.join(" ");
        return Err(format!("Error while parsing flags from args [{words}]: {error}"));
    }
    if line.value("help").is_some() {
        return Ok(Candidates::none(Directive::NO_FILES));
    }
    match typing.flag {
        Some(flag) if !line.ended => Ok(candidate::flag_value(flag, &line, typing.text, context)),
        _ if last.starts_with('-') && !last.contains('=') && !line.ended => {
            Ok(flag_names(&line, last))
        }
        _ => Ok(arguments(&line, last, context)),
    }
}

/// Finds out whether a flag's value is typed; its name then leaves `rest`, as it has no value yet.
fn typing<'c, 'w>(
    path: &[&'c Command],
    rest: &mut Vec<String>,
    last: &'w str,
) -> Result<Typing<'c, 'w>, String> {
    let flags = || {
        let command = path[path.len() - 1];
        definition::flags(command).into_iter().chain(definition::flags(path[0]))
    };
    let find = |word: &str| match word.strip_prefix("--") {
        Some(name) => flags().find(|flag| flag.name() == name),
        None => flags().find(|flag| flag.short() == word.chars().last()),
    };
    if last.starts_with('-') {
        let Some((name, text)) = last.split_once('=') else {
            return Ok(Typing { flag: None, text: last });
        };
        let flag = find(name).ok_or_else(|| {
            let command = path[path.len() - 1].get_name();
            format!(
                "Subcommand '{command}' does not support flag '{}'",
                name.trim_start_matches('-')
            )
        })?;
        return Ok(Typing { flag: Some(flag), text });
    }
    let previous = rest.last().filter(|word| word.len() > 1 && word.starts_with('-'));
    let waiting =
        previous.filter(|word| !word.contains('=') && *word != "--").and_then(|word| find(word));
    match waiting.filter(|flag| !flag.stands_alone()) {
        Some(flag) => {
            rest.pop();
            Ok(Typing { flag: Some(flag), text: last })
        }
        None => Ok(Typing { flag: None, text: last }),
    }
}

/// The flags that are not set yet, those of every command first.
fn flag_names(line: &CommandLine<'_>, typed: &str) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES);
    let own = definition::flags(line.command());
    let inherited =
        if line.path.len() > 1 { crate::help::global_flags(line.path[0]) } else { Vec::new() };
    let unset = |flag: &Flag<'_>| {
        flag.is_repeatable() || line.flags.iter().all(|setting| setting.flag.name() != flag.name())
    };
    for flag in inherited.into_iter().chain(own).filter(|flag| !flag.is_hidden()).filter(unset) {
        let long = format!("--{}", flag.name());
        if long.starts_with(typed) {
            candidates.push(long, flag.usage());
        }
        let short = flag.short().map(|short| format!("-{short}"));
        if let Some(short) = short.filter(|short| short.starts_with(typed)) {
            candidates.push(short, flag.usage());
        }
    }
    candidates
}

fn arguments(line: &CommandLine<'_>, typed: &str, context: &Context<'_>) -> Candidates {
    let command = line.command();
    let subcommands = definition::subcommands(command);
    if !subcommands.is_empty() || command.get_name() == "help" {
        return subcommand_names(line, typed);
    }
    match definition::hint_at(command, line.arguments.len()) {
        None => Candidates::no_more_arguments(),
        Some(hint) => candidate::argument(hint, line, typed, context),
    }
}

/// The subcommands of a group, or of the command that `help` is asked about.
fn subcommand_names(line: &CommandLine<'_>, typed: &str) -> Candidates {
    let (group, known) = match line.command().get_name() {
        "help" => {
            let (path, rest) = command_line::find(line.path[0], &line.arguments);
            (path[path.len() - 1], rest.is_empty())
        }
        _ => (line.command(), line.arguments.is_empty()),
    };
    let mut candidates = Candidates::none(Directive::NO_FILES);
    for command in definition::subcommands(group) {
        if known && command.get_name().starts_with(typed) {
            candidates.push(command.get_name(), about(command));
        }
    }
    candidates
}
