use std::sync::Arc;

use rhumb_report::{Reporter, Silent};

use crate::{
    Error, Found, LoggedIn, LoggedOut, Login, Logout, Pull, Pulled, Repositories, Search,
    VersionList, Versions, login, logout, pull, search, versions,
};

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

    /// Downloads a chart.
    ///
    /// # Errors
    ///
    /// If it is not found, is not what its digest says, or cannot be written.
    pub async fn pull(&self, request: &Pull) -> Result<Pulled, Error> {
        pull::run(self, request).await
    }

    /// Lists charts of a registry, by metadata alone.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn search(&self, request: &Search) -> Result<Found, Error> {
        search::run(self, request).await
    }

    /// Lists the tags of a repository.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn versions(&self, request: &Versions) -> Result<VersionList, Error> {
        versions::run(self, request).await
    }

    /// Lists the repositories of a registry.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn repositories(&self, request: &Repositories) -> Result<Vec<String>, Error> {
        versions::repositories(self, request).await
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
