use rhumb_chart::{Chart, Dependency, Lock, Time};
use rhumb_registry::replace_file;

use super::{DependencyError, DependencyJob};
use crate::Error;

impl DependencyJob<'_> {
    /// Writes the lock.
    pub(super) fn write_lock(
        &self,
        chart: &Chart,
        digest: String,
        fetched: Vec<Dependency>,
    ) -> Result<(), Error> {
        let lock = Lock::new(Time::from_seconds(self.time), digest, fetched);
        let text = lock.to_yaml().map_err(DependencyError::Print)?;
        let is_old = chart.metadata.api_version == "v1";
        let name = if is_old { "requirements.lock" } else { "Chart.lock" };
        let path = self.chart.join(name);
        match std::fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => {
                let target = std::fs::read_link(&path).unwrap_or_default();
                return Err(DependencyError::LinkedLock { name, target }.into());
            }
            _ => {}
        }
        replace_file(&path, text.as_bytes())
            .map_err(|error| DependencyError::Write { path, error })?;
        Ok(())
    }
}
