/// Why a signature or a key is not accepted, in the words of Helm's OpenPGP library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no clear-signed text.
    #[error("signature block not found")]
    NoBlock,
    /// What is there is not as OpenPGP says.
    #[error("openpgp: invalid data: {why}")]
    Invalid {
        /// What is wrong.
        why: String,
    },
    /// OpenPGP has it, and we do not.
    #[error("openpgp: unsupported feature: {what}")]
    Unsupported {
        /// What it is.
        what: String,
    },
    /// The signature is not of these bytes by this key.
    #[error("openpgp: invalid signature: {why}")]
    BadSignature {
        /// What the check of it says.
        why: String,
    },
    /// A key and a signature that do not go together.
    #[error("openpgp: invalid argument: {why}")]
    Mismatch {
        /// Why.
        why: &'static str,
    },
    /// A packet that must be understood, and is not.
    #[error("openpgp: unknown critical packet type: {tag}")]
    CriticalPacket {
        /// Its number.
        tag: u8,
    },
    /// A point that is not on its curve.
    #[error("{algorithm}: failed to parse EC point")]
    Point {
        /// What the key is for.
        algorithm: &'static str,
    },
    /// The bytes end within a packet.
    #[error("unexpected EOF")]
    Truncated,
    /// An armor with letters that it must not have.
    #[error("illegal base64 data at input byte {at}")]
    Base64 {
        /// Where, in the group of letters that was looked at.
        at: usize,
    },
    /// No key of the ring made the signature.
    #[error("openpgp: signature made by unknown entity")]
    UnknownSigner,
    /// The key was taken back.
    #[error("openpgp: signature made by revoked key")]
    RevokedKey,
    /// The key was good until some time ago, or from some time on.
    #[error("openpgp: key expired")]
    ExpiredKey,
    /// The signature was good until some time ago, or from some time on.
    #[error("openpgp: signature expired")]
    ExpiredSignature,
}

impl Error {
    pub(crate) fn invalid(why: impl Into<String>) -> Self {
        Self::Invalid { why: why.into() }
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into() }
    }

    pub(crate) fn bad(why: impl Into<String>) -> Self {
        Self::BadSignature { why: why.into() }
    }
}

/// Why a key ring cannot be read, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyringError {
    /// A file of GnuPG's form that is broken.
    #[error("reading keybox {name}: {why}")]
    Keybox {
        /// The file.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Keys as text that cannot be read.
    #[error("reading armored keyring {name}: {why}")]
    Armored {
        /// The file.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Something in it is no key.
    #[error(transparent)]
    Keys(#[from] Error),
}
