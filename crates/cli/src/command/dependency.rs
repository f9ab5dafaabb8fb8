mod fetch;
mod list;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

pub(super) use fetch::{Stream, narrate};

/// Manage the charts that a chart needs
///
/// They are listed under `dependencies` in Chart.yaml, each with a name, a range of versions and a repository: the
/// address of a chart repository, `@NAME` or `alias:NAME` for one that was added, `oci://HOST/PATH`, or `file://`
/// and a folder. Without a repository the chart is in the folder charts already. Which versions were found is noted in
/// Chart.lock.
#[derive(Debug, Subcommand)]
#[command(visible_aliases = ["dep", "dependencies"])]
pub(crate) enum DependencyCommand {
    Build(fetch::BuildArgs),
    List(list::ListArgs),
    Update(fetch::UpdateArgs),
}

pub(crate) fn run(command: DependencyCommand, context: &mut Context<'_>) -> Result<(), Error> {
    match command {
        DependencyCommand::Build(args) => fetch::build(args, context),
        DependencyCommand::List(args) => list::run(args, context),
        DependencyCommand::Update(args) => fetch::update(args, context),
    }
}

/// The chart that was named, or the one here.
fn chart(name: Option<&str>) -> String {
    crate::environment::join("", name.filter(|name| !name.is_empty()).unwrap_or("."))
}
