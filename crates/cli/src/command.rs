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
mod version;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::argument::GlobalArgs;
use crate::context::Context;
use crate::definition;
use crate::error::Error;

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
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(subcommand)]
    Completion(Completion),
    Create(create::CreateArgs),
    Demo(demo::DemoArgs),
    #[command(subcommand)]
    Dependency(dependency::DependencyCommand),
    #[command(hide = true)]
    Docs(docs::DocsArgs),
    Env(env::EnvArgs),
    #[command(subcommand)]
    Explain(explain::Explain),
    Help(HelpArgs),
    Lint(lint::LintArgs),
    Package(package::PackageArgs),
    Pull(pull::PullArgs),
    Push(push::PushArgs),
    #[command(subcommand)]
    Registry(registry::Registry),
    #[command(subcommand)]
    Repo(repo::RepoCommand),
    #[command(subcommand)]
    Search(search::Search),
    #[command(subcommand)]
    Show(show::ShowCommand),
    Template(Box<template::TemplateArgs>),
    Version(version::VersionArgs),
}

/// Show help about a command
#[derive(Debug, Args)]
pub(crate) struct HelpArgs {
    /// Names of the command
    #[arg(value_name = "[command]", num_args = 0..)]
    pub(crate) topic: Vec<String>,
}

pub(crate) use completion::Completion;

impl Command {
    /// Does what the command line asks for.
    pub(crate) fn run(self, context: &mut Context<'_>) -> Result<(), Error> {
        match self {
            Self::Completion(shell) => completion::run(&shell, context),
            Self::Create(args) => create::run(args, context),
            Self::Demo(args) => demo::run(&args, context),
            Self::Dependency(command) => dependency::run(command, context),
            Self::Docs(args) => docs::run(&args, context),
            Self::Env(args) => env::run(args, context),
            Self::Explain(command) => explain::run(command, context),
            Self::Help(args) => help(&args, context),
            Self::Lint(args) => lint::run(args, context),
            Self::Package(args) => package::run(args, context),
            Self::Pull(args) => pull::run(args, context),
            Self::Push(args) => push::run(args, context),
            Self::Registry(command) => registry::run(command, context),
            Self::Repo(command) => repo::run(command, context),
            Self::Search(command) => search::run(command, context),
            Self::Show(command) => show::run(command, context),
            Self::Template(args) => template::run(*args, context),
            Self::Version(args) => version::run(args, context),
        }
    }
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
    let hidden = LOG_FLAGS.iter().map(|(name, short, is_switch)| {
        let arg = clap::Arg::new(*name).long(*name).short(*short).hide(true);
        if *is_switch { arg.value_parser(definition::switch_parser()) } else { arg }
    });
    definition::prepare(Cli::command().name(program).args(hidden))
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

/// Turns a command line, spelled plainly, into types.
pub(crate) fn parse(definition: clap::Command, words: Vec<String>) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&definition.try_get_matches_from(words)?)
}

#[cfg(test)]
mod tests {
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
