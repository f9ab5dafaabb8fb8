//! The commands: one file each, which holds its flags and maps them to a request.

mod completion;
mod create;
mod demo;
mod dependency;
mod docs;
mod env;
mod explain;
mod lint;
mod package;
mod password;
mod pull;
mod push;
mod registry;
mod repo;
mod search;
mod show;
mod template;
mod underscore;
mod verify;
mod version;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::argument::GlobalArgs;
use crate::command_line::first_argument;
use crate::context::Context;
use crate::definition;
use crate::error::Error;

pub(crate) use completion::Completion;
pub(crate) use version::TemplateError;

/// Package, publish, fetch and inspect Kubernetes charts
///
/// Rhumb does what Helm 4 does, with the same commands, flags, files and environment, and is built
/// around OCI registries: the place of a chart is a reference such as
/// `oci://ghcr.io/acme/charts/web`, with `:1.2.3` or `@sha256:…` after it where one version is meant.
///
/// The folders of Helm are used: `$HELM_CACHE_HOME`, `$HELM_CONFIG_HOME` and `$HELM_DATA_HOME`, else
/// `helm` under `$XDG_CACHE_HOME`, `$XDG_CONFIG_HOME` and `$XDG_DATA_HOME`, else the system's usual
/// places.
#[derive(Debug, Parser)]
#[command(name = "rhumb")]
struct RootArgs {
    #[command(flatten)]
    global: GlobalArgs,
}

/// A command below the root.
struct Entry {
    name: &'static str,
    /// Adds its flags and arguments, or the commands within.
    define: fn(clap::Command) -> clap::Command,
    read: fn(&mut ArgMatches) -> Result<Action, clap::Error>,
}

