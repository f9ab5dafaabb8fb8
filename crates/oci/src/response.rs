//! What the headers of a registry's answers say.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{CONTENT_RANGE, LINK, LOCATION, RANGE, RETRY_AFTER, WARNING};

use crate::Digest;

/// Warnings that are read at most of one answer.
const MAX_WARNINGS: usize = 8;

/// The digest of the content, if the registry gives one that can be read.
pub fn content_digest(headers: &HeaderMap) -> Option<Digest> {
    text(headers, "docker-content-digest")?.parse().ok()
}

/// The digest of the manifest that a pushed one refers to, if the registry keeps track of that.
pub fn subject(headers: &HeaderMap) -> Option<Digest> {
    text(headers, "oci-subject")?.parse().ok()
}

/// Whether the registry filtered its answer by artifact type.
pub fn filtered_by_artifact_type(headers: &HeaderMap) -> bool {
    let filters = text(headers, "oci-filters-applied").unwrap_or_default();
    filters.split(',').any(|filter| filter.trim() == "artifactType")
}

/// Where an upload goes on; absolute or relative to the request's URL.
pub fn location(headers: &HeaderMap) -> Option<&str> {
    text(headers, LOCATION.as_str())
}

/// The URL of the next page; absolute or relative to the request's URL.
pub fn next_page(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_link)
}

fn next_link(links: &str) -> Option<&str> {
    let mut rest = links;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        // Parameters go on to the next link; a target may hold commas itself.
        let (parameters, next) = match after.find('<') {
            Some(at) => after.split_at(at),
            None => (after, ""),
        };
        let is_next = parameters.split([';', ',']).any(|parameter| {
            let (key, value) = parameter.split_once('=').unwrap_or_default();
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            key.trim().eq_ignore_ascii_case("rel")
                && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(target);
        }
        rest = next;
    }
}

/// The texts of `Warning: 299 - "text"` headers.
///
/// Source: OCI distribution-spec 1.1, [warnings][spec].
///
/// [spec]: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#warnings
pub fn warnings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(WARNING).iter().filter_map(|value| value.to_str().ok());
    let texts = values.filter_map(|value| {
        let quoted = value.trim().strip_prefix("299 ")?.split_once(" \"")?.1;
        let text = quoted.strip_suffix('"')?;
        Some(text.replace("\\\"", "\"").replace("\\\\", "\\"))
    });
    texts.take(MAX_WARNINGS).collect()
}

/// How long the server asks to wait, given what time it is: `Retry-After` is seconds or a date.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER.as_str())?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = parse_date(value)?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The first byte that a `206` answer holds.
pub fn content_start(headers: &HeaderMap) -> Option<u64> {
    let range = text(headers, CONTENT_RANGE.as_str())?.strip_prefix("bytes ")?;
    range.split_once('-')?.0.trim().parse().ok()
}

/// The offset in bytes at which the next chunk of an upload starts.
///
/// The `Range` of a `202` ends with the last byte that has arrived, so the answer is one more. A
/// new upload may say `0-0` as if it held one byte: ask this only after a chunk was sent.
///
/// Source: OCI distribution-spec 1.1, [pushing a blob in chunks][spec].
///
/// [spec]: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
pub fn next_offset(headers: &HeaderMap) -> Option<u64> {
    let range = text(headers, RANGE.as_str())?;
    let range = range.strip_prefix("bytes=").unwrap_or(range);
    range.strip_prefix("0-")?.parse::<u64>().ok()?.checked_add(1)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the one form in which dates are sent today.
fn parse_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split_once(", ")?.1.split(' ');
    let day: u64 = words.next()?.parse().ok()?;
    let month_name = words.next()?;
    let month = 1 + MONTHS.iter().position(|name| *name == month_name)? as u64;
    let year: u64 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.splitn(3, ':').map(str::parse::<u64>);
    let mut next = || clock.next()?.ok();
    let (hour, minute, second) = (next()?, next()?, next()?);
    if hour > 23 || minute > 59 || second > 60 || words.next() != Some("GMT") {
        return None;
    }
    let since_1970 = days_since_1970(year, month, day)?;
    let seconds = ((since_1970 * 24 + hour) * 60 + minute) * 60 + second;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// The days from the first of 1970 to a day of a year up to 9999; `None` for one that is earlier
/// or in no calendar.
pub fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    if year > 9999 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Counted in years that start in March, so that the leap day is the last.
    let (year, month) =
        if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    // Days from the first of March of year 0 to 1970.
    days.checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HeaderName;

    fn one(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn finds_the_next_page_among_links() {
        let next = |value: &str| next_page(&one("link", value)).map(str::to_owned);
        assert_eq!(
            next(r#"</v2/a/tags/list?n=2&last=b>; rel="next""#).unwrap(),
            "/v2/a/tags/list?n=2&last=b"
        );
        assert_eq!(
            next("<http://h/1,2>; rel=first, <x?last=1>; title=a; REL=\"up next\"").unwrap(),
            "x?last=1"
        );
        for none in ["", "<x", "<x>; rel=prev", "x; rel=next"] {
            assert_eq!(next(none), None, "{none}");
        }
    }

    #[test]
    fn reads_how_long_to_wait() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wait =
            |value: &str| retry_after(&one("retry-after", value), now).map(|wait| wait.as_secs());
        assert_eq!(wait("7"), Some(7));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:00 GMT"), Some(0));
        assert_eq!(wait("Tue, 29 Feb 2028 00:00:00 GMT"), Some(1_835_395_200 - 784_111_777));
        for none in ["", "-1", "soon", "Sun, 40 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8 GMT"] {
            assert_eq!(wait(none), None, "{none}");
        }
    }

    #[test]
    fn reads_warnings_and_ranges() {
        assert_eq!(warnings(&one("warning", r#"299 - "say \"hi\"""#)), [r#"say "hi""#]);
        assert!(warnings(&one("warning", "110 - \"stale\"")).is_empty());
        assert_eq!(content_start(&one("content-range", "bytes 5-9/10")), Some(5));
        assert_eq!(next_offset(&one("range", "0-1023")), Some(1024));
        assert_eq!(next_offset(&one("range", "1-2")), None);
        assert!(filtered_by_artifact_type(&one("oci-filters-applied", "x, artifactType")));
    }
}
