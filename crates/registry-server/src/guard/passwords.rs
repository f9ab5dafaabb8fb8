use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use rhumb_report::Secret;

use crate::Error;

/// The largest password file in bytes: a hundred thousand users.
const MAX_FILE: u64 = 8 * 1024 * 1024;

/// A password file: names and bcrypt hashes.
pub(super) struct Passwords(BTreeMap<String, String>);

impl Passwords {
    /// Reads `name:hash` lines; empty ones and those that begin with `#` are passed over.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let mut hashes = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || Error::Password { line: number + 1 };
            let (name, hash) = line.split_once(':').ok_or_else(wrong)?;
            hash.parse::<bcrypt::HashParts>().map_err(|_| wrong())?;
            hashes.insert(name.to_owned(), hash.to_owned());
        }
        Ok(Self(hashes))
    }

    /// Whether this is the user's password. Takes as long for a user that is not there.
    pub(super) fn check(&self, name: &str, password: &Secret) -> bool {
        let known = self.0.get(name);
        let Some(hash) = known.or_else(|| self.0.values().next()) else { return false };
        bcrypt::verify(password.expose(), hash).unwrap_or(false) && known.is_some()
    }
}

/// Reads a password file and its time.
pub(super) fn load(path: &Path) -> Result<(Passwords, Option<SystemTime>), Error> {
    let error = |source| Error::Read { path: path.to_owned(), source };
    let metadata = std::fs::metadata(path).map_err(error)?;
    if metadata.len() > MAX_FILE {
        return Err(error(std::io::ErrorKind::FileTooLarge.into()));
    }
    let text = std::fs::read_to_string(path).map_err(error)?;
    Ok((Passwords::parse(&text)?, metadata.modified().ok()))
}

/// Reads a password file whose time is no longer `known`.
pub(super) fn load_changed(
    path: &Path,
    known: Option<SystemTime>,
) -> Result<Option<(Passwords, Option<SystemTime>)>, Error> {
    let metadata =
        std::fs::metadata(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if metadata.modified().ok() == known { Ok(None) } else { load(path).map(Some) }
}
