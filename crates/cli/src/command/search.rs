mod repo;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Find charts
///
/// Charts are found in registries, by the place of a repository or what is around it.
#[derive(Debug, Subcommand)]
pub(crate) enum Search {
    Repo(repo::RepoArgs),
}

pub(crate) fn run(command: Search, context: &mut Context<'_>) -> Result<(), Error> {
    match command {
        Search::Repo(args) => repo::run(args, context),
    }
}
