use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use rhumb_chart::{Chart, Dependency};

use super::{DependencyError, DependencyJob};

impl DependencyJob<'_> {
    /// Moves archives to `charts`, and removes those that were there before, but for charts that belong there.
    pub(super) fn settle(
        &self,
        fetched: &[Dependency],
        from: &Path,
        charts: &Path,
    ) -> Result<(), DependencyError> {
        let (new, old) = (files(from)?, files(charts)?);
        let load = |path: &Path| Chart::load_file(path, self.reporter);
        for name in &new {
            let path = from.join(name);
            let shown = path.display();
            if let Err(error) = load(&path) {
                self.say(format!("Could not verify {shown} for moving: {error} (Skipping)"));
            } else if let Err(error) = std::fs::rename(&path, charts.join(name)) {
                self.say(format!("Unable to move {shown} to charts dir {error} (Skipping)"));
            }
        }
        self.say("Deleting outdated charts\n");
        for name in old.difference(&new) {
            let path = charts.join(name);
            let shown = path.display();
            let chart = match load(&path) {
                Ok(chart) => chart,
                Err(error) => {
                    let text =
                        format!("Could not verify {shown} for deletion: {error} (Skipping)\n");
                    self.say(text);
                    continue;
                }
            };
            let belongs = |dependency: &Dependency| {
                dependency.repository.is_empty() && dependency.name == chart.name()
            };
            if fetched.iter().any(belongs) {
                continue;
            }
            if let Err(error) = std::fs::remove_file(&path) {
                self.say(format!("Could not delete {shown}: {error} (Skipping)"));
            }
        }
        Ok(())
    }
}

/// The names of what is no folder.
fn files(folder: &Path) -> Result<BTreeSet<OsString>, DependencyError> {
    let wrong = |error| DependencyError::Read { path: folder.to_owned(), error };
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        if !entry.file_type().map_err(wrong)?.is_dir() {
            names.insert(entry.file_name());
        }
    }
    Ok(names)
}
