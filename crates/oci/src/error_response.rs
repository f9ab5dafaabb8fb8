use std::fmt;

use serde::{Deserialize, Serialize};

/// The most characters of a server's words that an error repeats.
const MAX_WORDS: usize = 400;

/// What went wrong, in the words of the distribution specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum ErrorCode {
    /// There is no such blob.
    BlobUnknown,
    /// An upload went wrong.
    BlobUploadInvalid,
    /// There is no such upload.
    BlobUploadUnknown,
    /// Content and digest differ.
    DigestInvalid,
    /// A manifest names a blob that is not there.
    ManifestBlobUnknown,
    /// The manifest is not taken.
    ManifestInvalid,
    /// There is no such manifest.
    ManifestUnknown,
    /// The repository's name is not taken.
    NameInvalid,
    /// There is no such repository.
    NameUnknown,
    /// Content and length differ.
    SizeInvalid,
    /// A tag's name is not taken.
    TagInvalid,
    /// Credentials are missing or wrong.
    Unauthorized,
    /// Credentials are right but not enough.
    Denied,
    /// The registry cannot do this.
    Unsupported,
    /// Too many requests.
    TooManyRequests,
    /// Any other code, as the server wrote it.
    Other(String),
}

const NAMES: &[(&str, ErrorCode)] = &[
    ("BLOB_UNKNOWN", ErrorCode::BlobUnknown),
    ("BLOB_UPLOAD_INVALID", ErrorCode::BlobUploadInvalid),
    ("BLOB_UPLOAD_UNKNOWN", ErrorCode::BlobUploadUnknown),
    ("DENIED", ErrorCode::Denied),
    ("DIGEST_INVALID", ErrorCode::DigestInvalid),
    ("MANIFEST_BLOB_UNKNOWN", ErrorCode::ManifestBlobUnknown),
    ("MANIFEST_INVALID", ErrorCode::ManifestInvalid),
    ("MANIFEST_UNKNOWN", ErrorCode::ManifestUnknown),
    ("NAME_INVALID", ErrorCode::NameInvalid),
    ("NAME_UNKNOWN", ErrorCode::NameUnknown),
    ("SIZE_INVALID", ErrorCode::SizeInvalid),
    ("TAG_INVALID", ErrorCode::TagInvalid),
    ("TOOMANYREQUESTS", ErrorCode::TooManyRequests),
    ("UNAUTHORIZED", ErrorCode::Unauthorized),
    ("UNSUPPORTED", ErrorCode::Unsupported),
];

impl ErrorCode {
    /// The code as it is written on the wire, such as `MANIFEST_UNKNOWN`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(text) => text,
            known => NAMES.iter().find(|(_, code)| code == known).map_or("", |(name, _)| name),
        }
    }
}

impl From<String> for ErrorCode {
    fn from(text: String) -> Self {
        let known = NAMES.iter().find(|(name, _)| *name == text).map(|(_, code)| code.clone());
        known.unwrap_or(Self::Other(text))
    }
}

impl From<ErrorCode> for String {
    fn from(code: ErrorCode) -> Self {
        code.as_str().to_owned()
    }
}

/// One entry of an error response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorEntry {
    /// What went wrong.
    #[serde(default = "unknown_code")]
    pub code: ErrorCode,
    /// The same in words.
    #[serde(default, deserialize_with = "crate::descriptor::null_is_empty")]
    pub message: String,
    /// Anything more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<serde_json::Value>,
}

fn unknown_code() -> ErrorCode {
    ErrorCode::Other("UNKNOWN".to_owned())
}

/// What a registry says when it does not do what was asked.
///
/// Source: OCI distribution-spec 1.1, [error codes][spec].
///
/// [spec]: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorResponse {
    /// The entries, usually one.
    #[serde(default, deserialize_with = "crate::descriptor::null_is_empty")]
    pub errors: Vec<ErrorEntry>,
}

impl ErrorResponse {
    /// Makes a response of one entry.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { errors: vec![ErrorEntry { code, message: message.into(), detail: None }] }
    }

    /// Reads a body, whatever it may be: one that is no error response has no entries.
    pub fn parse(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// Whether one of the entries has this code.
    pub fn has(&self, code: &ErrorCode) -> bool {
        self.errors.iter().any(|entry| entry.code == *code)
    }
}

/// The server's words on one line: `manifest unknown: no such tag`.
impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.errors.iter().map(ErrorEntry::words).collect();
        let words = words.join("; ").replace(char::is_control, " ");
        match words.char_indices().nth(MAX_WORDS) {
            Some((end, _)) => write!(f, "{}…", &words[..end]),
            None => f.write_str(&words),
        }
    }
}

impl ErrorEntry {
    fn words(&self) -> String {
        let code = self.code.as_str().to_lowercase().replace('_', " ");
        match (&self.message, &self.detail) {
            (message, _) if message.is_empty() => code,
            (message, Some(serde_json::Value::String(detail))) if !detail.is_empty() => {
                format!("{code}: {message}: {detail}")
            }
            (message, _) => format!("{code}: {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_what_registries_say() {
        let body = br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no tag","detail":{"a":1}},{"code":"X_Y","message":null}]}"#;
        let response = ErrorResponse::parse(body);
        assert!(response.has(&ErrorCode::ManifestUnknown));
        assert_eq!(response.to_string(), "manifest unknown: no tag; x y");
        assert!(ErrorResponse::parse(b"<html>").errors.is_empty());
        assert!(ErrorResponse::parse(br#"{"errors":null}"#).errors.is_empty());
    }

    #[test]
    fn keeps_words_on_one_line_and_short() {
        let long =
            ErrorResponse::new(ErrorCode::Denied, format!("a\n\u{1b}[31m{}", "é".repeat(900)));
        let printed = long.to_string();
        assert!(printed.starts_with("denied: a  [31mé"), "{printed}");
        assert_eq!(printed.chars().count(), MAX_WORDS + 1);
    }

    #[test]
    fn codes_are_the_same_in_and_out() {
        for (name, code) in NAMES {
            assert_eq!(ErrorCode::from((*name).to_owned()), *code);
            assert_eq!(code.as_str(), *name);
        }
    }
}
