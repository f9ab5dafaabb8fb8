//! Layouts: how Go writes what a time is to look like, by the example of a certain time.
//!
//! Source: Go 1.26, [time](https://pkg.go.dev/time@go1.26#pkg-constants).

/// One element of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongYear,
    Year,
    LongMonth,
    Month,
    NumberMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    /// `PM`, or `pm` if not in capitals.
    HalfDay {
        is_upper: bool,
    },
    /// `MST`
    ZoneName,
    Offset(Offset),
    Fraction(Fraction),
}

/// An offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// Whether UTC is `Z`.
    pub(super) is_iso: bool,
    pub(super) has_colons: bool,
    /// Hours alone, with minutes, or with seconds too.
    pub(super) parts: u8,
}

/// Parts of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) digits: usize,
    pub(super) separator: u8,
    /// Whether zeros at the end are left out.
    pub(super) is_trimmed: bool,
}

/// A layout up to and with its next element.
pub(super) struct Chunk<'l> {
    pub(super) prefix: &'l [u8],
    /// The element and how it is written; nothing if there is none any more.
    pub(super) element: Option<(Element, &'l [u8])>,
    pub(super) rest: &'l [u8],
}

/// Splits a layout after its next element.
pub(super) fn next_chunk(layout: &[u8]) -> Chunk<'_> {
    for start in 0..layout.len() {
        let Some((element, skipped, width)) = element_at(&layout[start..]) else { continue };
        let (start, end) = (start + skipped, start + width);
        return Chunk {
            prefix: &layout[..start],
            element: Some((element, &layout[start..end])),
            rest: &layout[end..],
        };
    }
    Chunk { prefix: layout, element: None, rest: b"" }
}

/// The element that a text starts with: what of it is plain text after all, and its end.
fn element_at(text: &[u8]) -> Option<(Element, usize, usize)> {
    use Element as E;
    let is_word = |length: usize| !text.get(length).is_some_and(u8::is_ascii_lowercase);
    let (element, width) = match text {
        [b'J', b'a', b'n', b'u', b'a', b'r', b'y', ..] => (E::LongMonth, 7),
        [b'J', b'a', b'n', ..] if is_word(3) => (E::Month, 3),
        [b'M', b'o', b'n', b'd', b'a', b'y', ..] => (E::LongWeekday, 6),
        [b'M', b'o', b'n', ..] if is_word(3) => (E::Weekday, 3),
        [b'M', b'S', b'T', ..] => (E::ZoneName, 3),
        [b'0', b'1', ..] => (E::ZeroMonth, 2),
        [b'0', b'2', ..] => (E::ZeroDay, 2),
        [b'0', b'3', ..] => (E::ZeroHour12, 2),
        [b'0', b'4', ..] => (E::ZeroMinute, 2),
        [b'0', b'5', ..] => (E::ZeroSecond, 2),
        [b'0', b'6', ..] => (E::Year, 2),
        [b'0', b'0', b'2', ..] => (E::ZeroYearDay, 3),
        [b'1', b'5', ..] => (E::Hour, 2),
        [b'1', ..] => (E::NumberMonth, 1),
        [b'2', b'0', b'0', b'6', ..] => (E::LongYear, 4),
        [b'2', ..] => (E::Day, 1),
        [b'_', b'2', b'0', b'0', b'6', ..] => return Some((E::LongYear, 1, 5)),
        [b'_', b'2', ..] => (E::UnderDay, 2),
        [b'_', b'_', b'2', ..] => (E::UnderYearDay, 3),
        [b'3', ..] => (E::Hour12, 1),
        [b'4', ..] => (E::Minute, 1),
        [b'5', ..] => (E::Second, 1),
        [b'P', b'M', ..] => (E::HalfDay { is_upper: true }, 2),
        [b'p', b'm', ..] => (E::HalfDay { is_upper: false }, 2),
        [b'-' | b'Z', b'0', b'7', ..] => offset_at(text),
        [separator @ (b'.' | b','), digit @ (b'0' | b'9'), ..] => {
            let digits = text[1..].iter().take_while(|byte| *byte == digit).count();
            if text.get(digits + 1).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            let is_trimmed = *digit == b'9';
            (E::Fraction(Fraction { digits, separator: *separator, is_trimmed }), digits + 1)
        }
        _ => return None,
    };
    Some((element, 0, width))
}

/// The offset that a text starts with, the longest there is.
fn offset_at(text: &[u8]) -> (Element, usize) {
    let (has_colons, parts, width) = match &text[3..] {
        [b'0', b'0', b'0', b'0', ..] => (false, 3, 7),
        [b':', b'0', b'0', b':', b'0', b'0', ..] => (true, 3, 9),
        [b'0', b'0', ..] => (false, 2, 5),
        [b':', b'0', b'0', ..] => (true, 2, 6),
        _ => (false, 1, 3),
    };
    (Element::Offset(Offset { is_iso: text[0] == b'Z', has_colons, parts }), width)
}

/// The names of the months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The names of the days of the week.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
