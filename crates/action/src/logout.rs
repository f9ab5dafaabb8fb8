use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A credential to forget.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Logout {
    /// A registry, or a registry and the path that the credential is for.
    pub host: String,
}

/// What was forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedOut {
    /// The registry, or the part of it, as it was given.
    pub host: String,
    /// The helper that kept the credential; none for the configuration file.
    pub helper: Option<String>,
}

pub(crate) async fn run(client: &Client, request: &Logout) -> Result<LoggedOut, Error> {
    let Logout { host } = request;
    let stored = client.registry.logout(host).await?;
    if let Some(note) = stored.note {
        client.reporter.warn(note);
    }
    Ok(LoggedOut { host: host.clone(), helper: stored.helper })
}
