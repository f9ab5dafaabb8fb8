use super::{Fields, Problem, in_range, number, split};
use crate::time::layout::Offset;

impl Fields {
    pub(super) fn read_offset<'t>(
        &mut self,
        text: &'t [u8],
        layout: Offset,
    ) -> Result<&'t [u8], Problem> {
        if layout.is_iso
            && let Some(rest) = text.strip_prefix(b"Z")
        {
            self.is_utc = true;
            return Ok(rest);
        }
        let step = if layout.has_colons { 3 } else { 2 };
        let width = 3 + step * (usize::from(layout.parts) - 1);
        let (read, rest) = split(text, width)?;
        let ends = (0..usize::from(layout.parts)).map(|index| 3 + step * index);
        if layout.has_colons && ends.clone().skip(1).any(|end| read[end - 3] != b':') {
            return Err(Problem::Form);
        }
        let mut parts = [0; 3];
        let numbers = parts.iter_mut().zip(ends).try_for_each(|(part, end)| {
            (*part, _) = number(&read[end - 2..end], true)?;
            Ok(())
        });
        // Go looks at the ranges of what it could read before it minds what it could not, and
        // tells the last that is off.
        let [hours, minutes, seconds] = parts;
        in_range(seconds, 0..61, "time zone offset second")?;
        in_range(minutes, 0..61, "time zone offset minute")?;
        in_range(hours, 0..25, "time zone offset hour")?;
        numbers?;
        let offset = (hours * 60 + minutes) * 60 + seconds;
        self.offset = Some(match read[0] {
            b'+' => offset,
            b'-' => -offset,
            _ => return Err(Problem::Form),
        });
        Ok(rest)
    }
}

/// The width of a zone's abbreviation.
pub(super) fn width(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_hours_width(rest));
    }
    if text[0] == b'+' || text[0] == b'-' {
        return Some(signed_hours_width(text)).filter(|width| *width > 0);
    }
    match text.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count() {
        5 if text[4] == b'T' => Some(5),
        4 if text[3] == b'T' || text.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// The width of hours with a sign, up to 23; 0 for anything else.
fn signed_hours_width(text: &[u8]) -> usize {
    let [b'+' | b'-', rest @ ..] = text else { return 0 };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = str::from_utf8(&rest[..digits]).ok().and_then(|hours| hours.parse::<u64>().ok());
    if hours.is_some_and(|hours| hours <= 23) { digits + 1 } else { 0 }
}
