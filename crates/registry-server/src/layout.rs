//! Which key holds what. No segment of a repository's name begins with `_`, so these never meet.
//!
//! | key | holds |
//! |---|---|
//! | `blobs/ALGORITHM/XX/HEX` | content, of blobs and manifests alike |
//! | `repositories/NAME/_blobs/ALGORITHM/HEX` | nothing: the repository has this blob |
//! | `repositories/NAME/_manifests/ALGORITHM/HEX` | the manifest's descriptor |
//! | `repositories/NAME/_tags/TAG` | the descriptor the tag points at |
//! | `repositories/NAME/_referrers/ALGORITHM/HEX/ALGORITHM/HEX` | the descriptor of a manifest whose subject is the first digest |
//! | `catalog/NAME/_` | nothing: the repository has had a manifest |
//! | `uploads/ID/…` | an upload under way |

use rhumb_oci::{Digest, Repository, Tag};

/// Where content is.
pub(crate) const BLOBS: &str = "blobs/";
/// Where repositories are.
pub(crate) const REPOSITORIES: &str = "repositories/";
/// Where uploads under way are.
pub(crate) const UPLOADS: &str = "uploads/";
/// Where the names of repositories are.
pub(crate) const CATALOG: &str = "catalog/";

/// The content with this digest.
pub(crate) fn blob(digest: &Digest) -> String {
    let hex = digest.hex();
    let (name, start) = (digest.algorithm().name(), &hex[..2]);
    format!("{BLOBS}{name}/{start}/{hex}")
}

/// That `repository` has the blob.
pub(crate) fn blob_link(repository: &Repository, digest: &Digest) -> String {
    let (name, hex) = (digest.algorithm().name(), digest.hex());
    format!("{REPOSITORIES}{repository}/_blobs/{name}/{hex}")
}

/// All blobs of `repository`.
pub(crate) fn blob_links(repository: &Repository) -> String {
    format!("{REPOSITORIES}{repository}/_blobs/")
}

/// That `repository` has the manifest.
pub(crate) fn manifest(repository: &Repository, digest: &Digest) -> String {
    let (name, hex) = (digest.algorithm().name(), digest.hex());
    format!("{REPOSITORIES}{repository}/_manifests/{name}/{hex}")
}

/// All manifests of `repository`.
pub(crate) fn manifests(repository: &Repository) -> String {
    format!("{REPOSITORIES}{repository}/_manifests/")
}

/// A tag of `repository`.
pub(crate) fn tag(repository: &Repository, tag: &Tag) -> String {
    format!("{REPOSITORIES}{repository}/_tags/{tag}")
}

/// All tags of `repository`.
pub(crate) fn tags(repository: &Repository) -> String {
    format!("{REPOSITORIES}{repository}/_tags/")
}

/// That the manifest `digest` has the subject `subject`.
pub(crate) fn referrer(repository: &Repository, subject: &Digest, digest: &Digest) -> String {
    let (name, hex) = (digest.algorithm().name(), digest.hex());
    format!("{}{name}/{hex}", referrers(repository, subject))
}

/// All manifests with the subject `subject`.
pub(crate) fn referrers(repository: &Repository, subject: &Digest) -> String {
    let (name, hex) = (subject.algorithm().name(), subject.hex());
    format!("{REPOSITORIES}{repository}/_referrers/{name}/{hex}/")
}

/// That `repository` has had a manifest.
pub(crate) fn catalog(repository: &Repository) -> String {
    format!("{CATALOG}{repository}/_")
}

/// What is known of an upload.
pub(crate) fn upload(id: &str) -> String {
    format!("{UPLOADS}{id}/state")
}

/// A piece of an upload.
pub(crate) fn upload_chunk(id: &str, name: &str) -> String {
    format!("{UPLOADS}{id}/{name}")
}

/// The digest at the end of a key, which ends in `ALGORITHM/HEX` or `ALGORITHM/XX/HEX`.
pub(crate) fn digest_of(key: &str) -> Option<Digest> {
    let (rest, hex) = key.rsplit_once('/')?;
    let rest = rest.rsplit('/').find(|part| part.len() > 2)?;
    format!("{rest}:{hex}").parse().ok()
}

/// The repository that a key is about.
pub(crate) fn repository_of(key: &str) -> Option<Repository> {
    let rest = key.strip_prefix(REPOSITORIES)?;
    let (name, _) = rest.split_once("/_")?;
    name.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_keys_are_about() {
        let name: Repository = "acme/charts/web".parse().unwrap();
        for algorithm in [rhumb_oci::Algorithm::Sha256, rhumb_oci::Algorithm::Sha512] {
            let digest = Digest::with(algorithm, b"x");
            let subject = Digest::of(b"y");
            for key in [
                blob(&digest),
                blob_link(&name, &digest),
                manifest(&name, &digest),
                referrer(&name, &subject, &digest),
            ] {
                assert_eq!(digest_of(&key), Some(digest.clone()), "{key}");
            }
            assert_eq!(repository_of(&blob_link(&name, &digest)), Some(name.clone()));
        }
        assert_eq!(digest_of("blobs/sha256/ab/not-a-digest"), None);
        assert_eq!(repository_of("blobs/sha256/ab/x"), None);
    }
}
