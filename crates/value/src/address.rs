//! Addresses of hosts, with the words of Go's `net/netip` for what is none.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::quote::quote;

/// Reads an IPv4 address, or an IPv6 address that may have a zone; the zone is not kept.
///
/// # Errors
///
/// Go's words.
pub fn parse(text: &[u8]) -> Result<IpAddr, String> {
    let reader = Reader { whole: text };
    match text.iter().find(|byte| b".:%".contains(byte)) {
        Some(b'.') => reader.ipv4(text).map(|bytes| Ipv4Addr::from(bytes).into()),
        Some(b':') => reader.ipv6().map(|bytes| Ipv6Addr::from(bytes).into()),
        Some(_) => Err(reader.error("missing IPv6 address", b"")),
        None => Err(reader.error("unable to parse IP", b"")),
    }
}

struct Reader<'t> {
    whole: &'t [u8],
}

impl Reader<'_> {
    fn error(&self, message: &str, place: &[u8]) -> String {
        let whole = quote(self.whole);
        if place.is_empty() {
            return format!("ParseAddr({whole}): {message}");
        }
        format!("ParseAddr({whole}): {message} (at {})", quote(place))
    }

    fn ipv4(&self, text: &[u8]) -> Result<[u8; 4], String> {
        let mut fields = [0_u8; 4];
        let (mut value, mut digits, mut field) = (0_u32, 0, 0);
        for (index, byte) in text.iter().enumerate() {
            if byte.is_ascii_digit() {
                if digits == 1 && value == 0 {
                    return Err(self.error("IPv4 field has octet with leading zero", b""));
                }
                value = value * 10 + u32::from(byte - b'0');
                digits += 1;
                fields[field] = u8::try_from(value)
                    .map_err(|_| self.error("IPv4 field has value >255", b""))?;
                continue;
            }
            let place = &text[index..];
            if *byte != b'.' {
                return Err(self.error("unexpected character", place));
            }
            if index == 0 || index == text.len() - 1 || text[index - 1] == b'.' {
                return Err(self.error("IPv4 field must have at least one digit", place));
            }
            if field == 3 {
                return Err(self.error("IPv4 address too long", b""));
            }
            (value, digits, field) = (0, 0, field + 1);
        }
        if field < 3 {
            return Err(self.error("IPv4 address too short", b""));
        }
        Ok(fields)
    }

    fn ipv6(&self) -> Result<[u8; 16], String> {
        let mut text = self.whole;
        if let Some(percent) = memchr::memchr(b'%', text) {
            if percent + 1 == text.len() {
                return Err(self.error("zone must be a non-empty string", b""));
            }
            text = &text[..percent];
        }
        let mut bytes: Vec<u8> = Vec::with_capacity(16);
        let mut ellipsis = None;
        if let Some(rest) = text.strip_prefix(b"::") {
            (ellipsis, text) = (Some(0), rest);
        }
        while bytes.len() < 16 && !(text.is_empty() && ellipsis == Some(bytes.len())) {
            let (group, width) = self.group(text)?;
            if text.get(width) == Some(&b'.') {
                bytes.extend(self.embedded(text, bytes.len(), ellipsis.is_some())?);
                text = b"";
                break;
            }
            bytes.extend(group.to_be_bytes());
            text = &text[width..];
            match text {
                [] => break,
                [b':'] => {
                    return Err(self.error("colon must be followed by more characters", text));
                }
                [b':', rest @ ..] => text = rest,
                _ => return Err(self.error("unexpected character, want colon", text)),
            }
            if let Some(rest) = text.strip_prefix(b":") {
                if ellipsis.is_some() {
                    return Err(self.error("multiple :: in address", text));
                }
                (ellipsis, text) = (Some(bytes.len()), rest);
            }
        }
        if !text.is_empty() {
            return Err(self.error("trailing garbage after address", text));
        }
        self.expand(&bytes, ellipsis)
    }

    /// One group of hexadecimal digits and its width.
    fn group(&self, text: &[u8]) -> Result<(u16, usize), String> {
        let width = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        if width > 4 {
            return Err(self.error("each group must have 4 or less digits", text));
        }
        let digits = str::from_utf8(&text[..width]).unwrap_or_default();
        let message = "each colon-separated field must have at least one digit";
        let group = u16::from_str_radix(digits, 16).map_err(|_| self.error(message, text))?;
        Ok((group, width))
    }

    /// An IPv4 address at the end of an IPv6 address.
    fn embedded(&self, text: &[u8], place: usize, has_gap: bool) -> Result<[u8; 4], String> {
        if !has_gap && place != 12 {
            let message = "embedded IPv4 address must replace the final 2 fields of the address";
            return Err(self.error(message, text));
        }
        if place + 4 > 16 {
            let message = "too many hex fields to fit an embedded IPv4 at the end of the address";
            return Err(self.error(message, text));
        }
        self.ipv4(text)
    }

    fn expand(&self, bytes: &[u8], ellipsis: Option<usize>) -> Result<[u8; 16], String> {
        let mut address = [0; 16];
        match ellipsis {
            None if bytes.len() < 16 => Err(self.error("address string too short", b"")),
            Some(_) if bytes.len() >= 16 => {
                let message = "the :: must expand to at least one field of zeros";
                Err(self.error(message, b""))
            }
            gap => {
                let gap = gap.unwrap_or(bytes.len());
                address[..gap].copy_from_slice(&bytes[..gap]);
                let rest = &bytes[gap..];
                address[16 - rest.len()..].copy_from_slice(rest);
                Ok(address)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for text in
            ["1.2.3.4", "::", "::1", "1::", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4"]
        {
            let plain = text.split('%').next().unwrap_or_default();
            assert_eq!(parse(text.as_bytes()).unwrap(), plain.parse::<IpAddr>().unwrap(), "{text}");
        }
        for (text, want) in [
            ("::g", "each colon-separated field must have at least one digit (at \"g\")"),
            ("1:2:3:4:5:6:7:8:9", "trailing garbage after address (at \"9\")"),
            ("1::2::3", "multiple :: in address (at \":3\")"),
            ("::1.2.3", "IPv4 address too short"),
            ("1:2", "address string too short"),
            ("1:2:3:4:5:6:7::8", "the :: must expand to at least one field of zeros"),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err(), format!("ParseAddr({text:?}): {want}"));
        }
    }
}
