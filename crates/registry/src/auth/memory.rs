use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Scheme;
use crate::file;

/// Bytes of a remembered answer that are read at most.
const MAX_FILE: u64 = 64 << 10;

/// Remembers on disk what hosts ask for, so that a later process need not be refused first.
///
/// One small file per origin, without secrets. Losing it costs a request.
pub(crate) struct Memory {
    folder: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "scheme", rename_all = "lowercase")]
enum Record {
    Basic,
    Bearer {
        realm: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<String>,
    },
}

impl Memory {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) fn get(&self, origin: &Url) -> Option<Scheme> {
        let bytes = file::read_small(&self.path(origin), MAX_FILE)?;
        Some(match serde_json::from_slice(&bytes).ok()? {
            Record::Basic => Scheme::Basic,
            Record::Bearer { realm, service } => Scheme::Bearer { realm, service },
        })
    }

    pub(super) fn set(&self, origin: &Url, scheme: &Scheme) {
        let record = match scheme.clone() {
            Scheme::Basic => Record::Basic,
            Scheme::Bearer { realm, service } => Record::Bearer { realm, service },
        };
        let bytes = serde_json::to_vec(&record).expect("plain data");
        if let Err(error) = file::replace(&self.path(origin), &bytes) {
            tracing::debug!(%error, "what the host asks for is not remembered");
        }
    }

    fn path(&self, origin: &Url) -> PathBuf {
        let name = origin.origin().ascii_serialization().replace("://", "_");
        let safe = |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '+' };
        self.folder.join(name.chars().map(safe).collect::<String>() + ".json")
    }
}
