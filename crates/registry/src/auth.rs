//! Who the user is, to each origin: credentials, tokens, and what hosts ask for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use rhumb_oci::Challenge;
use url::Url;

use crate::credential::{Place, Store};
use crate::wire::Wire;
use crate::{Clock, Credential, Error, Transport};

mod memory;
mod realm;
mod scope;
mod token;

pub(crate) use memory::Memory;
pub(crate) use scope::Scope;
use token::Token;

/// What a host asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// A name and password with each request.
    Basic,
    /// A token from a token service.
    Bearer { realm: String, service: Option<String> },
}

/// Whom a request is for.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// The registry's API, whose origin is the one that gets the credential.
    pub(crate) origin: Url,
    /// How to reach it.
    pub(crate) transport: Transport,
    /// For which part of the registry.
    pub(crate) place: Place,
    /// What is to be done there.
    pub(crate) scope: Scope,
}

/// A header that says who the user is.
#[derive(Clone)]
pub(crate) struct Authorization {
    pub(crate) header: HeaderValue,
    /// A token from an earlier request, which may have died since.
    pub(crate) is_cached: bool,
    /// Whether a credential stands behind it, or just an anonymous token.
    pub(crate) with_credential: bool,
}

/// Keeps what is known about each origin in this process.
pub(crate) struct Auth {
    clock: Clock,
    store: Store,
    explicit: Option<Credential>,
    memory: Option<Memory>,
    origins: Mutex<BTreeMap<String, Arc<Origin>>>,
    credentials: tokio::sync::Mutex<BTreeMap<Place, Option<Credential>>>,
}

#[derive(Default)]
struct Origin {
    asks_for: Mutex<Option<AsksFor>>,
    tokens: Mutex<Vec<Token>>,
    /// By scope. Held while a token is fetched, so that parallel requests share one.
    fetching: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

/// What a challenge told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Learned {
    /// Nothing that this client can do.
    Nothing,
    /// What was known.
    Same,
    /// Another scheme or service than was known, or more to ask for.
    More,
}

#[derive(Clone)]
struct AsksFor {
    scheme: Scheme,
    /// From an earlier process: it may not hold any more.
    is_remembered: bool,
}

impl Auth {
    pub(crate) fn new(
        clock: Clock,
        store: Store,
        explicit: Option<Credential>,
        memory: Option<Memory>,
    ) -> Self {
        Self {
            clock,
            store,
            explicit,
            memory,
            origins: Mutex::default(),
            credentials: tokio::sync::Mutex::default(),
        }
    }

    /// Whether the credential was given for this run and not taken from a file.
    pub(crate) fn is_explicit(&self) -> bool {
        self.explicit.is_some()
    }

    /// Whether it is known what this origin asks for.
    pub(crate) fn knows(&self, origin: &Url) -> bool {
        self.origin(origin).scheme().is_some()
    }

    /// Whether there may be a credential; no helper is run to find out.
    pub(crate) fn may_have_credential(&self, place: &Place) -> bool {
        self.explicit.is_some() || self.store.may_have(place)
    }

    /// The header for a request, as far as it is known what the origin asks for.
    ///
    /// Without `with_credential` only an anonymous token is sent.
    pub(crate) async fn authorization(
        &self,
        wire: &Wire,
        party: &Party,
        with_credential: bool,
    ) -> Result<Option<Authorization>, Error> {
        let origin = self.origin(&party.origin);
        let Some(asks_for) = origin.scheme() else { return Ok(None) };
        let credential = if with_credential { self.credential(&party.place).await? } else { None };
        match asks_for.scheme {
            Scheme::Basic => Ok(credential.as_ref().and_then(basic)),
            Scheme::Bearer { realm, service } => {
                let registry_token =
                    credential.as_ref().filter(|credential| !credential.registry_token.is_empty());
                if let Some(credential) = registry_token {
                    return Ok(bearer(credential.registry_token.expose(), false, true));
                }
                let request = token::Request { realm, service, party, credential };
                let result = self.token(wire, &origin, &request).await;
                if result.is_err() && asks_for.is_remembered {
                    // What was remembered may be the reason: let the host say it again.
                    origin.set_scheme(None);
                    return Ok(None);
                }
                result
            }
        }
    }

    async fn token(
        &self,
        wire: &Wire,
        origin: &Origin,
        request: &token::Request<'_>,
    ) -> Result<Option<Authorization>, Error> {
        let turn = origin.turn(&request.party.scope);
        let _turn = turn.lock().await;
        let with_credential = request.credential.is_some();
        if let Some(value) = origin.cached_token(request, (self.clock)()) {
            return Ok(bearer(value.expose(), true, with_credential));
        }
        let token = token::fetch(wire, request).await?;
        let header = bearer(token.value.expose(), false, with_credential);
        origin.lock_tokens().push(token);
        Ok(header)
    }

