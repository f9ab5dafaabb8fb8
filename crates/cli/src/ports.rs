//! Builds the client that commands work with from settings, environment and flags.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rhumb_action::{ChartRepoFiles, Client, Verify};
use rhumb_registry::{Cache, Credential};

use crate::argument::{ConnectionArgs, CredentialArgs};
use crate::context::Context;
use crate::environment::{credential_files, proxies};
use crate::error::Error;

/// Reads the machine's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// The same in seconds since 1970.
pub(crate) fn seconds() -> i64 {
    let since = now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

impl Context<'_> {
    /// By what provenance files are checked: a file of keys, or else the user's own.
    pub(crate) fn verify(&self, keyring: Option<&str>) -> Verify {
        let keyring = keyring.map_or_else(|| self.settings.keyring(), str::to_owned);
        Verify { keyring: keyring.into(), time: seconds() }
    }

    /// The client that reaches servers as the flags say. No file is read and no connection made.
    pub(crate) fn client(
        &self,
        connection: &ConnectionArgs,
        credential: &CredentialArgs,
    ) -> Result<Client, Error> {
        let settings = &self.settings;
        let cache = Cache::new(&settings.content_cache, settings.folders.state());
        let files = credential_files(self.environment, &settings.home, &settings.registry_config);
        let registry = rhumb_registry::Client::builder(Arc::new(now))
            .transport(connection.transport())
            .certificate(connection.certificate()?)
            .proxies(proxies(self.environment))
            .credential_files(files)
            .credential(given(credential))
            .cache(Some(cache))
            .offline(settings.offline)
            .reporter(Arc::clone(&self.reporter))
            .build();
        let repos = ChartRepoFiles {
            config: settings.repository_config.clone().into(),
            cache: settings.repository_cache.clone().into(),
        };
        let client = Client::builder(registry).chart_repos(repos);
        Ok(client.reporter(Arc::clone(&self.reporter)).build())
    }
}

/// The credential of the command line, if both of its parts are there.
fn given(credential: &CredentialArgs) -> Option<Credential> {
    let CredentialArgs { username, password } = credential;
    let password = password.as_ref().filter(|password| !password.is_empty())?;
    Some(Credential::basic(username.clone().unwrap_or_default(), password))
}
