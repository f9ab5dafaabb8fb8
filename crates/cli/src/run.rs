//! From the words of the command line to an exit code.

use std::process::ExitCode;

use clap::Command;
use rhumb_report::Diagnose;

use crate::argument::{Switch, quote};
use crate::command;
use crate::command_line::{self, CommandLine};
use crate::context::Context;
use crate::definition;
use crate::error::{Error, message};
use crate::usage::{UsageError, distance};
use crate::{completion, explanation, help};

/// What shells report for a program that a closed pipe ended.
const BROKEN_PIPE: u8 = 141;
/// Commands that Helm has and this program does not have yet.
const NOT_YET: &[&str] = &[
    "get",
    "history",
    "install",
    "list",
    "plugin",
    "rollback",
    "status",
    "test",
    "uninstall",
    "upgrade",
    "hub",
];
/// How many letters a name may be off to be suggested.
const NEAR: usize = 2;

/// Runs one command line and says on standard error what went wrong.
pub(crate) fn run(words: &[String], context: &mut Context<'_>) -> ExitCode {
    let done = match words.first().map(String::as_str) {
        Some("__complete") => return completion::answer(&words[1..], true, context),
        Some("__completeNoDesc") => return completion::answer(&words[1..], false, context),
        _ => execute(words, context),
    };
    let flushed = context.stdout.flush().map_err(|source| Error::Output { source });
    match done.and(flushed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_broken_pipe() => ExitCode::from(BROKEN_PIPE),
        Err(error) => {
            show(&error, context);
            ExitCode::FAILURE
        }
    }
}

/// Writes an error as scripts expect it, then what might help.
fn show(error: &Error, context: &mut Context<'_>) {
    match (error, message(error)) {
        // Helm looks at this before it knows of commands, and logs it.
        (Error::Usage(UsageError::ColorMode { .. }), message) => {
            context
                .tell(format_args!("level=WARN msg=\"command failed\" error={}", quote(&message)));
        }
        (_, message) => context.tell(format_args!("Error: {message}")),
    }
    if context.explains_errors()
        && let Some(explained) = error.explained()
    {
        context.tell(explanation::text(explained).trim_end());
    }
    for hint in error.hints() {
        context.tell(format_args!("hint: {hint}"));
    }
}

fn execute(words: &[String], context: &mut Context<'_>) -> Result<(), Error> {
    let mut root = command::definition_for(context.environment.program_name(), words);
    let mut line = read(&root, words)?;
    let (old_values, deprecations) = (line.old_values(line.flags.len()), line.deprecations());
    let mistake = line.mistake.take();
    let asks_help = line.value("help").map(str::parse::<Switch>);
    let asks_help = matches!(asks_help, Some(Ok(help)) if help.on());
    let is_group = is_group(&line);
    let plain = line.canonical();
    // Values are looked at before all else, up to the first mistake.
    let parsed = command::parse(&mut root, plain);
    if let Err(error) = &parsed
        && is_about_value(error)
    {
        let line = read(&root, words)?;
        let (first, before) =
            first_invalid(&root, &line).unwrap_or((invalid_value(&line, error), 0));
        for text in line.old_values(before) {
            context.tell(text);
        }
        return Err(first.into());
    }
    for text in old_values {
        context.tell(text);
    }
    if let Some(mistake) = mistake {
        return Err(mistake.into());
    }
    for text in deprecations {
        context.tell(text);
    }
    if asks_help || is_group? {
        let (path, _) = command_line::find(&root, words);
        let text = help::help(&path, &context.settings.defaults());
        return context.print_bytes(text.as_bytes());
    }
    let (global, action) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return Err(usage_error(&read(&root, words)?, &error).into()),
    };
    context.settings.apply(global);
    context.start_log();
    action(context)
}

fn read<'c>(root: &'c Command, words: &[String]) -> Result<CommandLine<'c>, UsageError> {
    let (path, rest) = command_line::find(root, words);
    let line = CommandLine::parse_flags(path, &rest);
    match line.value_of_any(&["color", "colour"]) {
        Some("never" | "auto" | "always") | None => {}
        Some(mode) => return Err(UsageError::ColorMode { mode: mode.to_owned() }),
    }
    if let ([only], Some(index)) =
        (line.path.as_slice(), command_line::first_argument(root, root, &rest))
    {
        return Err(unknown_command(&[only], &rest[index]));
    }
    Ok(line)
}

/// Whether the command only groups others, in which case a word after it names none of them.
fn is_group(line: &CommandLine<'_>) -> Result<bool, UsageError> {
    if !line.command().has_subcommands() {
        return Ok(false);
    }
    match line.arguments.first() {
        Some(name) if line.path.len() > 1 => Err(unknown_command(&line.path, name)),
        _ => Ok(true),
    }
}

/// The error for a subcommand that is not there, with those that are close.
pub(crate) fn unknown_command(path: &[&Command], name: &str) -> UsageError {
    let lower = name.to_lowercase();
    let near = |command: &&Command| {
        let other = command.get_name();
        distance(name, other) <= NEAR || other.to_lowercase().starts_with(&lower)
    };
    let commands = definition::subcommands(path[path.len() - 1]);
    let nearest = commands.into_iter().filter(near).map(|command| command.get_name().to_owned());
    UsageError::UnknownCommand {
        name: name.to_owned(),
        parent: command_line::command_path(path),
        nearest: nearest.collect(),
        not_yet: NOT_YET.contains(&name),
    }
}

/// Whether a parser refused a flag's value.
fn is_about_value(error: &clap::Error) -> bool {
    use clap::error::ErrorKind::{InvalidValue, ValueValidation};
    matches!(error.kind(), InvalidValue | ValueValidation)
}

/// The mistake that Helm would name.
fn usage_error(line: &CommandLine<'_>, error: &clap::Error) -> UsageError {
    line.check_arity().err().unwrap_or_else(|| invalid_value(line, error))
}

/// The first flag whose value is wrong, and how many flags come before it: the parser takes global ones first.
fn first_invalid(root: &Command, line: &CommandLine<'_>) -> Option<(UsageError, usize)> {
    (0..line.flags.len()).find_map(|before| {
        let plain = line.canonical_until(before + 1);
        let error = command::parse(&mut root.clone(), plain).err().filter(is_about_value)?;
        Some((invalid_value(line, &error), before))
    })
}

/// Says in Go's words which flag's value a parser refused.
fn invalid_value(line: &CommandLine<'_>, error: &clap::Error) -> UsageError {
    use clap::error::{ContextKind, ContextValue};
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let name = argument.trim_start_matches('-').split([' ', '=', '[']).next().unwrap_or_default();
    let setting = line.flags.iter().find(|setting| setting.flag.name() == name);
    let flag = match setting.and_then(|setting| setting.flag.short()) {
        Some(short) => format!("-{short}, --{name}"),
        None => format!("--{name}"),
    };
    let why = std::error::Error::source(error).map(ToString::to_string);
    let why =
        why.unwrap_or_else(|| error.to_string().trim_start_matches("error: ").trim().to_owned());
    UsageError::InvalidValue { value, flag, why }
}
