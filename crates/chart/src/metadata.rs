//! `Chart.yaml`: what a chart says about itself.

mod print;
mod read;
mod validate;

use std::collections::BTreeMap;

use crate::values::Node;
pub use read::TypeError;
pub(crate) use read::{ChartBase, Reader, Rules, Target};
pub use validate::ValidationError;

/// What a chart says about itself. Fields that are not there are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The chart's name.
    pub name: String,
    /// Its home page.
    pub home: String,
    /// Where its sources are.
    pub sources: Vec<String>,
    /// Its version.
    pub version: String,
    /// One sentence about it.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who maintains it.
    pub maintainers: Vec<Maintainer>,
    /// The address of its icon.
    pub icon: String,
    /// `v1` or `v2`.
    pub api_version: String,
    /// A condition; only those of dependencies mean anything.
    pub condition: String,
    /// Tags; only those of dependencies mean anything.
    pub tags: String,
    /// The version of the application in it.
    pub app_version: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whatever other programs put here; templates tell nothing from an empty map.
    pub annotations: Option<BTreeMap<String, String>>,
    /// The range of Kubernetes versions that it works with.
    pub kube_version: String,
    /// The charts that it needs; nothing is another thing than an empty list, see
    /// [`process_dependencies`](crate::Chart::process_dependencies).
    pub(crate) dependencies: Option<Vec<Dependency>>,
    /// `application`, which is also meant if it is empty, or `library`.
    pub kind: String,
    /// What was `null` in lists where it may not be.
    pub(crate) nulls: Nulls,
}

/// `null` in lists of [`Metadata`], which only validation refuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nulls {
    pub(crate) maintainer: bool,
    /// How many dependencies there are before the first `null`.
    pub(crate) dependency: Option<usize>,
}

/// Someone who maintains a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// A name.
    pub name: String,
    /// An address for mail.
    pub email: String,
    /// A page.
    pub url: String,
}

/// A chart that another one needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// A range of versions; in a lock, one version.
    pub version: String,
    /// Where it is: an address, `@name` or `alias:name` of a chart repository, or `file://…`.
    pub repository: String,
    /// Paths in the values, with commas between; the first that is a truth value enables it.
    pub condition: String,
    /// Words under `tags` in the values that enable it.
    pub tags: Vec<String>,
    /// Whether it takes part, as found by tags and conditions.
    pub enabled: bool,
    /// What its parent takes over from its values.
    pub import_values: Vec<Node>,
    /// Another name for it within its parent.
    pub alias: String,
}

impl Metadata {
    /// The charts that this one needs.
    pub fn dependencies(&self) -> &[Dependency] {
        self.dependencies.as_deref().unwrap_or_default()
    }

    /// Whether there is a list of charts that this one needs, be it empty.
    pub fn declares_dependencies(&self) -> bool {
        self.dependencies.is_some()
    }

    /// Replaces the charts that this one needs.
    pub fn set_dependencies(&mut self, dependencies: Vec<Dependency>) {
        self.dependencies = Some(dependencies);
    }

    /// Whether the chart only helps others and installs nothing itself.
    pub fn is_library(&self) -> bool {
        self.kind.eq_ignore_ascii_case("library")
    }

    /// Reads `Chart.yaml` without checking what it says; gives the document too. `source` is the
    /// file's name, for places in it.
    ///
    /// # Errors
    ///
    /// If it is no YAML, or values have other types than they must.
    pub fn read(text: &[u8], source: &str) -> Result<(Self, Node), crate::FileError> {
        let node = crate::document::parse(text, &std::sync::Arc::from(source))?;
        let mut metadata = Self::default();
        Reader::document(&node, &mut metadata)?;
        Ok((metadata, node))
    }

    /// Whether a maintainer is `null`.
    pub fn has_null_maintainer(&self) -> bool {
        self.nulls.maintainer
    }

    /// Whether a maintainer or a dependency is `null`.
    pub fn has_null_entry(&self) -> bool {
        self.nulls != Nulls::default()
    }
}

#[cfg(test)]
mod tests;
