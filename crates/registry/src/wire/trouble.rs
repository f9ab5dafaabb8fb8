use std::error::Error as StdError;
use std::io;

use crate::Trouble;

/// What went wrong before an answer came.
pub(super) fn of_sending(error: &reqwest::Error) -> Trouble {
    if error.is_dns() {
        return Trouble::UnknownHost { detail: last_words(error) };
    }
    if let Some(tls) = find_tls(error) {
        return match tls {
            rustls::Error::InvalidMessage(_) => Trouble::NotTls,
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
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        let io = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(tls) = io.and_then(|inner| inner.downcast_ref()) {
            return Some(tls);
        }
        next = error.source();
    }
    None
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
