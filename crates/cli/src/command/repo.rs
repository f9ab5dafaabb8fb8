mod add;
mod index;
mod list;
mod remove;
mod update;

use clap::Subcommand;

use crate::argument::{ConnectionArgs, CredentialArgs};
use crate::context::Context;
use crate::error::Error;

/// Manage chart repositories
///
/// A chart repository is a folder of a web server with archives of charts and an `index.yaml` that tells of them. One
/// that was added is known by its name: charts in it are NAME/CHART.
#[derive(Debug, Subcommand)]
pub(crate) enum RepoCommand {
    Add(add::AddArgs),
    Index(index::IndexArgs),
    List(list::ListArgs),
    Remove(remove::RemoveArgs),
    Update(update::UpdateArgs),
}

pub(crate) fn run(command: RepoCommand, context: &mut Context<'_>) -> Result<(), Error> {
    match command {
        RepoCommand::Add(args) => add::run(args, context),
        RepoCommand::Index(args) => index::run(args, context),
        RepoCommand::List(args) => list::run(&args, context),
        RepoCommand::Remove(args) => remove::run(&args, context),
        RepoCommand::Update(args) => update::run(args, context),
    }
}

/// A client that reaches repositories by what is known of them.
fn client(context: &Context<'_>) -> Result<rhumb_action::Client, Error> {
    context.client(&ConnectionArgs::default(), &CredentialArgs::default())
}
