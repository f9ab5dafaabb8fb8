mod command;
mod metadata;
mod run;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rhumb_report::Reporter;
use serde::{Deserialize, Serialize};

pub use command::PlatformCommand;
pub use run::PluginRunError;

use crate::log::word;

/// The file that says what a plugin is.
const FILE: &str = "plugin.yaml";

/// A program of others that does a part of the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// The folder that it is in.
    pub folder: PathBuf,
    /// The part of the work that it does, such as `postrenderer/v1`.
    pub kind: String,
    /// How it is run.
    pub runtime: PluginRuntime,
}

/// How a plugin is run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PluginRuntime {
    /// As a process: one of these commands, by the platform.
    Process(Vec<PlatformCommand>),
    /// As WebAssembly, which is not done yet.
    Extism,
}

/// Why there is no such plugin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PluginError {
    /// No plugin has this name and does this.
    #[error("plugin: {{Name:{name} Type:{kind}}} not found")]
    NotFound {
        /// The name.
        name: String,
        /// What it should do.
        kind: String,
    },
    /// Two plugins have the same name.
    #[error(
        "two plugins claim the name {} at {} and {}",
        rhumb_value::quote::quote(.name.as_bytes()),
        rhumb_value::quote::quote(.first.as_os_str().as_encoded_bytes()),
        rhumb_value::quote::quote(.second.as_os_str().as_encoded_bytes())
    )]
    Twice {
        /// The name.
        name: String,
        /// The folder of one.
        first: PathBuf,
        /// The folder of the other.
        second: PathBuf,
    },
}

impl Plugin {
    /// Finds a plugin by its name and what it does. Those that cannot be read are warned of.
    ///
    /// # Errors
    ///
    /// If there is none, or the name is not the only one of its kind.
    pub fn find(
        folders: &[PathBuf],
        name: &str,
        kind: &str,
        reporter: &dyn Reporter,
    ) -> Result<Self, PluginError> {
        let mut found = None;
        for folder in folders {
            let plugins = load_all(folder, reporter)?;
            let fits = |plugin: &Self| plugin.name == name && plugin.kind == kind;
            found = found.or_else(|| plugins.into_iter().find(fits));
        }
        found.ok_or_else(|| PluginError::NotFound { name: name.to_owned(), kind: kind.to_owned() })
    }

    /// Runs it with text for its standard input, and gives what it writes to standard output.
    ///
    /// # Errors
    ///
    /// If it cannot be started, fails, or writes too much.
    pub fn run(
        &self,
        arguments: &[String],
        environment: &[(OsString, OsString)],
        input: &[u8],
    ) -> Result<Vec<u8>, PluginRunError> {
        run::run(self, arguments, environment, input)
    }
}

/// Loads the plugins in a folder, each in a folder of its own.
fn load_all(folder: &Path, reporter: &dyn Reporter) -> Result<Vec<Plugin>, PluginError> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    let mut plugins: Vec<Plugin> = Vec::new();
    for folder in folders {
        let file = folder.join(FILE);
        if std::fs::symlink_metadata(&file).is_err() {
            continue;
        }
        match metadata::load(&folder, &file) {
            Ok(plugin) => plugins.push(plugin),
            Err(why) => reporter.warn(format!(
                "level=WARN msg=\"failed to load plugin (ignoring)\" plugin_yaml={} error={}",
                word(&file.display().to_string()),
                word(&why)
            )),
        }
    }
    for (number, second) in plugins.iter().enumerate() {
        if let Some(first) = plugins[..number].iter().find(|first| first.name == second.name) {
            let (first, name) = (first.folder.clone(), second.name.clone());
            return Err(PluginError::Twice { name, first, second: second.folder.clone() });
        }
    }
    Ok(plugins)
}
