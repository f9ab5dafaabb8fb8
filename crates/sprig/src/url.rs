//! URLs, taken apart and put together.

use rhumb_gotmpl::{Func, func};
use rhumb_value::url::{Url, User};
use rhumb_value::{CallError, Map, Text, Value};

use crate::cast::{NIL_DEREFERENCE, kind_name};

/// `urlParse TEXT`: the parts of a URL as a dictionary.
///
/// `{{ (urlParse "https://example.com/a?b=c").host }}` gives `example.com`.
fn url_parse(text: &Text) -> Result<Map, CallError> {
    let url = Url::parse(text.as_bytes());
    let url = url.map_err(|error| CallError::new(format!("unable to parse url: {error}")))?;
    let user = url.user.as_ref().map_or_else(Vec::new, User::print);
    let parts: [(&str, Vec<u8>); 8] = [
        ("hostname", url.hostname().to_vec()),
        ("scheme", url.scheme),
        ("host", url.host),
        ("path", url.path),
        ("query", url.query),
        ("opaque", url.opaque),
        ("fragment", url.fragment),
        ("userinfo", user),
    ];
    Ok(parts.into_iter().map(|(name, part)| (name.into(), Value::text(part))).collect())
}

/// `urlJoin DICT`: the URL that has these parts.
///
/// `{{ urlJoin (dict "scheme" "https" "host" "example.com" "path" "/a") }}` gives
/// `https://example.com/a`.
#[expect(clippy::needless_pass_by_value, reason = "a parameter's Rust type stands for its Go type")]
fn url_join(parts: Map) -> Result<Vec<u8>, CallError> {
    let mut url = Url {
        scheme: part(&parts, "scheme")?,
        host: part(&parts, "host")?,
        path: part(&parts, "path")?,
        query: part(&parts, "query")?,
        opaque: part(&parts, "opaque")?,
        fragment: part(&parts, "fragment")?,
        ..Url::default()
    };
    let user = part(&parts, "userinfo")?;
    if !user.is_empty() {
        let whole = [b"proto://", &*user, b"@host"].concat();
        let parsed = Url::parse(&whole).map_err(|error| {
            CallError::new(format!("unable to parse userinfo in dict: {error}"))
        })?;
        url.user = parsed.user;
    }
    Ok(url.print())
}

fn part(parts: &Map, key: &str) -> Result<Vec<u8>, CallError> {
    match parts.get(key.as_bytes()) {
        None => Ok(Vec::new()),
        Some(Value::Text(text)) => Ok(text.as_bytes().to_vec()),
        Some(Value::Nil) => Err(CallError::new(NIL_DEREFERENCE)),
        Some(other) => Err(CallError::new(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            kind_name(&other)
        ))),
    }
}

/// The table.
pub(crate) const FUNCS: &[Func] =
    &[func!("urlJoin", url_join, [parts]), func!("urlParse", url_parse, [text])];
