use rhumb_oci::{Content, Descriptor, Digest, Index, Manifest, Reference, Tag, media_type};

use crate::auth::Scope;
use crate::client::Inner;
use crate::send::Call;
use crate::{Client, Error, MAX_ENTRIES, MAX_PAGES, list};

impl Client {
    /// Lists what refers to the manifest with this digest, by the registry's API, or where it has
    /// none by the tag that stands in for it.
    ///
    /// Source: OCI distribution-spec 1.1, [listing referrers][spec].
    ///
    /// [spec]: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked.
    pub async fn referrers(
        &self,
        repository: &Reference,
        subject: &Digest,
        artifact_type: Option<&str>,
    ) -> Result<Vec<Descriptor>, Error> {
        let inner = &*self.inner;
        let name = repository.repository();
        let endpoint = inner.endpoint(repository.registry());
        let request = endpoint.referrers(name, subject, artifact_type);
        let call = inner.call(repository, Scope::pull(name), request)?;
        let mut referrers = match inner.referrers_by_api(call).await? {
            Some(referrers) => referrers,
            None => inner.referrers_by_tag(repository, subject).await?,
        };
        // A registry may leave the filtering to the client.
        if let Some(wanted) = artifact_type {
            referrers.retain(|referrer| referrer.artifact_type.as_deref() == Some(wanted));
        }
        Ok(referrers)
    }
}

impl Inner {
    /// Asks the API; `None` if the registry has none.
    async fn referrers_by_api(&self, mut call: Call) -> Result<Option<Vec<Descriptor>>, Error> {
        let mut all = Vec::new();
        for page in 0..MAX_PAGES {
            let response = self.send(call.clone()).await?;
            let status = response.status().as_u16();
            let is_index = response.content_type() == media_type::INDEX;
            let lacking = matches!(status, 400 | 404 | 405 | 501) || (status == 200 && !is_index);
            if page == 0 && lacking {
                return Ok(None);
            }
            if status != 200 {
                let place = call.party.place.to_string();
                let now = (self.settings.clock)();
                return Err(crate::send::refused(&place, "referrers", response, now).await);
            }
            let next = list::next_page(&response)?;
            let index: Index = list::read_page(response).await?;
            all.extend(index.manifests);
            let Some(next) = next else { return Ok(Some(all)) };
            if all.len() > MAX_ENTRIES {
                break;
            }
            call.message.url = next;
        }
        Err(Error::TooManyPages { what: "the list of referrers".into(), pages: MAX_PAGES })
    }

    async fn referrers_by_tag(
        &self,
        repository: &Reference,
        subject: &Digest,
    ) -> Result<Vec<Descriptor>, Error> {
        let reference = fallback(repository, subject);
        match self.manifest(&reference, &[media_type::INDEX]).await {
            Ok(fetched) => match Content::parse(&fetched.descriptor.media_type, &fetched.bytes) {
                Ok(Content::Index(index)) => Ok(index.manifests),
                _ => Ok(Vec::new()),
            },
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Adds a manifest that refers to another to the tag that stands in for the API.
    ///
    /// Two clients that do this at once may undo each other; the specification has no remedy.
    pub(crate) async fn link_referrer(
        &self,
        reference: &Reference,
        descriptor: &Descriptor,
        bytes: &[u8],
    ) -> Result<(), Error> {
        let Ok(Content::Manifest(manifest)) = Content::parse(&descriptor.media_type, bytes) else {
            return Ok(());
        };
        let Some(subject) = &manifest.subject else { return Ok(()) };
        let mut referrers = self.referrers_by_tag(reference, &subject.digest).await?;
        if referrers.iter().any(|known| known.digest == descriptor.digest) {
            return Ok(());
        }
        referrers.push(described(descriptor, &manifest));
        let index = Index::new(referrers).print();
        let place = fallback(reference, &subject.digest);
        Box::pin(self.push_manifest(&place, media_type::INDEX, index.into())).await?;
        Ok(())
    }
}

fn described(descriptor: &Descriptor, manifest: &Manifest) -> Descriptor {
    let artifact_type = manifest.artifact_type.clone();
    Descriptor {
        annotations: manifest.annotations.clone(),
        artifact_type: artifact_type.or_else(|| Some(manifest.config.media_type.clone())),
        ..descriptor.clone()
    }
}

/// The tag under which the referrers of a manifest are listed, such as `sha256-…`.
fn fallback(repository: &Reference, subject: &Digest) -> Reference {
    let mut tag = subject.as_str().replace(':', "-");
    tag.truncate(128);
    let tag: Tag = tag.parse().expect("a digest makes a tag");
    repository.clone().with_digest(None).with_tag(Some(tag))
}
