//! Sends a request with what the registry asks for, and judges the answer.

use std::collections::BTreeSet;
use std::time::SystemTime;

use http::{Method, StatusCode};
use rhumb_oci::request::Endpoint;
use rhumb_oci::{Challenge, Reference, Registry, Repository, response};
use url::Url;

use crate::auth::{Authorization, Learned, Party, Scope};
use crate::client::Inner;
use crate::credential::Place;
use crate::wire::{Message, Response, Retry, Upload};
use crate::{Error, Trouble, quirk};

/// Times that one request is sent at most with other credentials: refused, with a token, with one
/// of another kind, with a new one, with a new credential, without.
const MAX_ROUNDS: usize = 7;

/// A request to a registry, and whom it is for.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) message: Message,
    pub(crate) party: Party,
    pub(crate) retry: Retry,
}

impl Inner {
    /// The API of a registry.
    pub(crate) fn endpoint(&self, registry: &Registry) -> Endpoint {
        let scheme = self.settings.transport_of(registry).scheme();
        Endpoint::new(scheme, quirk::api_host(registry.as_str()))
    }

    /// Prepares a request that is about a repository.
    pub(crate) fn call(
        &self,
        reference: &Reference,
        scope: Scope,
        request: http::Request<()>,
    ) -> Result<Call, Error> {
        let place = place(reference.registry(), reference.repository());
        self.call_at(reference.registry(), place, scope, request)
    }

    /// Prepares a request that is about some part of a registry.
    pub(crate) fn call_at(
        &self,
        registry: &Registry,
        place: Place,
        scope: Scope,
        request: http::Request<()>,
    ) -> Result<Call, Error> {
        let transport = self.settings.transport_of(registry).clone();
        let origin = self.endpoint(registry).as_str().parse::<Url>().map_err(|error| {
            Error::Setup { problem: format!("`{registry}` makes no URL: {error}") }
        })?;
        let message = Message::new(request, Upload::Empty, transport.clone())?;
        let party = Party { origin, transport, place, scope };
        Ok(Call { message, party, retry: Retry::Always })
    }

    /// Sends a request and returns the answer, unless the registry does not let the user in.
    ///
    /// A stored credential that is refused on reading is left out once, with a warning.
    pub(crate) async fn send(&self, mut call: Call) -> Result<Response, Error> {
        if self.settings.offline {
            let what = format!("an answer of {}", call.party.place.host());
            return Err(Error::Offline { what });
        }
        let mut rounds = Rounds::default();
        for _ in 0..MAX_ROUNDS {
            let authorization = match self.authorization(&call, rounds.anonymous()).await {
                Ok(authorization) => authorization,
                Err(error) if self.may_go_without(&call, &error, &rounds) => {
                    rounds.go_without(error);
                    continue;
                }
                Err(error) => return Err(rounds.refusal.unwrap_or(error)),
            };
            let header = authorization.as_ref().map(|authorization| &authorization.header);
            let answer = self.wire.persist(&call.message, header, call.retry).await?;
            self.pass_on_warnings(&answer);
            let refused =
                matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
            let is_registry = call.message.url.origin() == call.party.origin.origin();
            if refused && answer.from_origin && is_registry {
                self.after_refusal(&mut call, answer, authorization, &mut rounds).await?;
                continue;
            }
            match rounds.refusal {
                Some(refusal) if !answer.status().is_success() => return Err(refusal),
                Some(_) => self.warn_of_stale(&call),
                None => {}
            }
            return Ok(answer);
        }
        Err(rounds
            .refusal
            .unwrap_or_else(|| call.message.odd("the registry keeps asking for other credentials")))
    }

    /// Whether the first request to a registry will most likely be refused for want of a
    /// credential that is there.
    pub(crate) fn will_be_challenged(&self, reference: &Reference) -> bool {
        let Ok(origin) = self.endpoint(reference.registry()).as_str().parse() else { return false };
        !self.auth.knows(&origin)
            && self.auth.may_have_credential(&place(reference.registry(), reference.repository()))
    }

    async fn authorization(
        &self,
        call: &Call,
        anonymous: bool,
    ) -> Result<Option<Authorization>, Error> {
        // An upload may go on at another host, which gets no credential.
        if call.message.url.origin() != call.party.origin.origin() {
            return Ok(None);
        }
        self.auth.authorization(&self.wire, &call.party, !anonymous).await
    }

