use rhumb_registry::Credential;
use rhumb_report::Secret;
use serde::{Deserialize, Serialize};

use crate::{Client, Error};

/// A credential to try and keep.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Login {
    /// A registry, or a registry and the path that the credential is for.
    pub host: String,
    /// The user's name; empty where a token is all there is.
    #[serde(default)]
    pub username: String,
    /// The password or token. It is never serialised.
    #[serde(skip)]
    pub password: Secret,
}

/// What became of a credential that works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedIn {
    /// The registry, or the part of it, as it was given.
    pub host: String,
    /// The helper that keeps the credential; none for the configuration file.
    pub helper: Option<String>,
}

pub(crate) async fn run(client: &Client, request: &Login) -> Result<LoggedIn, Error> {
    let Login { host, username, password } = request;
    let credential = Credential::basic(username, password.expose());
    let stored = client.registry.login(host, &credential).await?;
    if let Some(note) = stored.note {
        client.reporter.warn(note);
    }
    Ok(LoggedIn { host: host.clone(), helper: stored.helper })
}
