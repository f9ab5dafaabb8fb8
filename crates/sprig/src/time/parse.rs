//! Times from texts, in a layout.

mod zone;

use super::calendar::{Date, days_in, is_leap};
use super::instant::Instant;
use super::layout::{Element, Fraction, MONTHS, WEEKDAYS, next_chunk};
use super::zone::Zone;

/// Why a text is no time in a layout; the texts are Go's.
enum Problem {
    /// It has not the form of an element.
    Form,
    /// An element is past its range.
    Range(&'static str),
}

/// What has been read so far.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanoseconds: i64,
    /// Whether it says AM and PM, which it can both, once each.
    is_morning: bool,
    is_afternoon: bool,
    is_utc: bool,
    offset: Option<i64>,
    zone: Option<Vec<u8>>,
}

/// Reads a time; where the text names no zone it is in `local`.
///
/// # Errors
///
/// Go's words.
pub(super) fn parse(layout: &[u8], text: &[u8], local: &Zone) -> Result<Instant, String> {
    let cannot = |place: &[u8], element: &[u8]| {
        let (whole, layout) = (quote(text), quote(layout));
        let (place, element) = (quote(place), quote(element));
        format!("parsing time {whole} as {layout}: cannot parse {place} as {element}")
    };
    let wrong = |message: &str| format!("parsing time {}: {message}", quote(text));
    let mut fields = Fields::default();
    let (mut rest, mut layout_rest) = (text, layout);
    loop {
        let chunk = next_chunk(layout_rest);
        rest = skip(rest, chunk.prefix).map_err(|place| cannot(place, chunk.prefix))?;
        let Some((element, written)) = chunk.element else { break };
        layout_rest = chunk.rest;
        rest = fields.read(element, rest, layout_rest).map_err(|problem| match problem {
            Problem::Form => cannot(rest, written),
            Problem::Range(name) => wrong(&format!("{name} out of range")),
        })?;
    }
    if !rest.is_empty() {
        return Err(wrong(&format!("extra text: {}", quote(rest))));
    }
    let date = fields.date().map_err(wrong)?;
    Ok(Instant { home: local.clone(), ..fields.finish(date, local) })
}

/// Quotes as the time package does, with every byte that is not printable ASCII escaped.
pub(super) fn quote(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=0x7f => out.push(char::from(*byte)),
            _ => out.extend(format!("\\x{byte:02x}").chars()),
        }
    }
    out.push('"');
    out
}

/// Takes plain text of a layout off; spaces match any number of spaces.
fn skip<'t>(mut text: &'t [u8], mut prefix: &[u8]) -> Result<&'t [u8], &'t [u8]> {
    while let Some(first) = prefix.first() {
        if *first == b' ' {
            if text.first().is_some_and(|byte| *byte != b' ') {
                return Err(text);
            }
            (prefix, text) = (trim_spaces(prefix), trim_spaces(text));
            continue;
        }
        if text.first() != Some(first) {
            return Err(text);
        }
        (prefix, text) = (&prefix[1..], &text[1..]);
    }
    Ok(text)
}

fn trim_spaces(text: &[u8]) -> &[u8] {
    &text[text.iter().take_while(|byte| **byte == b' ').count()..]
}

/// One or two digits; two if `is_fixed`.
fn number(text: &[u8], is_fixed: bool) -> Result<(i64, &[u8]), Problem> {
    digits(text, 2, is_fixed)
}

fn digits(text: &[u8], most: usize, is_fixed: bool) -> Result<(i64, &[u8]), Problem> {
    let count = text.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || is_fixed && count != most {
        return Err(Problem::Form);
    }
    let fold = |number, digit: &u8| number * 10 + i64::from(digit - b'0');
    Ok((text[..count].iter().fold(0, fold), &text[count..]))
}

fn split(text: &[u8], width: usize) -> Result<(&[u8], &[u8]), Problem> {
    text.split_at_checked(width).ok_or(Problem::Form)
}

/// A name of a list, in any case; its place in the list.
fn name<'t>(
    text: &'t [u8],
    names: &[&str],
    width: Option<usize>,
) -> Result<(i64, &'t [u8]), Problem> {
    for (index, name) in (0..).zip(names) {
        let name = &name.as_bytes()[..width.unwrap_or(name.len())];
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Ok((index, &text[name.len()..]));
        }
    }
    Err(Problem::Form)
}

