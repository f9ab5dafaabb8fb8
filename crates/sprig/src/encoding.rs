//! Base 64 and base 32, with Go's words for what is not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rhumb_gotmpl::{Func, func};
use rhumb_value::Text;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes in base 64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// `b64enc TEXT`: in base 64.
///
/// `{{ b64enc "chart" }}` gives `Y2hhcnQ=`.
fn b64enc(text: &Text) -> String {
    base64(text.as_bytes())
}

/// `b64dec TEXT`: from base 64; the error's text if it is none.
///
/// `{{ b64dec "Y2hhcnQ=" }}` gives `chart`.
fn b64dec(text: &Text) -> Vec<u8> {
    from_base64(text.as_bytes()).unwrap_or_else(String::into_bytes)
}

/// `b32enc TEXT`: in base 32.
///
/// `{{ b32enc "chart" }}` gives `MNUGC4TU`.
fn b32enc(text: &Text) -> String {
    let mut out = String::with_capacity(text.as_bytes().len().div_ceil(5) * 8);
    for group in text.as_bytes().chunks(5) {
        let mut bits = [0; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(bits);
        let digits = (group.len() * 8).div_ceil(5);
        for index in 0..8 {
            let digit = usize::try_from(bits >> (35 - 5 * index) & 31).unwrap_or_default();
            out.push(if index < digits { char::from(BASE32[digit]) } else { '=' });
        }
    }
    out
}

/// `b32dec TEXT`: from base 32; the error's text if it is none.
///
/// `{{ b32dec "MNUGC4TU" }}` gives `chart`.
fn b32dec(text: &Text) -> Vec<u8> {
    from_base32(text.as_bytes()).unwrap_or_else(String::into_bytes)
}

fn is_line_break(byte: u8) -> bool {
    byte == b'\r' || byte == b'\n'
}

/// Bytes from base 64; line breaks do not count.
///
/// # Errors
///
/// Go's words, with the place of the first byte that is wrong.
pub(crate) fn from_base64(text: &[u8]) -> Result<Vec<u8>, String> {
    let corrupt = |place: usize| format!("illegal base64 data at input byte {place}");
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut digits: Vec<u8> = Vec::with_capacity(4);
    let mut bytes = text.iter().copied().enumerate().filter(|(_, byte)| !is_line_break(*byte));
    while let Some((place, byte)) = bytes.next() {
        if let Some(digit) = base64_digit(byte) {
            digits.push(digit);
            if digits.len() == 4 {
                push_base64(&mut out, &digits);
                digits.clear();
            }
            continue;
        }
        if byte != b'=' || digits.len() < 2 {
            return Err(corrupt(place));
        }
        if digits.len() == 2 {
            // The second one of the padding; where it is missing, Go names the last byte it read.
            match bytes.next() {
                None => return Err(corrupt(text.len())),
                Some((_, b'=')) => {}
                Some((place, _)) => return Err(corrupt(place - 1)),
            }
        }
        if let Some((place, _)) = bytes.next() {
            return Err(corrupt(place));
        }
        push_base64(&mut out, &digits);
        return Ok(out);
    }
    if digits.is_empty() { Ok(out) } else { Err(corrupt(text.len() - digits.len())) }
}

fn base64_digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

fn push_base64(out: &mut Vec<u8>, digits: &[u8]) {
    let mut bits = 0_u32;
    for index in 0..4 {
        bits = bits << 6 | digits.get(index).map_or(0, |digit| u32::from(*digit));
    }
    out.extend_from_slice(&bits.to_be_bytes()[1..digits.len()]);
}

/// Bytes from base 32; line breaks do not count.
fn from_base32(text: &[u8]) -> Result<Vec<u8>, String> {
    let corrupt = |place: usize| format!("illegal base32 data at input byte {place}");
    let text: Vec<u8> = text.iter().copied().filter(|byte| !is_line_break(*byte)).collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    for (group, start) in text.chunks(8).zip((0..).step_by(8)) {
        let mut bits = 0_u64;
        let mut digits = 0;
        for (index, byte) in group.iter().enumerate() {
            let left = text.len() - (start + index + 1);
            if *byte == b'=' && index >= 2 && left < 8 {
                if left + index < 7 {
                    return Err(corrupt(text.len()));
                }
                let padding = &group[index + 1..];
                if let Some(wrong) = padding.iter().position(|byte| *byte != b'=') {
                    return Err(corrupt(text.len() - left + wrong - 1));
                }
                if [1, 3, 6].contains(&index) {
                    return Err(corrupt(text.len() - left - 1));
                }
                break;
            }
            let digit = BASE32.iter().position(|digit| digit == byte);
            let digit = digit.ok_or_else(|| corrupt(start + index))?;
            bits |= (digit as u64) << (35 - 5 * index);
            digits += 1;
        }
        if group.len() < 8 && digits == group.len() {
            return Err(corrupt(text.len() - digits));
        }
        out.extend_from_slice(&bits.to_be_bytes()[3..3 + digits * 5 / 8]);
        if digits < 8 {
            break;
        }
    }
    Ok(out)
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("b32dec", b32dec, [text]),
    func!("b32enc", b32enc, [text]),
    func!("b64dec", b64dec, [text]),
    func!("b64enc", b64enc, [text]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_errors_name_the_place() {
        for (text, want) in [
            ("YWJj", Ok("abc")),
            ("YQ==", Ok("a")),
            ("YW\nI=\n", Ok("ab")),
            ("YQ=", Err("illegal base64 data at input byte 3")),
            ("YQ", Err("illegal base64 data at input byte 0")),
            ("YQ=a", Err("illegal base64 data at input byte 2")),
            ("YQ==a", Err("illegal base64 data at input byte 4")),
            ("!", Err("illegal base64 data at input byte 0")),
            ("A=", Err("illegal base64 data at input byte 1")),
        ] {
            let want = want.map(|text| text.as_bytes().to_vec()).map_err(str::to_owned);
            assert_eq!(from_base64(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn base_32_comes_back() {
        for text in ["", "a", "ab", "abc", "abcd", "abcde", "abcdef"] {
            let encoded = b32enc(&text.into());
            assert_eq!(from_base32(encoded.as_bytes()), Ok(text.as_bytes().to_vec()), "{encoded}");
        }
        assert_eq!(b32enc(&"a".into()), "ME======");
    }
}
