use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};

/// The checkout and what Cargo knows of it.
pub(crate) struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// The answer of `cargo metadata --locked`.
    pub(crate) metadata: Metadata,
}

impl Workspace {
    pub(crate) fn load() -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = folder.parent().context("xtask is not in a workspace")?.to_owned();
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .other_options(["--locked".to_owned()])
            .exec()
            .context("cargo metadata (after a change of dependencies run `cargo metadata` once)")?;
        Ok(Self { root, metadata })
    }

    /// Where Cargo builds.
    pub(crate) fn target(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// The crates in `crates/`: bare name and package, sorted.
    pub(crate) fn crates(&self) -> Vec<(String, &Package)> {
        let members = self.metadata.workspace_packages();
        let named = members
            .into_iter()
            .filter_map(|package| Some((package.name.strip_prefix(PREFIX)?.to_owned(), package)));
        let mut crates: Vec<_> = named.collect();
        crates.sort_by(|(left, _), (right, _)| left.cmp(right));
        crates
    }

    /// The package and name of each target of a kind.
    pub(crate) fn targets(&self, kind: &TargetKind) -> Vec<(&str, &str)> {
        let members = self.metadata.workspace_packages();
        let targets = members.into_iter().flat_map(|package| {
            let targets = package.targets.iter().filter(|target| target.kind.contains(kind));
            targets.map(|target| (package.name.as_str(), target.name.as_str()))
        });
        targets.collect()
    }
}

/// What the names of all crates in `crates/` start with.
pub(crate) const PREFIX: &str = "rhumb-";
