//! Programs of others that the tests run against, built or installed once and kept outside the checkout.
//!
//! A folder `xtask/peers/NAME` pins one of them: by `go.mod` and `go.sum`, `requirements.txt` or
//! `package-lock.json`. What is made of it goes to `RHUMB_PEERS/NAME-KEY`, where the key is made from those files, so a
//! second run finds it there and checkouts with different pins do not disturb each other.

mod debian;
mod go;
mod kept;
mod node;
mod python;

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;
use std::{fs, thread};

use anyhow::{Context as _, bail};

use crate::process::{in_ci, say};
use crate::workspace::Workspace;

/// Build or install the programs of others that the tests run against
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Programs instead of all
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(PEERS.iter().map(|peer| peer.name)))]
    names: Vec<String>,
}

/// A program of others.
#[derive(Debug)]
pub(crate) struct Peer {
    /// What it is called, here and by who runs it.
    pub(crate) name: &'static str,
    source: Source,
}

/// Where a program comes from.
#[derive(Debug)]
enum Source {
    /// Built from the Go modules that `xtask/peers/NAME/go.mod` names.
    Go(go::Settings),
    /// Installed from PyPI as `requirements.txt` says; the program has this name.
    Python { program: &'static str },
    /// Installed from npm as `package-lock.json` says; the program has this name.
    Node { program: &'static str },
    /// Installed by apt, the package and the program.
    Debian { package: &'static str, program: &'static str },
}

/// All of them, the slowest first, so that two at a time end together.
const PEERS: &[Peer] = &[
    Peer { name: "gitea", source: Source::Go(go::GITEA) },
    Peer { name: "helm", source: Source::Go(go::HELM) },
    Peer { name: "distribution", source: Source::Go(go::PLAIN) },
    Peer { name: "oracle", source: Source::Go(go::PLAIN) },
    Peer { name: "moto", source: Source::Python { program: "moto_server" } },
    Peer { name: "azurite", source: Source::Node { program: "azurite-blob" } },
    Peer { name: "oras", source: Source::Go(go::PLAIN) },
    Peer { name: "crane", source: Source::Go(go::PLAIN) },
    Peer { name: "regctl", source: Source::Go(go::PLAIN) },
    Peer { name: "oci-conformance", source: Source::Go(go::PLAIN) },
    Peer { name: "typos", source: Source::Python { program: "typos" } },
    Peer {
        name: "docker-registry",
        source: Source::Debian { package: "docker-registry", program: "docker-registry" },
    },
    Peer { name: "gpg", source: Source::Debian { package: "gnupg", program: "gpg" } },
    Peer { name: "wrk", source: Source::Debian { package: "wrk", program: "wrk" } },
];

/// How many are made at once.
const WORKERS: usize = 2;

/// What came of making the peers: where each program is, or why there is none.
pub(crate) type Peers = BTreeMap<&'static str, Result<PathBuf, String>>;

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { names } = arguments;
    let chosen = |peer: &&Peer| names.is_empty() || names.iter().any(|name| name == peer.name);
    let peers = ensure(workspace, PEERS.iter().filter(chosen).collect());
    let missing = peers.iter().filter_map(|(name, program)| program.is_err().then_some(*name));
    let missing = missing.collect::<Vec<_>>();
    if !missing.is_empty() && in_ci() {
        bail!("cannot be had: {}", missing.join(", "));
    }
    Ok(())
}

/// Makes every peer that is not there yet, and links all from `target/peers`.
pub(crate) fn ensure_all(workspace: &Workspace) -> Peers {
    ensure(workspace, PEERS.iter().collect())
}

/// The program of one peer, made if need be.
pub(crate) fn program(workspace: &Workspace, name: &str) -> anyhow::Result<PathBuf> {
    let peer = PEERS.iter().find(|peer| peer.name == name).context("no such peer")?;
    let program = find(workspace, peer).with_context(|| name.to_owned())?;
    link(workspace, name, &program)?;
    Ok(program)
}

fn ensure(workspace: &Workspace, peers: Vec<&'static Peer>) -> Peers {
    let queue = Mutex::new(VecDeque::from(peers));
    let work = || {
        let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
        let made = std::iter::from_fn(next).map(|peer| (peer.name, make(workspace, peer)));
        made.collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    })
}

/// Makes one peer and says so.
fn make(workspace: &Workspace, peer: &Peer) -> Result<PathBuf, String> {
    let start = Instant::now();
    let program = find(workspace, peer).and_then(|program| {
        link(workspace, peer.name, &program)?;
        Ok(program)
    });
    match program {
        Ok(program) => {
            let seconds = start.elapsed().as_secs_f64();
            say(&format!("peer {}: {} ({seconds:.1} s)", peer.name, program.display()));
            Ok(program)
        }
        Err(error) => {
            say(&format!("peer {} cannot be had: {error:#}", peer.name));
            Err(format!("{error:#}"))
        }
    }
}

fn find(workspace: &Workspace, peer: &Peer) -> anyhow::Result<PathBuf> {
    let recipe = workspace.root.join("xtask/peers").join(peer.name);
    match &peer.source {
        Source::Go(settings) => go::ensure(peer.name, &recipe, settings),
        Source::Python { program } => python::ensure(peer.name, &recipe, program),
        Source::Node { program } => node::ensure(peer.name, &recipe, program),
        Source::Debian { package, program } => debian::ensure(package, program),
    }
}

/// Makes `target/peers/NAME` lead to the program: the tests look there.
fn link(workspace: &Workspace, name: &str, program: &Path) -> anyhow::Result<()> {
    let folder = links(workspace);
    fs::create_dir_all(&folder)?;
    let link = folder.join(name);
    if fs::read_link(&link).is_ok_and(|to| to == program) {
        return Ok(());
    }
    let fresh = folder.join(format!(".{name}-{}", std::process::id()));
    std::os::unix::fs::symlink(program, &fresh)?;
    fs::rename(&fresh, &link).with_context(|| link.display().to_string())
}

/// The folder with a link to each program.
pub(crate) fn links(workspace: &Workspace) -> PathBuf {
    workspace.target().join("peers")
}