/// What a command was asked to do.
type Action = Box<dyn FnOnce(&mut Context<'_>) -> Result<(), Error>>;

const ENTRIES: &[Entry] = &[
    entry("completion", Completion::augment_subcommands, |line| {
        read(line, |shell, context| completion::run(&shell, context))
    }),
    entry("create", create::CreateArgs::augment_args, |line| read(line, create::run)),
    entry("demo", demo::DemoArgs::augment_args, |line| {
        read(line, |args, context| demo::run(&args, context))
    }),
    entry("dependency", dependency::DependencyCommand::augment_subcommands, |line| {
        read(line, dependency::run)
    }),
    entry("docs", docs::DocsArgs::augment_args, |line| {
        read(line, |args, context| docs::run(&args, context))
    }),
    entry("env", env::EnvArgs::augment_args, |line| read(line, env::run)),
    entry("explain", explain::Explain::augment_subcommands, |line| read(line, explain::run)),
    entry("help", HelpArgs::augment_args, |line| read(line, |args, context| help(&args, context))),
    entry("lint", lint::LintArgs::augment_args, |line| read(line, lint::run)),
    entry("package", package::PackageArgs::augment_args, |line| read(line, package::run)),
    entry("pull", pull::PullArgs::augment_args, |line| read(line, pull::run)),
    entry("push", push::PushArgs::augment_args, |line| read(line, push::run)),
    entry("registry", registry::Registry::augment_subcommands, |line| read(line, registry::run)),
    entry("repo", repo::RepoCommand::augment_subcommands, |line| read(line, repo::run)),
    entry("search", search::Search::augment_subcommands, |line| read(line, search::run)),
    entry("show", show::ShowCommand::augment_subcommands, |line| read(line, show::run)),
    entry("template", template::TemplateArgs::augment_args, |line| read(line, template::run)),
    entry("verify", verify::VerifyArgs::augment_args, |line| read(line, verify::run)),
    entry("version", version::VersionArgs::augment_args, |line| read(line, version::run)),
];

const fn entry(
    name: &'static str,
    define: fn(clap::Command) -> clap::Command,
    read: fn(&mut ArgMatches) -> Result<Action, clap::Error>,
) -> Entry {
    Entry { name, define, read }
}

fn entry_named(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// Turns a command's part of the line into types, for `run` to act on.
fn read<A: FromArgMatches + 'static>(
    line: &mut ArgMatches,
    run: fn(A, &mut Context<'_>) -> Result<(), Error>,
) -> Result<Action, clap::Error> {
    let args = A::from_arg_matches_mut(line)?;
    Ok(Box::new(move |context| run(args, context)))
}

/// Show help about a command
#[derive(Debug, Args)]
struct HelpArgs {
    /// Names of the command
    #[arg(value_name = "[command]", num_args = 0..)]
    topic: Vec<String>,
}

fn help(args: &HelpArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let root = definition(context.environment.program_name());
    let (path, rest) = crate::command_line::find(&root, &args.topic);
    if let ([root], Some(name)) = (path.as_slice(), rest.first()) {
        return Err(crate::run::unknown_command(&[root], name).into());
    }
    let text = crate::help::help(&path, &context.settings.defaults());
    context.print_bytes(text.as_bytes())
}

/// Every command and flag, under the name that the program was called by.
pub(crate) fn definition(program: &'static str) -> clap::Command {
    with_commands(root(program), ENTRIES)
}

/// The same, of which only the command that `words` name is there if there is one by that name.
///
/// To define all of them takes longer than many a command.
pub(crate) fn definition_for(program: &'static str, words: &[String]) -> clap::Command {
    let root = root(program);
    let named = first_argument(&root, &root, words).and_then(|index| entry_named(&words[index]));
    with_commands(root, named.map_or(ENTRIES, std::slice::from_ref))
}

fn root(program: &'static str) -> clap::Command {
    let hidden = LOG_FLAGS.iter().map(|(name, short, is_switch)| {
        let arg = clap::Arg::new(*name).long(*name).short(*short).hide(true);
        if *is_switch { arg.value_parser(definition::switch_parser()) } else { arg }
    });
    definition::prepare(RootArgs::command().name(program).args(hidden))
}

fn with_commands(root: clap::Command, entries: &[Entry]) -> clap::Command {
    let define = |entry: &Entry| {
        let command = clap::Command::new(entry.name);
        definition::prepare((entry.define)(command))
    };
    root.subcommands(entries.iter().map(define))
}

/// Flags of the Kubernetes client library's log that Helm takes, hidden, from every command line.
///
/// They are accepted, so that no script breaks, and change nothing: there is no such log here.
const LOG_FLAGS: &[(&str, Option<char>, bool)] = &[
    ("add-dir-header", None, true),
    ("alsologtostderr", None, true),
    ("log-backtrace-at", None, false),
    ("log-dir", None, false),
    ("log-file", None, false),
    ("log-file-max-size", None, false),
    ("logtostderr", None, true),
    ("one-output", None, true),
    ("skip-headers", None, true),
    ("skip-log-headers", None, true),
    ("stderrthreshold", None, false),
    ("v", Some('v'), false),
    ("vmodule", None, false),
];

/// Turns a command line, spelled plainly, into types: the flags of all commands, and what to do.
pub(crate) fn parse(
    definition: &mut clap::Command,
    words: Vec<String>,
) -> Result<(GlobalArgs, Action), clap::Error> {
    let mut line = definition.try_get_matches_from_mut(words)?;
    let RootArgs { global } = RootArgs::from_arg_matches_mut(&mut line)?;
    let command = line.remove_subcommand();
    let command = command.and_then(|(name, line)| Some((entry_named(&name)?, line)));
    let Some((entry, mut line)) = command else {
        return Err(clap::Error::raw(ErrorKind::MissingSubcommand, "a command is needed"));
    };
    Ok((global, (entry.read)(&mut line)?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_command_that_is_named_is_defined() {
        let commands = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(ToString::to_string).collect();
            let definition = super::definition_for("rhumb", &words);
            definition.get_subcommands().map(|command| command.get_name().to_owned()).collect()
        };
        let one: Vec<String> = commands(&["--debug", "-n", "pull", "show", "version"]);
        assert_eq!(one, ["show"]);
        for words in [&[][..], &["--debug"], &["sho"], &["dep", "list"], &["--", "show"]] {
            assert_eq!(commands(words).len(), super::ENTRIES.len(), "{words:?}");
        }
    }

    #[test]
    fn every_flag_has_a_long_name_and_a_text() {
        fn check(command: &clap::Command) {
            for flag in crate::definition::flags(command) {
                assert!(flag.is_hidden() || !flag.usage().is_empty(), "{}", flag.name());
            }
            assert!(command.get_about().is_some(), "{}", command.get_name());
            command.get_subcommands().for_each(check);
        }
        let definition = super::definition("rhumb");
        check(&definition);
        definition.debug_assert();
    }
}
