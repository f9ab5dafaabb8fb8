use std::time::{Duration, SystemTime};

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use rhumb_report::Secret;
use serde::Deserialize;
use url::{Url, form_urlencoded};

use super::{Party, Scope, basic, realm};
use crate::wire::{Message, Response, Retry, Upload, Wire};
use crate::{Credential, Error, MAX_ANSWER, quirk};

/// How long a token lasts whose service does not say, by the specification.
const DEFAULT_LIFETIME: Duration = Duration::from_mins(1);

/// Seconds after which a token is fetched anew, whatever its service says: a month.
const MAX_LIFETIME: f64 = 30.0 * 86_400.0;

/// How long before its end a token is not used any more, for clocks that differ and requests
/// that take long.
const MARGIN: Duration = Duration::from_secs(10);

/// What this client calls itself to `OAuth2` services.
const CLIENT_ID: &str = "rhumb";

/// A token in hand.
pub(super) struct Token {
    pub(super) value: Secret,
    pub(super) scope: Scope,
    pub(super) expires: SystemTime,
    credential: Option<Credential>,
    service: Option<String>,
}

/// A token that is needed.
pub(super) struct Request<'a> {
    pub(super) realm: String,
    pub(super) service: Option<String>,
    pub(super) party: &'a Party,
    pub(super) credential: Option<Credential>,
}

impl Token {
    pub(super) fn serves(&self, request: &Request<'_>) -> bool {
        self.credential == request.credential
            && self.service == request.service
            && self.scope.covers(&request.party.scope)
    }
}

/// Fetches a token.
///
/// An identity token is exchanged by the `POST` of `OAuth2`. A name and password go by `GET`, which all
/// services know; by `POST` where the service does not know `GET`, or where the password is
/// known to be a refresh token.
///
/// Source: distribution 3.1, [token](https://github.com/distribution/distribution/blob/v3.1.0/docs/content/spec/auth/token.md)
/// and [`OAuth2`](https://github.com/distribution/distribution/blob/v3.1.0/docs/content/spec/auth/oauth.md).
pub(super) async fn fetch(wire: &Wire, request: &Request<'_>) -> Result<Token, Error> {
    let realm = realm::check(&request.realm, request.party)?;
    let now = (wire.clock)();
    let credential = request.credential.as_ref();
    let identity = credential.filter(|credential| !credential.identity_token.is_empty());
    if let Some(credential) = identity {
        let message = post_refresh(request, realm, &credential.identity_token);
        return read(send(wire, &message, None).await?, request, now).await;
    }
    let header = credential.and_then(basic).map(|authorization| authorization.header);
    let answer = send(wire, &get(request, realm.clone()), header.as_ref()).await?;
    let Some(credential) = credential else { return read(answer, request, now).await };
    let fallback = match answer.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            Some(post_password(request, realm, credential))
        }
        status
            if status.is_client_error()
                && quirk::password_is_refresh_token(&credential.username) =>
        {
            quirk::PASSWORD_IS_REFRESH_TOKEN.met(request.party.place.host());
            Some(post_refresh(request, realm, &credential.password))
        }
        _ => None,
    };
    let answer = match fallback {
        Some(message) => send(wire, &message, None).await?,
        None => answer,
    };
    read(answer, request, now).await
}

async fn send(
    wire: &Wire,
    message: &Message,
    authorization: Option<&HeaderValue>,
) -> Result<Response, Error> {
    wire.persist(message, authorization, Retry::Always).await
}

fn get(request: &Request<'_>, mut realm: Url) -> Message {
    {
        let mut query = realm.query_pairs_mut();
        if let Some(service) = &request.service {
            query.append_pair("service", service);
        }
        for scope in request.party.scope.parts() {
            query.append_pair("scope", &scope);
        }
    }
    message(request, Method::GET, realm, Upload::Empty)
}

fn post_refresh(request: &Request<'_>, realm: Url, token: &Secret) -> Message {
    post(request, realm, &[("grant_type", "refresh_token"), ("refresh_token", token.expose())])
}

fn post_password(request: &Request<'_>, realm: Url, credential: &Credential) -> Message {
    let Credential { username, password, .. } = credential;
    let fields =
        [("grant_type", "password"), ("username", username), ("password", password.expose())];
    post(request, realm, &fields)
}

fn post(request: &Request<'_>, realm: Url, fields: &[(&str, &str)]) -> Message {
    let scopes: Vec<_> = request.party.scope.parts().collect();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields).append_pair("client_id", CLIENT_ID);
    if let Some(service) = &request.service {
        form.append_pair("service", service);
    }
    if !scopes.is_empty() {
        form.append_pair("scope", &scopes.join(" "));
    }
    let mut message = message(request, Method::POST, realm, Upload::bytes(form.finish()));
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    message.headers.insert(CONTENT_TYPE, form);
    message
}

fn message(request: &Request<'_>, method: Method, url: Url, body: Upload) -> Message {
    let transport = request.party.transport.clone();
    Message { method, url, headers: HeaderMap::new(), body, transport }
}

async fn read(answer: Response, request: &Request<'_>, now: SystemTime) -> Result<Token, Error> {
    #[derive(Deserialize)]
    struct Body {
        token: Option<String>,
        access_token: Option<String>,
        #[serde(default)]
        expires_in: serde_json::Value,
    }
    if !answer.status().is_success() {
        return Err(refused(answer, request).await);
    }
    if answer.is_web_page() {
        return Err(answer.web_page());
    }
    let odd = answer.odd("the token service answers without a token");
    let body = answer.bytes(MAX_ANSWER).await?;
    let Ok(body) = serde_json::from_slice::<Body>(&body) else { return Err(odd) };
    let filled = |token: Option<String>| token.filter(|token| !token.is_empty());
    let Some(value) = filled(body.token).or(filled(body.access_token)) else { return Err(odd) };
    let lifetime = lifetime(&body.expires_in);
    Ok(Token {
        value: Secret::new(value),
        scope: request.party.scope.clone(),
        expires: now + lifetime.saturating_sub(MARGIN),
        credential: request.credential.clone(),
        service: request.service.clone(),
    })
}

/// How long a token lasts: some services write the seconds as text or with a fraction.
fn lifetime(expires_in: &serde_json::Value) -> Duration {
    let text = expires_in.as_str().and_then(|text| text.parse::<f64>().ok());
    let seconds = expires_in.as_f64().or(text).filter(|seconds| *seconds >= 1.0);
    seconds.map_or(DEFAULT_LIFETIME, |seconds| Duration::from_secs_f64(seconds.min(MAX_LIFETIME)))
}

async fn refused(answer: Response, request: &Request<'_>) -> Error {
    let with_credential = request.credential.is_some();
    let registry = request.party.place.host().to_owned();
    let answer = answer.answer().await;
    match answer.status.as_u16() {
        // Azure's service answers 400 to a token that is not one of its own.
        400 | 401 | 403 => Error::Denied { registry, with_credential, answer },
        429 => Error::Busy { registry, wait: None, answer },
        _ => Error::Refused { answer },
    }
}
