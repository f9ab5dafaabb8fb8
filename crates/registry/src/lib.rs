//! A distribution client: auth, retries, uploads, verified downloads, cache.
//!
//! [`Client`] is the whole of it. It is built from plain data by [`Client::builder`]; nothing is
//! taken from the environment. A [`Reference`](rhumb_oci::Reference) says what to fetch or store,
//! and whatever comes back has been compared with its digest.

mod auth;
mod blob;
mod cache;
mod client;
mod clock;
mod credential;
mod download;
mod error;
mod file;
mod limits;
mod list;
mod login;
mod manifest;
mod push;
mod quirk;
mod redact;
mod referrer;
mod resource;
mod send;
mod tls_file;
mod transport;
mod upload;
mod wire;

pub use blob::{Blob, BlobSource};
pub use cache::{Cache, Kind, TagRecord};
pub use client::{Client, ClientBuilder, Fetched};
pub use clock::Clock;
pub use credential::{Credential, CredentialFiles, Stored};
pub use error::{Answer, Error, Trouble};
pub use file::{replace as replace_file, replace_private as replace_private_file};
pub use limits::{
    Limits, MAX_ANSWER, MAX_ENTRIES, MAX_MANIFEST, MAX_PAGES, MAX_REDIRECTS, PAGE_SIZE,
};
pub use push::{IfExists, Outcome, Push, Pushed};
pub use redact::SafeUrl;
pub use resource::Resource;
pub use tls_file::{TlsFileProblem, check_tls_files};
pub use transport::{ClientCertificate, Proxies, Transport};
