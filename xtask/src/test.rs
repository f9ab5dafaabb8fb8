mod stand_in;

use std::process::Command;

use anyhow::bail;

use self::stand_in::StandIns;
use crate::peers::{self, Peers};
use crate::process::{cargo, in_ci, run as run_command, say};
use crate::workspace::Workspace;

/// Run every test, also those against real servers and clients
///
/// The programs of others that they need are built or installed first; see `peers`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only tests with this in their names
    filter: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let filter = arguments.filter.as_deref();
    say("── programs of others");
    let peers = peers::ensure_all(workspace);
    say("── tests that need nothing");
    let mut everyday =
        cargo(&workspace.root, &["test", "--workspace", "--locked", "--no-fail-fast"]);
    let everyday = run_command(everyday.args(filter));
    say("── tests against programs of others");
    let real = real(workspace, &peers, filter);
    let missing = say_missing(&peers);
    everyday?;
    real?;
    if missing && in_ci() {
        bail!("some suites did not run");
    }
    Ok(())
}

/// Runs the ignored tests, but those that name a peer that cannot be had.
fn real(workspace: &Workspace, peers: &Peers, filter: Option<&str>) -> anyhow::Result<()> {
    let arguments = ["test", "--workspace", "--locked", "--no-fail-fast", "--tests"];
    let mut command: Command = cargo(&workspace.root, &arguments);
    command.env("RHUMB_PROGRAMS", peers::links(workspace));
    let stand_ins = StandIns::start(workspace, peers)?;
    command.envs(stand_ins.environment.iter().map(|(name, value)| (name, value)));
    command.args(filter).args(["--", "--ignored"]);
    for name in missing(peers).flat_map(marks) {
        command.args(["--skip", &name]);
    }
    run_command(&mut command)
}

/// What the names of tests that need a peer have in them: its name, but for the stand-ins, which tests call by the
/// service that they stand for.
fn marks(peer: &str) -> Vec<String> {
    match peer {
        "moto" => vec!["contract::s3".to_owned(), "contract::gcs".to_owned()],
        "azurite" => vec!["contract::azure".to_owned()],
        name => vec![name.replace('-', "_")],
    }
}

fn missing(peers: &Peers) -> impl Iterator<Item = &'static str> {
    peers.iter().filter_map(|(name, program)| program.is_err().then_some(*name))
}

/// Says which suites did not run and why, and whether there are any.
fn say_missing(peers: &Peers) -> bool {
    for (name, program) in peers {
        if let Err(reason) = program {
            say(&format!("NOT RUN: tests with {name}: {reason}"));
        }
    }
    missing(peers).next().is_some()
}
