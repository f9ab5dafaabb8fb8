use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A chart to make.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Create {
    /// The chart's folder; its last part is the chart's name.
    pub path: PathBuf,
    /// A chart to start from, in which `<CHARTNAME>` becomes the name; else one that shows good practice.
    pub starter: Option<PathBuf>,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The chart's folder.
    pub path: PathBuf,
}

pub(crate) fn run(client: &Client, request: &Create) -> Result<Created, Error> {
    let Create { path, starter } = request;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let reporter = &*client.reporter;
    let path = match starter {
        Some(starter) => rhumb_chart::create_from(&name, folder, starter, reporter)?,
        None => rhumb_chart::create(&name, folder, reporter)?,
    };
    Ok(Created { path })
}
