//! When a certificate is valid: the one part of it that the TLS library does not tell.
//!
//! Source: [RFC 5280, 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1).

use std::ops::Range;

/// ASN.1's tags of what leads to the validity.
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The first and the last second since 1970 at which a certificate is valid.
pub(super) fn of(certificate: &[u8]) -> Option<Range<u64>> {
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (mut fields, _) = element(certificate, SEQUENCE)?;
    if let Some((_, rest)) = element(fields, VERSION) {
        fields = rest;
    }
    // The serial number, the algorithm and the issuer come before.
    for _ in 0..3 {
        fields = any_element(fields)?.2;
    }
    let (validity, _) = element(fields, SEQUENCE)?;
    let (start, rest) = time(validity)?;
    let (end, _) = time(rest)?;
    Some(start..end)
}

/// The content of the first element, which has this tag, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = any_element(bytes)?;
    (found == tag).then_some((content, rest))
}

/// The tag and the content of the first element, and what follows it.
fn any_element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        // So many bytes hold the length; a certificate has none of more than four.
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// The seconds since 1970 of the time that comes first, and what follows it.
fn time(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (tag, content, rest) = any_element(bytes)?;
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    let (year, text) = match tag {
        // Two digits of the years from 1950 to 2049.
        UTC_TIME => {
            let (year, text) = text.split_at_checked(2)?;
            let year: u64 = number(year)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, text)
        }
        GENERALIZED_TIME => {
            let (year, text) = text.split_at_checked(4)?;
            (number(year)?, text)
        }
        _ => return None,
    };
    if text.len() != 10 || !text.is_ascii() {
        return None;
    }
    let part = |index: usize| number(&text[2 * index..2 * index + 2]);
    let days = rhumb_oci::response::days_since_1970(year, part(0)?, part(1)?).unwrap_or(0);
    let seconds = (days * 24 + part(2)?) * 3600 + part(3)? * 60 + part(4)?;
    Some((seconds, rest))
}

fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    #[test]
    fn reads_both_kinds_of_time_and_survives_nonsense() {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["h".to_owned()]).unwrap();
        (params.not_before, params.not_after) =
            (date_time_ymd(2026, 11, 25), date_time_ymd(2150, 3, 1));
        let certificate = params.self_signed(&key).unwrap();
        let bytes: &[u8] = certificate.der();
        assert_eq!(of(bytes), Some(1_795_564_800..5_685_379_200));
        for end in 0..bytes.len() {
            assert_eq!(of(&bytes[..end]), None, "{end}");
        }
        let mut altered = bytes.to_vec();
        for index in 0..altered.len() {
            for value in [0, 0x30, 0x7f, 0x84, 0xff] {
                let before = std::mem::replace(&mut altered[index], value);
                of(&altered);
                altered[index] = before;
            }
        }
    }
}
