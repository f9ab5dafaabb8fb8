use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::name_server;
use crate::Trouble;

/// What went wrong before an answer came.
pub(super) fn of_sending(error: &reqwest::Error) -> Trouble {
    if error.is_dns() {
        let server = name_server::first().map(|server| server.to_string().into());
        return Trouble::UnknownHost { server };
    }
    if let Some(tls) = find_tls(error) {
        return match tls {
            rustls::Error::InvalidMessage(_) => Trouble::NotTls,
            rustls::Error::InvalidCertificate(error) => {
                let detail = format!("failed to verify certificate: {}", certificate(error));
                Trouble::Tls { detail }
            }
            tls => Trouble::Tls { detail: tls.to_string() },
        };
    }
    match find_io(error) {
        Some(io::ErrorKind::ConnectionRefused) => return Trouble::ConnectionRefused,
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::TimedOut,
        ) => return Trouble::Cut { detail: last_words(error) },
        _ => {}
    }
    let said = words(error);
    if said.contains("invalid HTTP version parsed") {
        return Trouble::NotPlain;
    }
    // A connection that ends before or amid the answer may do better the next time.
    let cut = ["before message completed", "connection closed", "GOAWAY", "timed out", "reset"];
    if error.is_timeout() || cut.iter().any(|sign| said.contains(sign)) {
        Trouble::Cut { detail: last_words(error) }
    } else {
        Trouble::Broken { detail: said }
    }
}

/// What is wrong with a certificate, in the words that Helm has for it, which scripts look for.
fn certificate(error: &CertificateError) -> String {
    use CertificateError as E;
    let said = error.to_string();
    match error {
        E::UnknownIssuer => "x509: certificate signed by unknown authority".into(),
        // One that its server signed itself, as an authority, and nobody said to trust.
        E::Other(_) if said.contains("CaUsedAsEndEntity") => {
            "x509: certificate signed by unknown authority".into()
        }
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => {
            "x509: certificate has expired or is not yet valid".into()
        }
        E::NotValidForNameContext { expected, presented } => {
            let expected = expected.to_str();
            // Each is told as `DnsName("h")` or `IpAddress(::1)`.
            let names: Vec<_> = presented
                .iter()
                .map(|name| name.split_once('(').map_or(&**name, |(_, name)| name))
                .map(|name| name.trim_end_matches(')').trim_matches('"'))
                .collect();
            if names.is_empty() {
                format!(
                    "x509: certificate is not valid for any names, but wanted to match {expected}"
                )
            } else {
                format!("x509: certificate is valid for {}, not {expected}", names.join(", "))
            }
        }
        _ => said,
    }
}

/// What went wrong amid an answer.
pub(super) fn of_body(error: &reqwest::Error) -> Trouble {
    Trouble::Cut { detail: last_words(error) }
}

/// All that an error and its causes say, without the URL, which may hold a secret.
pub(super) fn words(error: &reqwest::Error) -> String {
    let mut words = Vec::new();
    let mut next: Option<&dyn StdError> = error.source();
    while let Some(error) = next {
        words.push(error.to_string());
        next = error.source();
    }
    words.dedup();
    if words.is_empty() { "the request could not be sent".to_owned() } else { words.join(": ") }
}

fn last_words(error: &reqwest::Error) -> String {
    let mut last = "the connection ended".to_owned();
    let mut next: Option<&dyn StdError> = error.source();
    while let Some(error) = next {
        last = error.to_string();
        next = error.source();
    }
    last
}

fn find_tls(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut next: Option<&dyn StdError> = error.source();
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref().or_else(|| inside(error)) {
            return Some(tls);
        }
        next = error.source();
    }
    None
}

/// What an I/O error, or one in it, was made from; `source` skips that.
fn inside<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let inner = error.downcast_ref::<io::Error>()?.get_ref()?;
    inner.downcast_ref().or_else(|| inside(inner))
}

fn find_io(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut found = None;
    let mut next: Option<&dyn StdError> = error.source();
    while let Some(error) = next {
        found = error.downcast_ref::<io::Error>().map(io::Error::kind).or(found);
        next = error.source();
    }
    found
}
