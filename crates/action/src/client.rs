use std::sync::Arc;

use rhumb_report::{Reporter, Silent};

use crate::{Error, LoggedIn, LoggedOut, Login, Logout, login, logout};

/// Does what Helm's users do, for programs: cheap to clone, safe to share.
///
/// Nothing is read and no connection made before an operation needs it.
#[derive(Clone)]
pub struct Client {
    pub(crate) registry: rhumb_registry::Client,
    pub(crate) reporter: Arc<dyn Reporter>,
}

/// Sets up a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    registry: rhumb_registry::Client,
    reporter: Arc<dyn Reporter>,
}

impl Client {
    /// Starts to set up a client that reaches registries through `registry`.
    pub fn builder(registry: rhumb_registry::Client) -> ClientBuilder {
        ClientBuilder { registry, reporter: Arc::new(Silent) }
    }

    /// Tries a credential and keeps it if it works.
    ///
    /// # Errors
    ///
    /// If the registry does not accept it or it cannot be kept.
    pub async fn login(&self, request: &Login) -> Result<LoggedIn, Error> {
        login::run(self, request).await
    }

    /// Forgets a credential.
    ///
    /// # Errors
    ///
    /// If the file that keeps it cannot be written, or a helper fails.
    pub async fn logout(&self, request: &Logout) -> Result<LoggedOut, Error> {
        logout::run(self, request).await
    }
}

impl ClientBuilder {
    /// Who hears of warnings and progress. Default: nobody.
    pub fn reporter(mut self, reporter: Arc<dyn Reporter>) -> Self {
        self.reporter = reporter;
        self
    }

    /// Makes the client.
    pub fn build(self) -> Client {
        let Self { registry, reporter } = self;
        Client { registry, reporter }
    }
}
