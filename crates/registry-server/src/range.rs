use std::ops::Range;

/// What a `Range` header asks of something with a known size.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Everything: there is no header, or one that may be ignored.
    All,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that are not there.
    Outside,
}

/// Reads a `Range` header for `size` bytes. Several ranges at once may be ignored, and are.
pub(crate) fn asked(header: Option<&str>, size: u64) -> Asked {
    let Some(header) = header.and_then(|header| header.strip_prefix("bytes=")) else {
        return Asked::All;
    };
    let Some((first, last)) = header.trim().split_once('-') else { return Asked::All };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last && first < size => {
            Asked::Part(first..last.saturating_add(1).min(size))
        }
        (Some(first), None) if last.is_empty() && first < size => Asked::Part(first..size),
        (None, Some(count)) if first.is_empty() && count > 0 && size > 0 => {
            Asked::Part(size.saturating_sub(count)..size)
        }
        (None, _) if !first.is_empty() => Asked::All,
        (_, None) if !last.is_empty() => Asked::All,
        _ => Asked::Outside,
    }
}

/// Reads the `Content-Range` of a chunk, such as `0-1023`: both ends are inclusive.
pub(crate) fn chunk(header: &str) -> Option<Range<u64>> {
    let header = header.strip_prefix("bytes ").unwrap_or(header);
    let header = header.split('/').next().unwrap_or(header);
    let (first, last) = header.split_once('-')?;
    let (first, end) = (number(first)?, number(last)?.checked_add(1)?);
    (first < end).then_some(first..end)
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        for (header, expected) in [
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=5-", Asked::Part(5..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=8-100", Asked::Part(8..10)),
            ("bytes=0-18446744073709551615", Asked::Part(0..10)),
            ("bytes=10-", Asked::Outside),
            ("bytes=5-4", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=0-1,3-4", Asked::All),
            ("lines=1-2", Asked::All),
            ("bytes=x-2", Asked::All),
        ] {
            assert_eq!(asked(Some(header), 10), expected, "{header}");
        }
        assert_eq!(asked(None, 10), Asked::All);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Outside);
    }

    #[test]
    fn reads_chunks() {
        assert_eq!(chunk("0-1023"), Some(0..1024));
        assert_eq!(chunk("bytes 5-5/10"), Some(5..6));
        for bad in ["", "5-4", "x-1", "1", "-5", "0-18446744073709551615", "+1-2"] {
            assert_eq!(chunk(bad), None, "{bad}");
        }
    }
}