    /// Decides what to try after a refusal; an error ends the trying.
    async fn after_refusal(
        &self,
        call: &mut Call,
        answer: Response,
        sent: Option<Authorization>,
        rounds: &mut Rounds,
    ) -> Result<(), Error> {
        let challenges = Challenge::parse_all(answer.headers());
        let answer = answer.answer().await;
        let unauthorized = answer.status == StatusCode::UNAUTHORIZED;
        let expired = quirk::is_expired(&answer);
        if expired {
            quirk::EXPIRED_IS_403.met(call.party.place.host());
        }
        let learned = if unauthorized {
            self.auth.learn(&mut call.party, &challenges)
        } else {
            Learned::Nothing
        };
        let with_credential = sent.as_ref().is_some_and(|sent| sent.with_credential);
        let registry = call.party.place.to_string();
        let error = Error::Denied { registry, with_credential, answer };
        match sent {
            None if learned != Learned::Nothing && rounds.first(Step::Answer) => return Ok(()),
            // Something else was known of it, or remembered, or the token was for too little.
            Some(_) if learned == Learned::More && rounds.first(Step::Correct) => return Ok(()),
            Some(sent)
                if sent.is_cached && (unauthorized || expired) && rounds.first(Step::Renew) =>
            {
                self.auth.forget_tokens(&call.party);
                return Ok(());
            }
            _ => {}
        }
        // A helper may have made the credential long ago for a process that runs long.
        let stored = with_credential && !self.auth.is_explicit();
        let may_reread = stored && !rounds.anonymous() && (unauthorized || expired);
        if may_reread
            && rounds.first(Step::Reread)
            && self.auth.renew_credential(&call.party.place).await?
        {
            self.auth.forget_tokens(&call.party);
            return Ok(());
        }
        if self.may_go_without(call, &error, rounds) {
            rounds.go_without(error);
            return Ok(());
        }
        Err(rounds.refusal.take().unwrap_or(error))
    }

    fn may_go_without(&self, call: &Call, error: &Error, rounds: &Rounds) -> bool {
        matches!(error, Error::Denied { with_credential: true, .. })
            && !rounds.anonymous()
            && !self.auth.is_explicit()
            && matches!(call.message.method, Method::GET | Method::HEAD)
    }

    fn warn_of_stale(&self, call: &Call) {
        let host = call.party.place.host();
        quirk::STALE_LOGIN_HIDES_PUBLIC.met(host);
        self.warn_once(format!(
            "{host} refused the stored credential, so it was read without; run `registry logout {host}` or log in again"
        ));
    }

    fn pass_on_warnings(&self, answer: &Response) {
        for warning in response::warnings(answer.headers()) {
            let host = answer.url().host_str().unwrap_or_default();
            let warning = warning.replace(char::is_control, " ");
            self.warn_once(format!("{host}: {warning}"));
        }
    }

    /// Warns of something that many requests may meet, but users need to hear of once.
    pub(crate) fn warn_once(&self, message: String) {
        let mut warned = self.warned.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if warned.insert(message.clone()) {
            drop(warned);
            self.settings.reporter.warn(message);
        }
    }
}

/// What one request has been through.
#[derive(Default)]
struct Rounds {
    /// What has been tried; each is tried once.
    tried: BTreeSet<Step>,
    /// Why the credential was left out.
    refusal: Option<Error>,
}

/// What may help after a refusal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// To say who the user is, now that it is asked for.
    Answer,
    /// To do it in another way than was known, or for more.
    Correct,
    /// To fetch another token.
    Renew,
    /// To read the credential anew.
    Reread,
}

impl Rounds {
    /// Whether a step has not been tried yet; it counts as tried from now on.
    fn first(&mut self, step: Step) -> bool {
        self.tried.insert(step)
    }

    fn anonymous(&self) -> bool {
        self.refusal.is_some()
    }

    fn go_without(&mut self, refusal: Error) {
        self.refusal = Some(refusal);
    }
}

/// The part of a registry in which a repository is.
pub(crate) fn place(registry: &Registry, repository: &Repository) -> Place {
    Place::new(registry.as_str(), repository.as_str())
}

/// Turns an answer that is not the one hoped for into an error; `what` names what was asked for.
pub(crate) async fn refused(
    call_place: &str,
    what: &str,
    response: Response,
    now: SystemTime,
) -> Error {
    let wait = response::retry_after(response.headers(), now);
    // Where downloads are redirected to, no credential was sent.
    let from_registry = response.from_origin;
    let is_page = response.is_web_page();
    let page = response.web_page();
    let (method, url) = (response.method().clone(), response.safe_url());
    let answer = response.answer().await;
    match answer.status.as_u16() {
        400 if answer.text.contains("HTTP request to an HTTPS server") => {
            Error::Connection { method, url, cause: Trouble::NotPlain }
        }
        404 => Error::NotFound { what: what.to_owned(), answer },
        401 | 403 if from_registry => {
            Error::Denied { registry: call_place.to_owned(), with_credential: true, answer }
        }
        429 => Error::Busy {
            registry: call_place.to_owned(),
            wait: wait.map(|wait| wait.as_secs()),
            answer,
        },
        200..=299 if is_page => page,
        _ => Error::Refused { answer },
    }
}