    /// Notes what the origin asks for; says what this client makes of it.
    pub(crate) fn learn(&self, party: &mut Party, challenges: &[Challenge]) -> Learned {
        let mut is_wider = false;
        let by_scheme = |name: &str| challenges.iter().find(|challenge| challenge.scheme == name);
        let bearer = by_scheme("bearer").and_then(|challenge| {
            let realm = without_user(challenge.get("realm")?);
            let service = challenge.get("service").map(str::to_owned);
            if let Some(scope) = challenge.get("scope") {
                is_wider = party.scope.add(scope);
            }
            Some(Scheme::Bearer { realm, service })
        });
        let scheme = bearer.or_else(|| by_scheme("basic").map(|_| Scheme::Basic));
        let Some(scheme) = scheme else { return Learned::Nothing };
        let origin = self.origin(&party.origin);
        let is_new = origin.scheme().is_none_or(|known| known.scheme != scheme);
        if let (true, Some(memory)) = (is_new, &self.memory) {
            memory.set(&party.origin, &scheme);
        }
        origin.set_scheme(Some(AsksFor { scheme, is_remembered: false }));
        if is_new || is_wider { Learned::More } else { Learned::Same }
    }

    /// Forgets the tokens for a party, which have been refused.
    pub(crate) fn forget_tokens(&self, party: &Party) {
        let origin = self.origin(&party.origin);
        origin.lock_tokens().retain(|token| !token.scope.covers(&party.scope));
    }

    /// Asks the store again for a credential that was refused: a helper may make a new one, and
    /// another process may have logged in since. Says whether it is another now.
    pub(crate) async fn renew_credential(&self, place: &Place) -> Result<bool, Error> {
        let before = self.credentials.lock().await.remove(place).flatten();
        Ok(self.credential(place).await? != before)
    }

    async fn credential(&self, place: &Place) -> Result<Option<Credential>, Error> {
        if let Some(explicit) = &self.explicit {
            return Ok(Some(explicit.clone()));
        }
        // Held while a helper runs, so that parallel requests run it once.
        let mut known = self.credentials.lock().await;
        if let Some(credential) = known.get(place) {
            return Ok(credential.clone());
        }
        let credential = self.store.get(place).await?;
        known.insert(place.clone(), credential.clone());
        Ok(credential)
    }

    fn origin(&self, url: &Url) -> Arc<Origin> {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let origin = origins.entry(url.origin().ascii_serialization()).or_insert_with(|| {
            let remembered = self.memory.as_ref().and_then(|memory| memory.get(url));
            let asks_for = remembered.map(|scheme| AsksFor { scheme, is_remembered: true });
            Arc::new(Origin { asks_for: Mutex::new(asks_for), ..Origin::default() })
        });
        Arc::clone(origin)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}

impl Origin {
    fn scheme(&self) -> Option<AsksFor> {
        self.asks_for.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_scheme(&self, asks_for: Option<AsksFor>) {
        *self.asks_for.lock().unwrap_or_else(PoisonError::into_inner) = asks_for;
    }

    fn lock_tokens(&self) -> std::sync::MutexGuard<'_, Vec<Token>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to hold while a token for this scope is fetched.
    fn turn(&self, scope: &Scope) -> Arc<tokio::sync::Mutex<()>> {
        let scope = scope.parts().collect::<Vec<_>>().join(" ");
        let mut fetching = self.fetching.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(fetching.entry(scope).or_default())
    }

    fn cached_token(
        &self,
        request: &token::Request<'_>,
        now: std::time::SystemTime,
    ) -> Option<rhumb_report::Secret> {
        let mut tokens = self.lock_tokens();
        tokens.retain(|token| token.expires > now);
        tokens.iter().find(|token| token.serves(request)).map(|token| token.value.clone())
    }
}

/// The token service's URL without a name and password, which would be sent and remembered.
fn without_user(realm: &str) -> String {
    let Ok(mut url) = realm.parse::<Url>() else { return realm.to_owned() };
    // Only URLs without a host refuse this, and those hold no name either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

/// The header of Basic authentication.
pub(crate) fn basic(credential: &Credential) -> Option<Authorization> {
    let Credential { username, password, .. } = credential;
    if username.is_empty() && password.is_empty() {
        return None;
    }
    let pair = STANDARD.encode(format!("{username}:{}", password.expose()));
    authorization(&format!("Basic {pair}"), false, true)
}

fn bearer(token: &str, is_cached: bool, with_credential: bool) -> Option<Authorization> {
    authorization(&format!("Bearer {token}"), is_cached, with_credential)
}

fn authorization(text: &str, is_cached: bool, with_credential: bool) -> Option<Authorization> {
    // A token with bytes that no header may hold is no token.
    let mut header = HeaderValue::from_str(text).ok()?;
    header.set_sensitive(true);
    Some(Authorization { header, is_cached, with_credential })
}
