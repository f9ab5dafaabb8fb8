use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use rhumb_oci::{Digest, Repository, Tag};

use crate::problem::{Code, Problem};

/// What a path asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `/v2/`.
    Base,
    /// `/v2/_catalog`.
    Catalog,
    /// `/metrics`.
    Metrics,
    /// `/v2/NAME/tags/list`.
    Tags(Repository),
    /// `/v2/NAME/manifests/REFERENCE`.
    Manifest(Repository, Target),
    /// `/v2/NAME/blobs/DIGEST`.
    Blob(Repository, Digest),
    /// `/v2/NAME/blobs/uploads/`.
    Uploads(Repository),
    /// `/v2/NAME/blobs/uploads/ID`.
    Upload(Repository, String),
    /// `/v2/NAME/referrers/DIGEST`.
    Referrers(Repository, Digest),
}

/// What a manifest is asked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Tag(Tag),
    Digest(Digest),
}

impl Route {
    /// Reads a path.
    pub(crate) fn parse(path: &str) -> Result<Self, Problem> {
        let decoded = if path.contains('%') {
            percent_decode_str(path).decode_utf8().map_err(|_| nothing(path))?
        } else {
            Cow::Borrowed(path)
        };
        let path = &*decoded;
        let rest = match path.strip_prefix("/v2") {
            Some("" | "/") => return Ok(Self::Base),
            Some("/_catalog") => return Ok(Self::Catalog),
            Some(rest) => rest.strip_prefix('/').ok_or_else(|| nothing(path))?,
            None if path == "/metrics" => return Ok(Self::Metrics),
            None => return Err(nothing(path)),
        };
        let (rest, last) = rest.rsplit_once('/').ok_or_else(|| nothing(path))?;
        let (name, kind) = rest.rsplit_once('/').ok_or_else(|| nothing(path))?;
        match kind {
            "manifests" => Ok(Self::Manifest(repository(name)?, target(last)?)),
            "blobs" if last == "uploads" => Ok(Self::Uploads(repository(name)?)),
            "blobs" => Ok(Self::Blob(repository(name)?, digest(last)?)),
            "referrers" => Ok(Self::Referrers(repository(name)?, digest(last)?)),
            "tags" if last == "list" => Ok(Self::Tags(repository(name)?)),
            "uploads" => {
                let name = name.strip_suffix("/blobs").ok_or_else(|| nothing(path))?;
                let name = repository(name)?;
                Ok(if last.is_empty() { Self::Uploads(name) } else { Self::upload(name, last)? })
            }
            _ => Err(nothing(path)),
        }
    }

    /// What kind of path this is, in a word.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Catalog => "catalog",
            Self::Metrics => "metrics",
            Self::Tags(_) => "tags",
            Self::Manifest(..) => "manifest",
            Self::Blob(..) => "blob",
            Self::Uploads(_) | Self::Upload(..) => "upload",
            Self::Referrers(..) => "referrers",
        }
    }

    fn upload(repository: Repository, id: &str) -> Result<Self, Problem> {
        if id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self::Upload(repository, id.to_owned()))
        } else {
            Err(Problem::new(Code::BlobUploadUnknown, "there is no such upload"))
        }
    }
}

fn nothing(path: &str) -> Problem {
    Problem::new(Code::NameUnknown, format!("there is nothing at `{path}`"))
}

fn repository(name: &str) -> Result<Repository, Problem> {
    name.parse().map_err(|error| Problem::new(Code::NameInvalid, format!("{error}")))
}

/// Reads a digest of a path or a parameter.
pub(crate) fn digest(text: &str) -> Result<Digest, Problem> {
    text.parse().map_err(|error| Problem::new(Code::DigestInvalid, format!("{error}")))
}

fn target(text: &str) -> Result<Target, Problem> {
    if text.contains(':') {
        return digest(text).map(Target::Digest);
    }
    text.parse()
        .map(Target::Tag)
        .map_err(|error| Problem::new(Code::ManifestUnknown, format!("{error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(name: &str) -> Repository {
        name.parse().unwrap()
    }

    #[test]
    fn tells_paths_apart_whatever_a_repository_is_called() {
        let digest = Digest::of(b"");
        let id = "0123456789abcdef0123456789abcdef";
        let tag = Target::Tag("1.0".parse().unwrap());
        for (path, route) in [
            ("/v2".to_owned(), Route::Base),
            ("/v2/".to_owned(), Route::Base),
            ("/v2/_catalog".to_owned(), Route::Catalog),
            ("/v2/a/tags/list".to_owned(), Route::Tags(repository("a"))),
            ("/v2/a/b/manifests/1.0".to_owned(), Route::Manifest(repository("a/b"), tag)),
            (
                format!("/v2/manifests/blobs/blobs/{digest}"),
                Route::Blob(repository("manifests/blobs"), digest.clone()),
            ),
            ("/v2/a/blobs/uploads/".to_owned(), Route::Uploads(repository("a"))),
            ("/v2/a/blobs/uploads".to_owned(), Route::Uploads(repository("a"))),
            (
                format!("/v2/uploads/blobs/uploads/{id}"),
                Route::Upload(repository("uploads"), id.to_owned()),
            ),
            (
                format!("/v2/a/referrers/{}", digest.as_str().replace(':', "%3A")),
                Route::Referrers(repository("a"), digest.clone()),
            ),
        ] {
            assert_eq!(Route::parse(&path).unwrap(), route, "{path}");
        }
    }

    #[test]
    fn refuses_other_paths() {
        for path in [
            "/",
            "/v1/",
            "/v2/a",
            "/v2/a/b",
            "/v2/A/tags/list",
            "/v2/../manifests/x",
            "/v2/a/../b/manifests/x",
            "/v2/a%2f..%2fb/manifests/x",
            "/v2/_tags/manifests/x",
            "/v2/a/manifests/",
            "/v2/a/manifests/-x",
            "/v2/a/blobs/sha256:12",
            "/v2/a/blobs/uploads/../../x",
            "/v2/a/blobs/%ff",
        ] {
            assert!(Route::parse(path).is_err(), "{path}");
        }
    }
}
