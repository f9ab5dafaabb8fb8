use rhumb_value::unicode::{decode, is_print};
use rhumb_value::{CallError, Value, format};

/// The arguments as one text: nil is `<no value>`, as in a template.
pub(super) fn printed(values: &[Value]) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    let mut after_text = true;
    for value in values {
        // Nil becomes the text `<no value>`.
        let is_text = matches!(value, Value::Nil) || format::is_text(value);
        if !is_text && !after_text {
            out.push(b' ');
        }
        format::append_indirect(&mut out, value)?;
        after_text = is_text;
    }
    Ok(out)
}

/// `text` for HTML.
pub(super) fn html(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            other => out.push(other),
        }
    }
    out
}

/// `text` for a JavaScript string.
pub(super) fn js(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        let (character, width) = decode(rest);
        match byte {
            b'\\' | b'\'' | b'"' => out.extend_from_slice(&[b'\\', byte]),
            b'<' | b'>' | b'&' | b'=' | 0..b' ' => {
                out.extend_from_slice(format!("\\u{byte:04X}").as_bytes());
            }
            0x80.. => {
                let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
                if is_print(character) {
                    out.extend_from_slice(&rest[..width]);
                } else {
                    out.extend_from_slice(format!("\\u{:04X}", u32::from(character)).as_bytes());
                }
            }
            other => out.push(other),
        }
        rest = &rest[width..];
    }
    out
}

/// `text` for the query of a URL.
pub(super) fn url_query(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            b' ' => out.push(b'+'),
            b'-' | b'_' | b'.' | b'~' => out.push(byte),
            _ if byte.is_ascii_alphanumeric() => out.push(byte),
            _ => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
    out
}
