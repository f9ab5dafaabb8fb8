use crate::{File, Lock, Metadata, Values};

/// A chart: what its files say, and the charts in it. Cheap to clone, and may be sent between
/// threads.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// `Chart.yaml`, with the dependencies of `requirements.yaml` in charts of version 1.
    pub metadata: Metadata,
    /// `Chart.lock` or `requirements.lock`.
    pub lock: Option<Lock>,
    /// What is in `templates`.
    pub templates: Vec<File>,
    /// The defaults of its values; nothing without a `values.yaml`.
    pub values: Option<Values>,
    /// `values.schema.json`.
    pub schema: Option<File>,
    /// All other files.
    pub files: Vec<File>,
    /// All files as they were found, those of charts in it too.
    pub raw: Vec<File>,
    /// When `Chart.yaml` was changed, in seconds since 1970.
    pub modified: i64,
    pub(crate) dependencies: Vec<Self>,
}

/// A file in a chart's `crds` folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crd {
    /// The path with all charts above, such as `web/charts/db/crds/user.yaml`.
    pub path: String,
    /// The file.
    pub file: File,
}

impl Chart {
    /// The chart's name.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// The charts in it, without those in them.
    pub fn dependencies(&self) -> &[Self] {
        &self.dependencies
    }

    /// Replaces the charts in it.
    pub fn set_dependencies(&mut self, dependencies: Vec<Self>) {
        self.dependencies = dependencies;
    }

    /// The files in `crds` of this chart and of all charts in it, in Helm's order.
    pub fn crds(&self) -> Vec<Crd> {
        let mut crds = Vec::new();
        self.push_crds(self.name(), &mut crds);
        crds
    }

    fn push_crds(&self, path: &str, crds: &mut Vec<Crd>) {
        for file in &self.files {
            if file.name.starts_with("crds/") && is_manifest(&file.name) {
                crds.push(Crd { path: format!("{path}/{}", file.name), file: file.clone() });
            }
        }
        for chart in &self.dependencies {
            chart.push_crds(&format!("{path}/charts/{}", chart.name()), crds);
        }
    }

    /// The chart's own readme.
    pub fn readme(&self) -> Option<&File> {
        let names = ["readme.md", "readme.txt", "readme"];
        self.files.iter().find(|file| names.iter().any(|name| file.name.eq_ignore_ascii_case(name)))
    }

    /// Gives everything in the chart the same time, in seconds since 1970, for packing.
    pub fn set_times(&mut self, seconds: i64) {
        self.modified = seconds;
        for file in self
            .templates
            .iter_mut()
            .chain(&mut self.files)
            .chain(&mut self.raw)
            .chain(&mut self.schema)
        {
            file.modified = seconds;
        }
        if let Some(lock) = &mut self.lock {
            lock.generated = crate::Time::from_seconds(seconds);
        }
        for chart in &mut self.dependencies {
            chart.set_times(seconds);
        }
    }

    /// The newest time of anything in the chart, in seconds since 1970.
    pub fn newest_time(&self) -> i64 {
        let files = self.raw.iter().map(|file| file.modified);
        let charts = self.dependencies.iter().map(Self::newest_time);
        files.chain(charts).max().unwrap_or_default()
    }

    /// A file as it was found, by its path, such as `values.yaml`.
    pub fn raw_file(&self, name: &str) -> Option<&File> {
        self.raw.iter().find(|file| &*file.name == name)
    }
}

fn is_manifest(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
