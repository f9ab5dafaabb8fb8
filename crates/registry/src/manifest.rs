use bytes::Bytes;
use http::{Method, StatusCode};
use rhumb_oci::{Content, Descriptor, Digest, ManifestError, Reference, media_type, response};

use crate::auth::Scope;
use crate::client::Inner;
use crate::wire::{Response, Upload};
use crate::{Cache, Client, Error, Fetched, Kind, MAX_MANIFEST, send};

impl Client {
    /// Fetches a manifest by its digest, else its tag, verified. By digest it may come from the
    /// cache; by tag it does so offline, and leads to what the tag was last seen at.
    ///
    /// `accept` lists the media types wanted, most wanted first;
    /// [`media_type::MANIFESTS`](rhumb_oci::media_type::MANIFESTS) for any.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is not there, [`Error::Digest`] if it is not what it should be.
    pub async fn manifest(&self, reference: &Reference, accept: &[&str]) -> Result<Fetched, Error> {
        self.inner.manifest(reference, accept).await
    }

    /// Resolves a tag or digest without downloading the manifest, where the registry allows that.
    /// `None` if it is not there.
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked.
    pub async fn head_manifest(&self, reference: &Reference) -> Result<Option<Descriptor>, Error> {
        if self.inner.settings.offline {
            let record = self.inner.settings.cache.as_ref().and_then(|cache| cache.tag(reference));
            return Ok(record.map(|record| record.descriptor));
        }
        let scope = Scope::pull(reference.repository());
        self.inner.head_manifest(reference, &target(reference)?, scope).await
    }

    /// Stores a manifest whose blobs are there already, under the tag, else by its digest.
    ///
    /// # Errors
    ///
    /// If the registry does not take it.
    pub async fn push_manifest(
        &self,
        reference: &Reference,
        media_type: &str,
        bytes: Bytes,
    ) -> Result<Descriptor, Error> {
        self.inner.push_manifest(reference, media_type, bytes).await
    }

    /// Deletes a manifest by its digest, else the tag, where the registry can.
    ///
    /// # Errors
    ///
    /// If the registry does not do it.
    pub async fn delete_manifest(&self, reference: &Reference) -> Result<(), Error> {
        let inner = &*self.inner;
        let (repository, target) = (reference.repository(), target(reference)?);
        let endpoint = inner.endpoint(reference.registry());
        let request = endpoint.manifest(Method::DELETE, repository, &target, &[]);
        let call = inner.call(reference, Scope::delete(repository), request)?;
        let response = inner.send(call).await?;
        if response.status().is_success() {
            return Ok(());
        }
        Err(inner.refused(reference, &reference.to_string(), response).await)
    }
}

impl Inner {
    pub(crate) async fn manifest(
        &self,
        reference: &Reference,
        accept: &[&str],
    ) -> Result<Fetched, Error> {
        if let Some(digest) = self.known_digest(reference)
            && let Some(fetched) = self.cached_manifest(&digest)
        {
            return Ok(fetched);
        }
        if self.settings.offline {
            return Err(Error::Offline { what: reference.to_string() });
        }
        let target = target(reference)?;
        let response = self.get_manifest(reference, &target, accept).await?;
        let fetched = read_manifest(reference, response).await?;
        self.keep_manifest(reference, &fetched.descriptor, &fetched.bytes);
        Ok(fetched)
    }

    /// The digest that a reference names or, offline, was last seen to lead to.
    fn known_digest(&self, reference: &Reference) -> Option<Digest> {
        if let Some(digest) = reference.digest() {
            return Some(digest.clone());
        }
        let cache = self.settings.cache.as_ref().filter(|_| self.settings.offline)?;
        cache.tag(reference).map(|record| record.descriptor.digest)
    }

    fn cached_manifest(&self, digest: &Digest) -> Option<Fetched> {
        let cache = self.settings.cache.as_ref()?;
        let bytes = cache.read(digest, Kind::Manifest, MAX_MANIFEST)?;
        let media_type = match Content::parse("", &bytes).ok()? {
            Content::Manifest(manifest) => manifest.media_type,
            Content::Index(index) => index.media_type.or_else(|| Some(media_type::INDEX.into())),
        };
        let media_type = media_type.unwrap_or_else(|| media_type::MANIFEST.to_owned());
        let descriptor = Descriptor::new(media_type, digest.clone(), bytes.len() as u64);
        Some(Fetched { descriptor, bytes: bytes.into() })
    }

    /// Keeps a manifest and what its tag leads to. What cannot be kept is downloaded again.
    pub(crate) fn keep_manifest(
        &self,
        reference: &Reference,
        descriptor: &Descriptor,
        bytes: &[u8],
    ) {
        let Some(cache) = &self.settings.cache else { return };
        if let Err(error) = cache.put(&descriptor.digest, Kind::Manifest, bytes) {
            tracing::debug!(%error, "manifest not kept");
        }
        self.note_tag(cache, reference, descriptor);
    }

    fn note_tag(&self, cache: &Cache, reference: &Reference, descriptor: &Descriptor) {
        if reference.tag().is_some() {
            cache.set_tag(reference, descriptor, (self.settings.clock)());
        }
    }

    async fn get_manifest(
        &self,
        reference: &Reference,
        target: &str,
        accept: &[&str],
    ) -> Result<Response, Error> {
        let repository = reference.repository();
        let endpoint = self.endpoint(reference.registry());
        let request = endpoint.manifest(Method::GET, repository, target, accept);
        let response = self.send(self.call(reference, Scope::pull(repository), request)?).await?;
        if response.status() == StatusCode::OK {
            return Ok(response);
        }
        Err(self.refused(reference, &reference.to_string(), response).await)
    }

