const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Decodes base64 with padding, where line breaks do not count.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut symbols = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    while let Some(first) = symbols.next() {
        let group = [first, symbols.next()?, symbols.next()?, symbols.next()?];
        let padding = group.iter().rev().take_while(|&&symbol| symbol == b'=').count();
        if padding > 2 || padding > 0 && symbols.next().is_some() {
            return None;
        }
        let bits = group[..4 - padding].iter().try_fold(0, |bits, &symbol| {
            let value = match symbol {
                b'A'..=b'Z' => symbol - b'A',
                b'a'..=b'z' => symbol - b'a' + 26,
                b'0'..=b'9' => symbol - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            Some(bits << 6 | u32::from(value))
        })?;
        let [_, decoded @ ..] = (bits << (6 * padding)).to_be_bytes();
        bytes.extend_from_slice(&decoded[..3 - padding]);
    }
    Some(bytes)
}

/// Encodes as base64 in lines of 70 characters, each ended if there is more than one.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut symbols = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let symbol = ALPHABET[(bits >> (18 - 6 * at) & 63) as usize];
            symbols.push(if at <= chunk.len() { char::from(symbol) } else { '=' });
        }
    }
    if symbols.len() < 70 {
        return symbols;
    }
    let mut lines = String::with_capacity(symbols.len() + symbols.len() / 70 + 1);
    let mut rest = symbols.as_str();
    while !rest.is_empty() {
        let (line, left) = rest.split_at(rest.len().min(70));
        lines.push_str(line);
        lines.push('\n');
        rest = left;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_it_encodes() {
        for length in 0..200u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        for text in ["a", "ab", "abc", "ab=c", "a===", "====", "ab==ab==", "ab-_"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
