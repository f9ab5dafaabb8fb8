use rhumb_oci::Registry;

use crate::auth::{self, Scope};
use crate::client::Inner;
use crate::credential::Place;
use crate::wire::Retry;
use crate::{Client, Credential, Error, Stored, send};

impl Client {
    /// Tries a credential and stores it if it works. `registry` is a host, or a host and the path
    /// for which the credential is meant.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] if it does not work.
    pub async fn login(&self, registry: &str, credential: &Credential) -> Result<Stored, Error> {
        let place = Place::parse(registry);
        let failed =
            |source| Error::Login { registry: registry.to_owned(), source: Box::new(source) };
        let settings = self.inner.settings.clone().credential(Some(credential.clone()));
        let trial = settings.build();
        trial.inner.try_credential(&place, credential).await.map_err(failed)?;
        self.inner.auth.store().set(&place, credential).await
    }

    /// Removes the stored credential of a host, or of a host and path.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or a helper fails.
    pub async fn logout(&self, registry: &str) -> Result<Stored, Error> {
        self.inner.auth.store().remove(&Place::parse(registry)).await
    }
}

impl Inner {
    async fn try_credential(&self, place: &Place, credential: &Credential) -> Result<(), Error> {
        let registry: Registry = place
            .host()
            .parse()
            .map_err(|error: rhumb_oci::NameError| Error::Setup { problem: error.to_string() })?;
        let ping = self.endpoint(&registry).ping();
        let call = self.call_at(&registry, place.clone(), Scope::default(), ping)?;
        let mut response = self.send(call.clone()).await?;
        // A registry that lets everybody in to read has not looked at the credential yet.
        let unasked = response.status().is_success() && !self.auth.knows(&call.party.origin);
        if let (true, Some(basic)) = (unasked, auth::basic(credential)) {
            drop(response);
            let header = Some(&basic.header);
            response = self.wire.persist(&call.message, header, Retry::Always).await?;
        }
        if !response.status().is_success() {
            let what = format!("the registry API of {registry}");
            let now = (self.settings.clock)();
            return Err(send::refused(&place.to_string(), &what, response, now).await);
        }
        if response.is_web_page() {
            return Err(response.web_page());
        }
        Ok(())
    }
}