    pub(crate) async fn head_manifest(
        &self,
        reference: &Reference,
        target: &str,
        scope: Scope,
    ) -> Result<Option<Descriptor>, Error> {
        let repository = reference.repository();
        let endpoint = self.endpoint(reference.registry());
        let request = endpoint.manifest(Method::HEAD, repository, target, media_type::MANIFESTS);
        let response = self.send(self.call(reference, scope, request)?).await?;
        match response.status().as_u16() {
            200 => {
                if let Some(descriptor) = described(&response) {
                    return Ok(Some(descriptor));
                }
            }
            404 => return Ok(None),
            // Some registries have no `HEAD`, or none for everybody.
            400 | 405 | 501 => {}
            _ => return Err(self.refused(reference, &reference.to_string(), response).await),
        }
        drop(response);
        match self.get_manifest(reference, target, media_type::MANIFESTS).await {
            Ok(response) => Ok(Some(read_manifest(reference, response).await?.descriptor)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn push_manifest(
        &self,
        reference: &Reference,
        media_type: &str,
        bytes: Bytes,
    ) -> Result<Descriptor, Error> {
        let algorithm = reference.digest().map_or(rhumb_oci::Algorithm::Sha256, Digest::algorithm);
        let digest = Digest::with(algorithm, &bytes);
        check_digest(reference, reference.digest(), &digest)?;
        let descriptor = Descriptor::new(media_type, digest, bytes.len() as u64);
        let repository = reference.repository();
        let target = match reference.tag() {
            Some(tag) => tag.to_string(),
            None => descriptor.digest.to_string(),
        };
        let endpoint = self.endpoint(reference.registry());
        let request = endpoint.put_manifest(repository, &target, media_type);
        let mut call = self.call(reference, Scope::push(repository), request)?;
        call.message.body = Upload::bytes(bytes.clone());
        let response = self.send(call).await?;
        if !response.status().is_success() {
            return Err(self.refused(reference, &reference.to_string(), response).await);
        }
        if response.is_web_page() {
            return Err(response.web_page());
        }
        let stored = response::content_digest(response.headers());
        let stored = stored.filter(|stored| stored.algorithm() == algorithm);
        let keeps_track = response::subject(response.headers()).is_some();
        drop(response);
        check_digest(reference, stored.as_ref(), &descriptor.digest)?;
        if !keeps_track {
            self.link_referrer(reference, &descriptor, &bytes).await?;
        }
        self.keep_manifest(reference, &descriptor, &bytes);
        Ok(descriptor)
    }

    /// Turns an answer that is not the one hoped for into an error.
    pub(crate) async fn refused(
        &self,
        reference: &Reference,
        what: &str,
        response: Response,
    ) -> Error {
        let place = send::place(reference.registry(), reference.repository());
        send::refused(&place.to_string(), what, response, (self.settings.clock)()).await
    }
}

/// What to call the manifest in a URL: its digest, else its tag.
pub(crate) fn target(reference: &Reference) -> Result<String, Error> {
    match (reference.digest(), reference.tag()) {
        (Some(digest), _) => Ok(digest.to_string()),
        (None, Some(tag)) => Ok(tag.to_string()),
        (None, None) => Err(Error::NoTarget { reference: reference.to_string() }),
    }
}

fn check_digest(reference: &Reference, want: Option<&Digest>, got: &Digest) -> Result<(), Error> {
    match want {
        Some(want) if want != got => {
            Err(Error::Digest { what: reference.to_string(), want: want.clone(), got: got.clone() })
        }
        _ => Ok(()),
    }
}

/// What a `HEAD` says about a manifest, if it says enough.
fn described(response: &Response) -> Option<Descriptor> {
    let digest = response::content_digest(response.headers())?;
    let size = response.content_length()?;
    Some(Descriptor::new(response.content_type(), digest, size))
}

/// Reads a manifest and compares it with the digest asked for and the one promised.
async fn read_manifest(reference: &Reference, response: Response) -> Result<Fetched, Error> {
    if response.is_web_page() {
        return Err(response.web_page());
    }
    let page = response.web_page();
    let promised = response::content_digest(response.headers());
    let served_as = response.content_type().to_owned();
    let bytes = match response.bytes(MAX_MANIFEST).await {
        Err(Error::TooLarge { limit, .. }) => {
            return Err(Error::TooLarge { what: format!("the manifest of {reference}"), limit });
        }
        other => other?,
    };
    let mut digest = None;
    for want in [reference.digest(), promised.as_ref()].into_iter().flatten() {
        let got = Digest::with(want.algorithm(), &bytes);
        check_digest(reference, Some(want), &got)?;
        digest = digest.or(Some(got));
    }
    let digest = digest.unwrap_or_else(|| Digest::of(&bytes));
    let own = match Content::parse(&served_as, &bytes) {
        Ok(Content::Manifest(manifest)) => manifest.media_type,
        Ok(Content::Index(index)) => index.media_type,
        Err(ManifestError::WebPage) => return Err(page),
        Err(source) => {
            return Err(Error::NotManifest { reference: reference.to_string(), source });
        }
    };
    let media_type = if media_type::is_manifest(&served_as) { None } else { own };
    let media_type = media_type.unwrap_or(served_as);
    let descriptor = Descriptor::new(media_type, digest, bytes.len() as u64);
    Ok(Fetched { descriptor, bytes: bytes.into() })
}