fn in_range(number: i64, range: std::ops::Range<i64>, name: &'static str) -> Result<(), Problem> {
    if range.contains(&number) { Ok(()) } else { Err(Problem::Range(name)) }
}

impl Fields {
    /// Reads one element; `layout` is what follows it.
    fn read<'t>(
        &mut self,
        element: Element,
        text: &'t [u8],
        layout: &[u8],
    ) -> Result<&'t [u8], Problem> {
        let rest;
        match element {
            Element::Hour => {
                (self.hour, rest) = number(text, false)?;
                in_range(self.hour, 0..24, "hour")?;
            }
            Element::Hour12 | Element::ZeroHour12 => {
                (self.hour, rest) = number(text, element == Element::ZeroHour12)?;
                in_range(self.hour, 0..13, "hour")?;
            }
            Element::Minute | Element::ZeroMinute => {
                (self.minute, rest) = number(text, element == Element::ZeroMinute)?;
                in_range(self.minute, 0..60, "minute")?;
            }
            Element::Second | Element::ZeroSecond => {
                let after;
                (self.second, after) = number(text, element == Element::ZeroSecond)?;
                in_range(self.second, 0..60, "second")?;
                rest = self.read_unasked_fraction(after, layout)?;
            }
            Element::HalfDay { is_upper } => {
                let (half, after) = split(text, 2)?;
                rest = after;
                match (half, is_upper) {
                    (b"PM", true) | (b"pm", false) => self.is_afternoon = true,
                    (b"AM", true) | (b"am", false) => self.is_morning = true,
                    _ => return Err(Problem::Form),
                }
            }
            Element::ZoneName if text.starts_with(b"UTC") => {
                self.is_utc = true;
                rest = &text[3..];
            }
            Element::ZoneName => {
                let (zone, after) = text.split_at(zone::width(text).ok_or(Problem::Form)?);
                (self.zone, rest) = (Some(zone.to_vec()), after);
            }
            Element::Offset(offset) => rest = self.read_offset(text, offset)?,
            Element::Fraction(fraction) => rest = self.read_fraction(text, fraction)?,
            date => rest = self.read_date(date, text)?,
        }
        Ok(rest)
    }

    fn read_date<'t>(&mut self, element: Element, text: &'t [u8]) -> Result<&'t [u8], Problem> {
        let spaces =
            |most: usize| &text[text.iter().take(most).take_while(|byte| **byte == b' ').count()..];
        let (read, rest) = match element {
            Element::Year => signed(text, 2)?,
            Element::LongYear if text.first().is_some_and(u8::is_ascii_digit) => signed(text, 4)?,
            Element::LongMonth => name(text, &MONTHS, None)?,
            Element::Month => name(text, &MONTHS, Some(3))?,
            Element::NumberMonth | Element::ZeroMonth => {
                number(text, element == Element::ZeroMonth)?
            }
            Element::LongWeekday => name(text, &WEEKDAYS, None)?,
            Element::Weekday => name(text, &WEEKDAYS, Some(3))?,
            Element::Day => number(text, false)?,
            Element::UnderDay => number(spaces(1), false)?,
            Element::ZeroDay => number(text, true)?,
            Element::UnderYearDay => digits(spaces(2), 3, false)?,
            Element::ZeroYearDay => digits(text, 3, true)?,
            _ => return Err(Problem::Form),
        };
        match element {
            Element::Year => self.year = read + if read >= 69 { 1900 } else { 2000 },
            Element::LongYear => self.year = read,
            Element::LongMonth | Element::Month => self.month = Some(read + 1),
            Element::NumberMonth | Element::ZeroMonth => {
                in_range(read, 1..13, "month")?;
                self.month = Some(read);
            }
            Element::Day | Element::UnderDay | Element::ZeroDay => self.day = Some(read),
            Element::UnderYearDay | Element::ZeroYearDay => self.year_day = Some(read),
            _ => {}
        }
        Ok(rest)
    }

    /// A fraction after the seconds may be there even if the layout has none.
    fn read_unasked_fraction<'t>(
        &mut self,
        text: &'t [u8],
        layout: &[u8],
    ) -> Result<&'t [u8], Problem> {
        let has_fraction = matches!(text, [b'.' | b',', digit, ..] if digit.is_ascii_digit());
        let is_asked = matches!(next_chunk(layout).element, Some((Element::Fraction(_), _)));
        if !has_fraction || is_asked {
            return Ok(text);
        }
        let digits = text[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.nanoseconds = nanoseconds(&text[..=digits])?;
        Ok(&text[digits + 1..])
    }

    fn read_fraction<'t>(
        &mut self,
        text: &'t [u8],
        fraction: Fraction,
    ) -> Result<&'t [u8], Problem> {
        let mut width = fraction.digits + 1;
        if fraction.is_trimmed {
            if !matches!(text, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
                return Ok(text);
            }
            width = 1 + text[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
        let (read, rest) = split(text, width)?;
        self.nanoseconds = nanoseconds(read)?;
        Ok(rest)
    }

    /// The date, once day of year, month and day agree.
    fn date(&self) -> Result<Date, &'static str> {
        let year = self.year;
        let (month, day) = match self.year_day {
            None => (self.month.unwrap_or(1), self.day.unwrap_or(1)),
            Some(mut rest) => {
                if !(1..=365 + i64::from(is_leap(year))).contains(&rest) {
                    return Err("day-of-year out of range");
                }
                let mut month = 1;
                while rest > days_in(month, year) {
                    rest -= days_in(month, year);
                    month += 1;
                }
                if self.month.is_some_and(|read| read != month) {
                    return Err("day-of-year does not match month");
                }
                if self.day.is_some_and(|read| read != rest) {
                    return Err("day-of-year does not match day");
                }
                (month, rest)
            }
        };
        if !(1..=days_in(month, year)).contains(&day) {
            return Err("day out of range");
        }
        Ok(Date { year, month, day })
    }

    fn finish(self, date: Date, local: &Zone) -> Instant {
        let hour = match self.hour {
            hour @ 0..12 if self.is_afternoon => hour + 12,
            12 if self.is_morning => 0,
            hour => hour,
        };
        let second = (hour * 60 + self.minute) * 60 + self.second;
        let nanoseconds = u32::try_from(self.nanoseconds).unwrap_or_default();
        let in_zone = |zone| Instant::at_clock(date, second, nanoseconds, zone);
        if self.is_utc {
            return in_zone(Zone::Utc);
        }
        let zone = self.zone.map(|zone| String::from_utf8_lossy(&zone).into_owned());
        // An offset of -1 second is Go's mark for none.
        if let Some(offset) = self.offset.filter(|offset| *offset != -1) {
            let mut time = in_zone(Zone::Utc);
            time.seconds -= offset;
            let there = local.at(time.seconds);
            let is_local = there.offset == offset
                && zone.as_ref().is_none_or(|zone| *zone == there.abbreviation);
            let name = zone.unwrap_or_default().into();
            return time.in_zone(if is_local {
                local.clone()
            } else {
                Zone::Fixed { name, offset }
            });
        }
        let Some(zone) = zone else { return in_zone(local.clone()) };
        let mut time = in_zone(Zone::Utc);
        if let Some(offset) = local.offset_of(&zone, time.seconds) {
            time.seconds -= offset;
            return time.in_zone(local.clone());
        }
        let hours = zone.strip_prefix("GMT").and_then(|hours| hours.parse::<i64>().ok());
        time.in_zone(Zone::Fixed { name: zone.into(), offset: hours.unwrap_or(0) * 3600 })
    }
}

/// A number of so many bytes, the first of which may be a sign.
fn signed(text: &[u8], width: usize) -> Result<(i64, &[u8]), Problem> {
    let (read, rest) = split(text, width)?;
    let number = str::from_utf8(read).ok().and_then(|read| read.parse().ok());
    number.map(|number| (number, rest)).ok_or(Problem::Form)
}

/// Nanoseconds of a fraction with its separator; digits after the ninth do not count.
fn nanoseconds(text: &[u8]) -> Result<i64, Problem> {
    if !matches!(text.first(), Some(b'.' | b',')) {
        return Err(Problem::Form);
    }
    let text = &text[1..text.len().min(10)];
    let (number, _) = signed(text, text.len())?;
    if number < 0 {
        return Err(Problem::Range("fractional second"));
    }
    let missing = u32::try_from(9 - text.len()).unwrap_or_default();
    Ok(number * 10_i64.pow(missing))
}
