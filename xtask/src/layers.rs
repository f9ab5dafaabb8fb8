//! The import rule: a crate depends only on what ARCHITECTURE.md draws.

mod diagram;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, bail};
use cargo_metadata::{DependencyKind, Package};

use self::diagram::Diagram;
use crate::process::say;
use crate::workspace::{PREFIX, Workspace};

/// Crates for development, which are in no layer.
const DEVELOPMENT: &[&str] = &["testkit"];
/// The crate that any other may use.
const COMMON: &str = "report";
/// What nothing below the async line may use itself.
const FUTURES: &[&str] = &["futures", "futures-util"];
/// What nothing below the async line may reach, however far down.
const SOCKETS: &[&str] =
    &["async-std", "axum", "hyper", "kube", "mio", "reqwest", "smol", "socket2", "tokio"];

pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let path = workspace.root.join("ARCHITECTURE.md");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let diagram = Diagram::parse(&text)?;
    let mut problems = diagram.problems();
    problems.extend(unknown_crates(workspace, &diagram));
    let mut edges = 0;
    for (name, package) in workspace.crates() {
        let used = used_crates(package, DependencyKind::Normal);
        edges += used.len();
        problems.extend(undrawn(&diagram, &name, &used));
        if diagram.is_sync(&name) {
            let tests = used_crates(package, DependencyKind::Development);
            problems.extend(below_the_line(workspace, &name, package, &tests));
        }
    }
    if !problems.is_empty() {
        bail!("ARCHITECTURE.md and the crates differ:\n  {}", problems.join("\n  "));
    }
    say(&format!("{} crates, {edges} edges between them, all drawn", diagram.crates().count()));
    Ok(())
}

fn unknown_crates(workspace: &Workspace, diagram: &Diagram) -> Vec<String> {
    let real: BTreeSet<String> = workspace.crates().into_iter().map(|(name, _)| name).collect();
    let drawn: BTreeSet<&str> = diagram.crates().collect();
    let not_drawn = real.iter().filter(|name| !drawn.contains(name.as_str()));
    let not_drawn = not_drawn.filter(|name| !DEVELOPMENT.contains(&name.as_str()));
    let not_there = drawn.iter().filter(|name| !real.contains(**name));
    let not_drawn = not_drawn.map(|name| format!("`{name}` is not in the diagram"));
    not_drawn
        .chain(not_there.map(|name| format!("`{name}` is drawn, but there is no such crate")))
        .collect()
}

/// The bare names of the workspace's crates that a package uses.
fn used_crates(package: &Package, kind: DependencyKind) -> BTreeSet<String> {
    let edges = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
    let edges = edges.filter(|dependency| {
        dependency.kind == kind
            || kind == DependencyKind::Normal && dependency.kind == DependencyKind::Build
    });
    edges.filter_map(|dependency| Some(dependency.name.strip_prefix(PREFIX)?.to_owned())).collect()
}

fn undrawn(diagram: &Diagram, name: &str, used: &BTreeSet<String>) -> Vec<String> {
    if DEVELOPMENT.contains(&name) {
        return Vec::new();
    }
    let reached = diagram.reached(name);
    let undrawn = used.iter().filter(|to| *to != COMMON && !reached.contains(to.as_str()));
    undrawn.map(|to| format!("`{name}` uses `{to}`, and the diagram has no way there")).collect()
}

/// What a crate below the async line does that none there may.
fn below_the_line(
    workspace: &Workspace,
    name: &str,
    package: &Package,
    tests: &BTreeSet<String>,
) -> Vec<String> {
    let testkit = DEVELOPMENT.iter().filter(|to| tests.contains(**to));
    let mut problems: Vec<String> = testkit
        .map(|to| format!("the tests of `{name}`, below the async line, use `{to}`"))
        .collect();
    let normal = package.dependencies.iter();
    let normal = normal.filter(|dependency| dependency.kind == DependencyKind::Normal);
    let futures = normal.map(|dependency| dependency.name.clone());
    let futures = futures.filter(|name| FUTURES.contains(&name.as_str()));
    let sockets = reached_packages(workspace, package).into_iter();
    let sockets = sockets.filter(|name| SOCKETS.contains(&name.as_str()));
    let found = futures.chain(sockets);
    problems.extend(found.map(|to| format!("`{name}` is below the async line and reaches `{to}`")));
    problems
}

/// The names of all packages that a package is built with.
fn reached_packages(workspace: &Workspace, package: &Package) -> BTreeSet<String> {
    let metadata = &workspace.metadata;
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let nodes: BTreeMap<_, _> = nodes.map(|node| (&node.id, node)).collect();
    let mut seen = BTreeSet::new();
    let mut todo = vec![&package.id];
    while let Some(id) = todo.pop() {
        if !seen.insert(id) {
            continue;
        }
        let edges = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        let edges = edges
            .filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        todo.extend(edges.map(|edge| &edge.pkg));
    }
    let packages = metadata.packages.iter().filter(|package| seen.contains(&package.id));
    packages.map(|package| package.name.to_string()).collect()
}

/// The packages below the async line, by their full names.
pub(crate) fn sync_packages(workspace: &Workspace) -> anyhow::Result<Vec<&Package>> {
    let path = workspace.root.join("ARCHITECTURE.md");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let diagram = Diagram::parse(&text)?;
    let crates = workspace.crates().into_iter();
    Ok(crates.filter(|(name, _)| diagram.is_sync(name)).map(|(_, package)| package).collect())
}
