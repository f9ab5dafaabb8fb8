mod annotation;
mod stream;

use std::collections::BTreeMap;
use std::ffi::OsString;

use bytes::Bytes;
use rhumb_report::Diagnose as _;
use rhumb_value::quote::quote;
use serde::{Deserialize, Serialize};

use crate::{Error, Plugin};

/// A plugin that changes what templates render to, before it is taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRenderer {
    /// The plugin.
    pub plugin: Plugin,
    /// What it is called with, besides its own arguments.
    pub arguments: Vec<String>,
    /// The variables that it sees.
    pub environment: Vec<(OsString, OsString)>,
}

impl PostRenderer {
    /// Gives rendered templates, without notes, to the plugin, as one stream of documents that say
    /// where they come from, and takes what it makes of them apart again.
    pub(crate) fn run<'t>(
        &self,
        templates: impl Iterator<Item = (&'t String, &'t Bytes)>,
    ) -> Result<BTreeMap<String, Bytes>, Error> {
        let failed = |message: String| Error::PostRender { message, hints: Vec::new() };
        let merged = stream::merge(templates)
            .map_err(|why| failed(format!("error merging manifests: {why}")))?;
        let name = quote(self.plugin.name.as_bytes());
        let output = self.plugin.run(&self.arguments, &self.environment, merged.as_bytes());
        let output = output.map_err(|error| Error::PostRender {
            message: format!(
                "error while running post render on files: failed to invoke post-renderer plugin {name}: {error}"
            ),
            hints: error.hints(),
        })?;
        if String::from_utf8_lossy(&output).trim().is_empty() {
            return Err(failed(format!(
                "error while running post render on files: post-renderer {name} produced empty output"
            )));
        }
        stream::split(&output)
            .map_err(|why| failed(format!("error while parsing post rendered output: {why}")))
    }
}
