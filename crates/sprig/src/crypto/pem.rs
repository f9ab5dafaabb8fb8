//! PEM: binary data between lines that say what it is.

use crate::encoding::{base64, from_base64};

/// Data of a kind as PEM.
pub(super) fn encode(kind: &str, data: &[u8]) -> String {
    let mut out = format!("-----BEGIN {kind}-----\n");
    let text = base64(data);
    let mut rest = &*text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out + &format!("-----END {kind}-----\n")
}

/// The first block of a text: its kind and its data.
pub(super) fn decode(text: &[u8]) -> Option<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> =
        text.split('\n').map(|line| line.trim_end_matches(['\r', ' ', '\t'])).collect();
    let mut begin = None;
    for (index, line) in lines.iter().enumerate() {
        if let Some(kind) = marker(line, "-----BEGIN ") {
            begin = Some((index, kind));
        } else if let (Some(end), Some((start, kind))) = (marker(line, "-----END "), begin) {
            let body = lines[start + 1..index].iter().skip_while(|line| line.contains(':'));
            let body: String =
                body.flat_map(|line| line.chars()).filter(|c| !c.is_whitespace()).collect();
            if let Some(data) = from_base64(body.as_bytes()).ok().filter(|_| end == kind) {
                return Some((kind.to_owned(), data));
            }
            begin = None;
        }
    }
    None
}

fn marker<'l>(line: &'l str, start: &str) -> Option<&'l str> {
    line.strip_prefix(start)?.strip_suffix("-----")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back() {
        let data = [42; 100];
        let text = encode("A KEY", &data);
        assert_eq!(text.lines().nth(1).map(str::len), Some(64));
        assert_eq!(decode(text.as_bytes()), Some(("A KEY".to_owned(), data.to_vec())));
        assert_eq!(decode(b"-----BEGIN A-----\nAAAA\n-----END B-----\n"), None);
    }
}
