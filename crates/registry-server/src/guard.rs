mod passwords;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use rhumb_oci::Digest;
use rhumb_report::Secret;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::problem::{Code, Problem};
use crate::{Error, Login, Users};
use passwords::Passwords;

/// How often the password file is looked at for changes.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Logins remembered at once; past it they are all forgotten, and checked anew.
const MAX_REMEMBERED: usize = 1024;
/// Passwords checked at once. Each takes some tens of milliseconds of a core, by design.
const CHECKS_AT_ONCE: usize = 2;
/// The longest credentials that are looked at, in bytes.
const MAX_CREDENTIALS: usize = 4096;

/// What a call does, as far as its right to do so goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Asks whether a login works.
    Login,
    /// Reads.
    Read,
    /// Changes something.
    Write,
}

/// Lets those in who may enter.
pub(crate) struct Guard {
    source: Source,
    anonymous_pull: bool,
    /// The names of those whose credentials were found right, by a digest of the credentials.
    remembered: Mutex<BTreeMap<Digest, Arc<str>>>,
    /// Makes the digests above useless to whoever reads this process's memory dumps.
    salt: String,
    checks: Semaphore,
}

enum Source {
    One { name: String, password: Secret },
    File { path: std::path::PathBuf, loaded: RwLock<Loaded> },
}

/// A password file as it was read.
struct Loaded {
    passwords: Arc<Passwords>,
    modified: Option<SystemTime>,
    look_again: Instant,
}

impl Guard {
    /// Reads the passwords. `salt` is random text.
    pub(crate) fn open(login: &Login, salt: String) -> Result<Self, Error> {
        let source = match &login.users {
            Users::One { name, password } => {
                Source::One { name: name.clone(), password: password.clone() }
            }
            Users::File(path) => {
                let (passwords, modified) = passwords::load(path)?;
                let look_again = Instant::now() + LOOK_AGAIN;
                let loaded = Loaded { passwords: Arc::new(passwords), modified, look_again };
                Source::File { path: path.clone(), loaded: RwLock::new(loaded) }
            }
        };
        Ok(Self {
            source,
            anonymous_pull: login.anonymous_pull,
            remembered: Mutex::default(),
            salt,
            checks: Semaphore::new(CHECKS_AT_ONCE),
        })
    }

    /// Answers who the caller is, or the problem that it may not do this.
    pub(crate) async fn admit(
        &self,
        headers: &HeaderMap,
        need: Need,
    ) -> Result<Option<Arc<str>>, Problem> {
        let Some(credentials) = headers.get(AUTHORIZATION) else {
            let may = self.anonymous_pull && need == Need::Read;
            return if may { Ok(None) } else { Err(refused("log in first")) };
        };
        self.look_again().await;
        let credentials = credentials.as_bytes();
        if credentials.len() > MAX_CREDENTIALS {
            return Err(refused("the credentials are too long"));
        }
        let key = Digest::of(&[self.salt.as_bytes(), credentials].concat());
        if let Some(name) = self.remembered().get(&key) {
            return Ok(Some(Arc::clone(name)));
        }
        let (name, password) =
            basic(credentials).ok_or_else(|| refused("send credentials of the form `Basic`"))?;
        if !self.check(&name, password).await {
            return Err(refused("wrong user name or password"));
        }
        let name = Arc::<str>::from(name);
        let mut remembered = self.remembered();
        if remembered.len() >= MAX_REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, Arc::clone(&name));
        Ok(Some(name))
    }

    async fn check(&self, name: &str, given: Secret) -> bool {
        match &self.source {
            Source::One { name: known, password } => {
                // Digests take the same time to compare wherever two texts differ.
                let digest = |name: &str, secret: &Secret| {
                    Digest::of(format!("{}{name}:{}", self.salt, secret.expose()).as_bytes())
                };
                digest(known, password) == digest(name, &given)
            }
            Source::File { loaded, .. } => {
                let passwords = {
                    let loaded = loaded.read().unwrap_or_else(PoisonError::into_inner);
                    Arc::clone(&loaded.passwords)
                };
                let Ok(_turn) = self.checks.acquire().await else { return false };
                let name = name.to_owned();
                let check = tokio::task::spawn_blocking(move || passwords.check(&name, &given));
                check.await.unwrap_or(false)
            }
        }
    }

    /// Reads the password file again if it has changed; one that cannot be read changes nothing.
    async fn look_again(&self) {
        let Source::File { path, loaded } = &self.source else { return };
        let now = Instant::now();
        let known = {
            let loaded = loaded.read().unwrap_or_else(PoisonError::into_inner);
            if now < loaded.look_again {
                return;
            }
            loaded.modified
        };
        let found = {
            let path = path.clone();
            tokio::task::spawn_blocking(move || passwords::load_changed(&path, known)).await
        };
        let mut loaded = loaded.write().unwrap_or_else(PoisonError::into_inner);
        loaded.look_again = now + LOOK_AGAIN;
        match found {
            Ok(Ok(Some((passwords, modified)))) => {
                loaded.passwords = Arc::new(passwords);
                loaded.modified = modified;
                self.remembered().clear();
            }
            Ok(Ok(None)) | Err(_) => {}
            Ok(Err(error)) => tracing::error!(%error, "the password file is not read again"),
        }
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, BTreeMap<Digest, Arc<str>>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(message: &str) -> Problem {
    let challenge = HeaderValue::from_static("Basic realm=\"rhumb\", charset=\"UTF-8\"");
    Problem::new(Code::Unauthorized, message).with_header(WWW_AUTHENTICATE, challenge)
}

/// Reads `Basic` credentials.
fn basic(header: &[u8]) -> Option<(String, Secret)> {
    let (scheme, rest) = header.split_at_checked(6)?;
    if !scheme.eq_ignore_ascii_case(b"basic ") {
        return None;
    }
    let decoded = BASE64_STANDARD.decode(rest.trim_ascii()).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), Secret::new(password)))
}

#[cfg(test)]
mod tests;
