//! The operations; each moves to its own file with what it does.
use std::path::{Path, PathBuf};

use bytes::Bytes;
use rhumb_oci::{Descriptor, Digest, Reference, Registry, Repository, Tag};

use crate::{Blob, Client, Credential, Error, Fetched, Kind, Push, Pushed, Stored};

fn missing<T>() -> Result<T, Error> {
    Err(Error::Setup { problem: "this operation is not there yet".into() })
}

impl Client {
    /// Fetches a manifest by digest or tag, verified. By digest it may come from the cache.
    ///
    /// `accept` lists the media types wanted, most wanted first; `media_type::MANIFESTS` for any.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is not there.
    pub async fn manifest(&self, reference: &Reference, accept: &[&str]) -> Result<Fetched, Error> {
        let _ = (reference, accept);
        missing()
    }

    /// Resolves a tag or digest by `HEAD`, without downloading the manifest. `None` if it is not there.
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked.
    pub async fn head_manifest(&self, reference: &Reference) -> Result<Option<Descriptor>, Error> {
        let _ = reference;
        missing()
    }

    /// Fetches a blob into memory: from the cache, where it is kept as `kind`, else the registry.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] if it has more than `limit` bytes; [`Error::Digest`] and
    /// [`Error::Size`] if it is not what `blob` says.
    pub async fn blob_bytes(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        kind: Kind,
        limit: u64,
    ) -> Result<Bytes, Error> {
        let _ = (repository, blob, kind, limit);
        missing()
    }

    /// Fetches a blob into the cache as `kind` and returns its path.
    ///
    /// # Errors
    ///
    /// As [`Client::blob_bytes`]; [`Error::Setup`] without a cache.
    pub async fn blob_to_cache(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        kind: Kind,
    ) -> Result<PathBuf, Error> {
        let _ = (repository, blob, kind);
        missing()
    }

    /// Streams a blob to `path`, which appears whole and verified or not at all.
    ///
    /// # Errors
    ///
    /// As [`Client::blob_bytes`], without a limit of size but `blob.size`.
    pub async fn blob_to_file(
        &self,
        repository: &Reference,
        blob: &Descriptor,
        path: &Path,
    ) -> Result<(), Error> {
        let _ = (repository, blob, path);
        missing()
    }

    /// Lists the tags of a repository in the registry's order, all pages.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no such repository.
    pub async fn tags(&self, repository: &Reference) -> Result<Vec<Tag>, Error> {
        let _ = repository;
        missing()
    }

    /// Lists the repositories of a registry, all pages, where it allows that.
    ///
    /// # Errors
    ///
    /// [`Error::Denied`] or [`Error::NotFound`] where it does not.
    pub async fn catalog(&self, registry: &Registry) -> Result<Vec<Repository>, Error> {
        let _ = registry;
        missing()
    }

    /// Lists what refers to the manifest with this digest, by the API or else by the tag schema.
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
        let _ = (repository, subject, artifact_type);
        missing()
    }

    /// Whether the repository has this blob.
    ///
    /// # Errors
    ///
    /// If the registry cannot be asked.
    pub async fn blob_exists(
        &self,
        repository: &Reference,
        digest: &Digest,
    ) -> Result<bool, Error> {
        let _ = (repository, digest);
        missing()
    }

    /// Uploads a blob, or mounts it from another repository where that works.
    ///
    /// # Errors
    ///
    /// If the registry does not take it.
    pub async fn push_blob(&self, repository: &Reference, blob: &Blob) -> Result<(), Error> {
        let _ = (repository, blob);
        missing()
    }

    /// Stores a manifest whose blobs are there already.
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
        let _ = (reference, media_type, bytes);
        missing()
    }

    /// Uploads an artifact whole, with the fewest round trips.
    ///
    /// # Errors
    ///
    /// [`Error::Exists`] by [`IfExists::Fail`](crate::IfExists::Fail).
    pub async fn push(&self, push: &Push) -> Result<Pushed, Error> {
        let _ = push;
        missing()
    }

    /// Deletes a manifest by its digest, or a tag where the registry can.
    ///
    /// # Errors
    ///
    /// If the registry does not do it.
    pub async fn delete_manifest(&self, reference: &Reference) -> Result<(), Error> {
        let _ = reference;
        missing()
    }

    /// Tries a credential and stores it if it works. `registry` is a host or host and path.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] if it does not work.
    pub async fn login(&self, registry: &str, credential: &Credential) -> Result<Stored, Error> {
        let _ = (registry, credential);
        missing()
    }

    /// Removes the stored credential of a host or host and path.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub async fn logout(&self, registry: &str) -> Result<Stored, Error> {
        let _ = registry;
        missing()
    }
}
