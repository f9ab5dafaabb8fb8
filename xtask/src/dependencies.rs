//! What comes into the build from outside: how much, from where, under which licences, how often.

mod licence;
mod lists;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, bail};
use cargo_metadata::Package;

use self::lists::Lists;
use crate::process::say;
use crate::workspace::Workspace;

/// The most packages that Cargo.lock may name, all platforms and development included.
const BUDGET: usize = 450;
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let path = workspace.root.join("deny.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lists = Lists::parse(&text)?;
    let packages = &workspace.metadata.packages;
    let mut problems = within_budget(packages);
    problems.extend(packages.iter().flat_map(|package| of_package(&lists, package)));
    problems.extend(duplicates(&lists, packages));
    if !problems.is_empty() {
        bail!("dependencies:\n  {}", problems.join("\n  "));
    }
    say(&format!("{} packages of {BUDGET} allowed, all with allowed licences", packages.len()));
    Ok(())
}

fn within_budget(packages: &[Package]) -> Vec<String> {
    let over = packages.len() > BUDGET;
    over.then(|| format!("{} packages, and the budget is {BUDGET}", packages.len()))
        .into_iter()
        .collect()
}

fn of_package(lists: &Lists, package: &Package) -> Vec<String> {
    let mut problems = Vec::new();
    let id = format!("{} {}", package.name, package.version);
    match &package.license {
        None => problems.push(format!("{id} has no licence")),
        Some(text) => match licence::allowed(text, &lists.licences) {
            Ok(true) => {}
            Ok(false) => {
                problems.push(format!("{id} is under {text}, which deny.toml does not allow"));
            }
            Err(error) => problems.push(format!("{id}: {error}")),
        },
    }
    if package.source.as_ref().is_some_and(|source| source.repr != CRATES_IO) {
        problems.push(format!("{id} is not from crates.io"));
    }
    if lists.banned.contains(package.name.as_str()) {
        problems.push(format!("{id} is banned by deny.toml"));
    }
    problems
}

fn duplicates(lists: &Lists, packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        versions.entry(package.name.as_str()).or_default().insert(package.version.to_string());
    }
    let double = |name: &str| versions.get(name).is_some_and(|versions| versions.len() > 1);
    let unlisted =
        versions.iter().filter(|(name, _)| double(name) && !lists.duplicates.contains(**name));
    let unlisted = unlisted.map(|(name, versions)| {
        let versions = versions.iter().map(String::as_str).collect::<Vec<_>>();
        format!("{name} is there {} times: {}", versions.len(), versions.join(", "))
    });
    let idle = lists.duplicates.iter().filter(|name| !double(name));
    let idle = idle.map(|name| format!("{name} is not there twice: take it out of deny.toml"));
    unlisted.chain(idle).collect()
}
