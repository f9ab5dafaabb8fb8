use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use rhumb_report::Secret;
use serde_json::{Map, Value};

use super::{Credential, Place};
use crate::Error;

/// Bytes of a configuration file that are read at most.
const MAX_FILE: u64 = 4 << 20;

/// A file in the format of Docker's `config.json`. What it holds besides credentials is kept.
#[derive(Debug, Default)]
pub(super) struct ConfigFile {
    path: PathBuf,
    content: Map<String, Value>,
}

impl ConfigFile {
    /// Reads a file; one that is missing or blank holds nothing.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        let bytes = match fs::metadata(&path) {
            Ok(metadata) if metadata.len() > MAX_FILE => {
                return Err(bad(&path, "it is too large"));
            }
            Ok(_) => fs::read(&path),
            Err(error) => Err(error),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Vec::new()
            }
            Err(source) => return Err(Error::File { doing: "reading", path, source }),
        };
        if bytes.trim_ascii().is_empty() {
            return Ok(Self { path, content: Map::new() });
        }
        // The reader's own words could repeat a part of a password, so they are left out.
        let content = serde_json::from_slice(&bytes).map_err(|error| {
            bad(
                &path,
                &format!("no JSON object at line {} column {}", error.line(), error.column()),
            )
        })?;
        Ok(Self { path, content })
    }

    /// Whether there is any credential, or anything that says where they are.
    pub(super) fn is_configured(&self) -> bool {
        let filled = |key| self.map(key).is_some_and(|map| !map.is_empty());
        self.creds_store().is_some() || filled("auths") || filled("credHelpers")
    }

    /// The helper for every registry, if one is set.
    pub(super) fn creds_store(&self) -> Option<&str> {
        self.content.get("credsStore")?.as_str().filter(|name| !name.is_empty())
    }

    /// The helper set for this very place.
    pub(super) fn cred_helper(&self, place: &Place) -> Option<&str> {
        let helpers = self.map("credHelpers")?;
        let found = helpers.iter().find(|(key, _)| Place::parse(key) == *place)?;
        found.1.as_str().filter(|name| !name.is_empty())
    }

    /// Whether the file has an entry for this very place, even an empty one, as it has when a
    /// helper keeps the credential.
    pub(super) fn mentions(&self, place: &Place) -> bool {
        self.entry(place).is_some()
    }

    /// The credential written in the file for this very place.
    pub(super) fn credential(&self, place: &Place) -> Result<Option<Credential>, Error> {
        let Some(Value::Object(entry)) = self.entry(place) else { return Ok(None) };
        let text = |key| entry.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut credential = Credential {
            username: text("username").to_owned(),
            password: Secret::new(text("password")),
            identity_token: Secret::new(text("identitytoken")),
            registry_token: Secret::new(text("registrytoken")),
        };
        if !text("auth").is_empty() {
            let pair = unpack(text("auth"));
            let (username, password) = pair.ok_or_else(|| {
                bad(&self.path, &format!("`auth` of {place} is not base64 of `user:password`"))
            })?;
            credential.username = username;
            credential.password = Secret::new(password);
        }
        Ok(Some(credential).filter(|credential| !credential.is_empty()))
    }

    /// Writes the credential of a place; all ways to name the place are replaced by one.
    pub(super) fn set(&mut self, place: &Place, credential: Option<&Credential>) {
        let entry = credential.map_or_else(Map::new, pack);
        let auths = self.auths();
        auths.retain(|key, _| Place::parse(key) != *place);
        auths.insert(place.key(), Value::Object(entry));
    }

    /// Removes the credential of a place; says whether there was one.
    pub(super) fn remove(&mut self, place: &Place) -> bool {
        let auths = self.auths();
        let before = auths.len();
        auths.retain(|key, _| Place::parse(key) != *place);
        auths.len() < before
    }

    /// Names the helper for every registry.
    pub(super) fn set_creds_store(&mut self, helper: &str) {
        self.content.insert("credsStore".to_owned(), helper.into());
    }

    /// Replaces the file at once. Only its owner may read it.
    pub(super) fn write(&self) -> Result<(), Error> {
        let error = |source| Error::File { doing: "writing", path: self.path.clone(), source };
        // A link leads to the file that is meant, often one kept among other settings.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        create_private(folder).map_err(error)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(error)?;
        let mut serializer = serde_json::Serializer::with_formatter(
            &mut file,
            serde_json::ser::PrettyFormatter::with_indent(b"\t"),
        );
        serde::Serialize::serialize(&self.content, &mut serializer)
            .map_err(|source| error(source.into()))?;
        file.as_file_mut().flush().map_err(error)?;
        file.as_file().sync_all().map_err(error)?;
        file.persist(path).map_err(|failed| error(failed.error))?;
        Ok(())
    }

    fn map(&self, key: &str) -> Option<&Map<String, Value>> {
        self.content.get(key)?.as_object()
    }

    fn entry(&self, place: &Place) -> Option<&Value> {
        let auths = self.map("auths")?;
        let exact = auths.get(&place.key());
        exact.or_else(|| {
            auths.iter().find(|(key, _)| Place::parse(key) == *place).map(|(_, entry)| entry)
        })
    }

    fn auths(&mut self) -> &mut Map<String, Value> {
        let auths = self.content.entry("auths").or_insert_with(|| Value::Object(Map::new()));
        if !auths.is_object() {
            *auths = Value::Object(Map::new());
        }
        auths.as_object_mut().expect("made an object above")
    }
}

fn pack(credential: &Credential) -> Map<String, Value> {
    let Credential { username, password, identity_token, registry_token } = credential;
    let mut entry = Map::new();
    if !(username.is_empty() && password.is_empty()) {
        let pair = format!("{username}:{}", password.expose());
        entry.insert("auth".to_owned(), STANDARD.encode(pair).into());
    }
    for (key, token) in [("identitytoken", identity_token), ("registrytoken", registry_token)] {
        if !token.is_empty() {
            entry.insert(key.to_owned(), token.expose().into());
        }
    }
    entry
}

fn unpack(auth: &str) -> Option<(String, String)> {
    let bytes = STANDARD_NO_PAD.decode(auth.trim().trim_end_matches('=')).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (username, password) = text.split_once(':')?;
    // Docker ends some passwords with a zero byte.
    Some((username.to_owned(), password.trim_end_matches('\0').to_owned()))
}

fn bad(path: &Path, problem: &str) -> Error {
    Error::CredentialFile { path: path.to_owned(), problem: problem.to_owned() }
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
