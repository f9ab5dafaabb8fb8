use std::path::{Path, PathBuf};
use std::sync::Arc;

use rhumb_chart::{SchemaLoader, Values};
use rhumb_render::{KubeVersion, World};
use rhumb_report::Reporter;

use crate::Outcome;
use crate::subject::Subject;
use crate::walk::Walk;

/// What to lint charts with.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// Values over those of the chart.
    pub values: &'r Values,
    /// The namespace of the release that is made up.
    pub namespace: &'r str,
    /// The version of Kubernetes, for templates and for deprecated APIs.
    pub kube_version: &'r KubeVersion,
    /// Whether values are not held against schemas.
    pub skip_schema: bool,
    /// Fetches what schemas refer to.
    pub schemas: &'r dyn SchemaLoader,
    /// Hears what Helm logs meanwhile.
    pub reporter: &'r dyn Reporter,
}

/// Runs all rules over a chart: a folder or an archive.
pub fn lint(path: &Path, request: &Request<'_>, world: &Arc<dyn World>) -> Outcome {
    match Subject::open(path) {
        Ok(subject) => Walk::new(subject, request).run(world),
        Err(error) => Outcome {
            error: Some(error.to_string()),
            values: request.values.clone(),
            ..Outcome::default()
        },
    }
}

/// The charts in a chart's `charts` folder, at any depth, in order of their paths: folders that
/// have a `Chart.yaml`, and archives.
pub fn subcharts(chart: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk_folder(&rhumb_value::path::clean_system(&chart.join("charts")), &mut found, 0);
    found
}

/// Folders deeper than this are not searched for charts.
const MAX_DEPTH: usize = 100;

fn walk_folder(folder: &Path, found: &mut Vec<PathBuf>, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort_unstable();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_folder = std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir());
        if name == "Chart.yaml" {
            found.push(folder.to_owned());
        } else if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
            found.push(path.clone());
        }
        if is_folder && depth < MAX_DEPTH {
            walk_folder(&path, found, depth + 1);
        }
    }
}
