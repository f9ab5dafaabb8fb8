//! Signatures of provenance files: OpenPGP over bytes, as Helm checks it.
//!
//! A provenance file is a clear-signed text. [`Keyring::parse`] reads the keys that are trusted, [`verify`] checks a
//! text by them and gives what was really signed, and by whom. Files, the clock and what the text says are the
//! caller's: this crate gets bytes and a time.
//!
//! ```
//! use rhumb_signing::{Error, Keyring, verify};
//!
//! let keys = Keyring::parse(b"", "pubring.gpg")?;
//! assert_eq!(verify(&keys, b"name: web", 1_700_000_000).unwrap_err(), Error::NoBlock);
//! # Ok::<(), rhumb_signing::KeyringError>(())
//! ```
//!
//! Messages and their order are Helm's, which are those of its OpenPGP library. What an armor, a packet or a key may
//! look like is decided as there, too, so that a key ring is good or bad for both.

mod algorithm;
mod armor;
mod certificate;
mod clearsign;
mod cursor;
mod error;
mod hash;
mod keybox;
mod keyring;
mod packet;
mod verify;

pub use error::{Error, KeyringError};
pub use keyring::Keyring;
pub use verify::{Signed, Signer, verify};
