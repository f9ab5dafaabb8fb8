use std::cmp::Ordering;
use std::fmt;

use crate::Error;

/// A version: three numbers, a pre-release and build metadata, and the text it came from.
///
/// Equality and order leave the metadata out, as the specification says.
#[derive(Clone, Debug)]
pub struct Version {
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) patch: u64,
    pub(crate) prerelease: String,
    pub(crate) metadata: String,
    original: String,
}

impl Version {
    /// The longest version text, in bytes; longer ones are refused unread.
    pub const MAX_BYTES: usize = 256;

    /// Parses what people write: `v` in front, one or two numbers, leading zeros.
    ///
    /// # Errors
    ///
    /// [`Error`] with the reason.
    ///
    /// ```
    /// # use rhumb_semver::Version;
    /// assert_eq!(Version::parse("v1.2").map(|v| v.to_string()), Ok("1.2.0".into()));
    /// assert!(Version::parse("1.2.3.4").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > Self::MAX_BYTES {
            return Err(Error::TooLong);
        }
        let rest = text.strip_prefix('v').unwrap_or(text);
        let (rest, metadata) = split_suffix(rest, '+')?;
        let (core, prerelease) = split_suffix(rest, '-')?;
        let mut numbers = [0; 3];
        let parts: Vec<&str> = core.split('.').collect();
        if parts.len() > 3 || parts.iter().any(|part| !is_digits(part)) {
            return Err(Error::Invalid);
        }
        for (number, part) in numbers.iter_mut().zip(&parts) {
            *number = part
                .parse()
                .map_err(|_| Error::OutOfRange { text: (*part).to_owned(), lenient: true })?;
        }
        check_prerelease(prerelease)?;
        Ok(Self::from_parts(text, numbers, prerelease, metadata))
    }

    /// Parses what the specification allows and nothing else.
    ///
    /// # Errors
    ///
    /// [`Error`] with the reason.
    pub fn parse_strict(text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(Error::TooLong);
        }
        let mut parts = text.splitn(3, '.');
        let (Some(major), Some(minor), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(Error::Invalid);
        };
        let (rest, metadata) = match rest.split_once('+') {
            Some((rest, metadata)) => (rest, check_metadata(metadata)?),
            None => (rest, ""),
        };
        let (patch, prerelease) = match rest.split_once('-') {
            Some((_, "")) => return Err(Error::Prerelease),
            Some((patch, prerelease)) => (patch, check_prerelease(prerelease)?),
            None => (rest, ""),
        };
        let parts = [major, minor, patch];
        for part in parts {
            if !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Error::Characters);
            }
            if part.len() > 1 && part.starts_with('0') {
                return Err(Error::LeadingZero);
            }
        }
        let mut numbers = [0; 3];
        for (number, part) in numbers.iter_mut().zip(parts) {
            if part.is_empty() {
                return Err(Error::Invalid);
            }
            *number = part
                .parse()
                .map_err(|_| Error::OutOfRange { text: part.to_owned(), lenient: false })?;
        }
        Ok(Self::from_parts(text, numbers, prerelease, metadata))
    }

    /// The same version with another pre-release, or none.
    ///
    /// # Errors
    ///
    /// If `prerelease` is none.
    pub fn with_prerelease(&self, prerelease: &str) -> Result<Self, Error> {
        let prerelease = check_prerelease(prerelease)?.to_owned();
        Ok(Self { prerelease, ..self.clone() }.renamed())
    }

    /// The same version with other build metadata, or none.
    ///
    /// # Errors
    ///
    /// If `metadata` is none.
    pub fn with_metadata(&self, metadata: &str) -> Result<Self, Error> {
        let metadata = if metadata.is_empty() { "" } else { check_metadata(metadata)? }.to_owned();
        Ok(Self { metadata, ..self.clone() }.renamed())
    }

    /// With its own text in place of the one that it was read from; a `v` stays.
    fn renamed(self) -> Self {
        let prefix = if self.original.starts_with('v') { "v" } else { "" };
        Self { original: format!("{prefix}{self}"), ..self }
    }

    fn from_parts(text: &str, numbers: [u64; 3], prerelease: &str, metadata: &str) -> Self {
        let [major, minor, patch] = numbers;
        Self {
            major,
            minor,
            patch,
            prerelease: prerelease.to_owned(),
            metadata: metadata.to_owned(),
            original: text.to_owned(),
        }
    }

    /// The first number.
    pub fn major(&self) -> u64 {
        self.major
    }

    /// The second number.
    pub fn minor(&self) -> u64 {
        self.minor
    }

    /// The third number.
    pub fn patch(&self) -> u64 {
        self.patch
    }

    /// What follows `-`, or nothing.
    pub fn prerelease(&self) -> &str {
        &self.prerelease
    }

    /// What follows `+`, or nothing.
    pub fn metadata(&self) -> &str {
        &self.metadata
    }

    /// The text that was parsed.
    pub fn original(&self) -> &str {
        &self.original
    }
}

/// Prints the canonical form: three numbers, no `v`.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |version: &Self| (version.major, version.minor, version.patch);
        numbers(self)
            .cmp(&numbers(other))
            .then_with(|| compare_prereleases(&self.prerelease, &other.prerelease))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

/// A release is above its pre-releases; otherwise part by part, a missing part lowest.
pub(crate) fn compare_prereleases(left: &str, right: &str) -> Ordering {
    match (left.is_empty(), right.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut left, mut right) = (left.split('.'), right.split('.'));
    loop {
        let (left, right) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(left), Some(right)) => (left, right),
        };
        let order = match (left.parse::<u64>(), right.parse::<u64>()) {
            _ if left == right => Ordering::Equal,
            (Ok(left), Ok(right)) => left.cmp(&right),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => left.cmp(right),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` is dot-separated identifiers, none empty.
fn is_identifiers(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(allowed))
}

fn split_suffix(text: &str, mark: char) -> Result<(&str, &str), Error> {
    match text.split_once(mark) {
        Some((rest, suffix)) if is_identifiers(suffix) => Ok((rest, suffix)),
        Some(_) => Err(Error::Invalid),
        None => Ok((text, "")),
    }
}

fn check_metadata(text: &str) -> Result<&str, Error> {
    if is_identifiers(text) { Ok(text) } else { Err(Error::Metadata) }
}

fn check_prerelease(text: &str) -> Result<&str, Error> {
    if text.is_empty() {
        return Ok(text);
    }
    for part in text.split('.') {
        if is_digits(part) && part.len() > 1 && part.starts_with('0') {
            return Err(Error::LeadingZero);
        }
        if !is_identifiers(part) {
            return Err(Error::Prerelease);
        }
    }
    Ok(text)
}
