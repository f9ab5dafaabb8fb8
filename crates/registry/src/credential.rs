use std::path::PathBuf;

use rhumb_report::Secret;

mod config_file;
mod helper;
mod key;
mod store;

pub(crate) use key::Place;
pub(crate) use store::Store;

/// Who the user is, for one registry or a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    /// The user's name; empty where only a token is known.
    pub username: String,
    /// The password, or what a registry takes as one.
    pub password: Secret,
    /// A token that is exchanged for access tokens (Docker's `identitytoken`).
    pub identity_token: Secret,
    /// A token that is sent as it is (Docker's `registrytoken`).
    pub registry_token: Secret,
}

impl Credential {
    /// A name and a password.
    pub fn basic(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), password: Secret::new(password), ..Self::default() }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The files in which credentials are kept. `cli` finds them; a missing file is an empty one.
#[derive(Clone, Debug, Default)]
pub struct CredentialFiles {
    /// Helm's own, usually `~/.config/helm/registry/config.json`: read first and the one that
    /// login writes.
    pub helm: PathBuf,
    /// Docker's, usually `~/.docker/config.json`.
    pub docker: Option<PathBuf>,
    /// Podman's and Skopeo's, in the order to read them, such as
    /// `$XDG_RUNTIME_DIR/containers/auth.json`.
    pub containers: Vec<PathBuf>,
    /// The folders in which `docker-credential-…` programs are, as in `PATH`.
    pub helper_folders: Vec<PathBuf>,
}

/// What [`Client::login`](crate::Client::login) and logout did besides storing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The helper that keeps the credential now, such as `osxkeychain`; none for the file.
    pub helper: Option<String>,
    /// Something the user should know, such as a helper that does not store.
    pub note: Option<String>,
}
