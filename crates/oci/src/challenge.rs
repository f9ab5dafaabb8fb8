use std::collections::BTreeMap;

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// Challenges that are read at most of one answer; real ones have one or two.
const MAX_CHALLENGES: usize = 16;

/// One way in which a server lets itself be convinced.
///
/// Source: RFC 9110, 11.6.1; registries add `service` and `scope` to `Bearer`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme in lower case, such as `bearer`.
    pub scheme: String,
    /// The parameters, keys in lower case.
    pub parameters: BTreeMap<String, String>,
}

impl Challenge {
    /// Reads every challenge of every `WWW-Authenticate` header, in their order.
    ///
    /// Schemes may have any case, values may be quoted and hold commas, and one header may hold
    /// several challenges. What makes no sense is left out.
    pub fn parse_all(headers: &HeaderMap) -> Vec<Self> {
        let values = headers.get_all(WWW_AUTHENTICATE).iter();
        let texts = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
        texts.flat_map(parse).take(MAX_CHALLENGES).collect()
    }

    /// The value of a parameter, if it is there and not empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.parameters.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn parse(text: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    for item in split_at_commas(text) {
        // `Scheme`, `Scheme key=value`, `key=value` or `Scheme token68`.
        let item = item.trim();
        let (scheme, parameter) = match item.split_once([' ', '\t']) {
            Some((scheme, rest)) if is_token(scheme) && !rest.trim_start().starts_with('=') => {
                (Some(scheme), rest.trim())
            }
            _ if is_token(item) => (Some(item), ""),
            _ => (None, item),
        };
        if let Some(scheme) = scheme {
            let parameters = BTreeMap::new();
            challenges.push(Challenge { scheme: scheme.to_ascii_lowercase(), parameters });
        }
        let (Some(challenge), Some((key, value))) =
            (challenges.last_mut(), parameter.split_once('='))
        else {
            continue;
        };
        if is_token(key.trim()) {
            challenge.parameters.insert(key.trim().to_ascii_lowercase(), unquote(value.trim()));
        }
    }
    challenges
}

fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn unquote(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else { return value.to_owned() };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => plain.extend(characters.next()),
            c => plain.push(c),
        }
    }
    plain
}

fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(values: &[&str]) -> Vec<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, value.parse().unwrap());
        }
        let show =
            |challenge: Challenge| format!("{} {:?}", challenge.scheme, challenge.parameters);
        Challenge::parse_all(&headers).into_iter().map(show).collect()
    }

    #[test]
    fn reads_quoted_commas_and_several_challenges() {
        assert_eq!(
            all(&[
                r#"Bearer realm="https://a/token",service="a",scope="repository:x:pull,push""#,
                r#"Negotiate, basic Realm = "a \"b\", c", Digest qop=auth,nonce="x""#,
            ]),
            [
                r#"bearer {"realm": "https://a/token", "scope": "repository:x:pull,push", "service": "a"}"#,
                "negotiate {}",
                r#"basic {"realm": "a \"b\", c"}"#,
                r#"digest {"nonce": "x", "qop": "auth"}"#,
            ]
        );
    }

    #[test]
    fn survives_nonsense() {
        assert!(all(&["", ",,", "=x", "\"", "realm=\"x\""]).is_empty());
        assert_eq!(all(&["Basic", "NTLM TlRMTVNT=="]), ["basic {}", "ntlm {\"tlrmtvnt\": \"=\"}"]);
        assert_eq!(all(&[&"a b=c,".repeat(100)]).len(), MAX_CHALLENGES);
    }
}
