//! A point in time with its zone, which is what Go's `time.Time` is.

use super::calendar::{Date, from_days, to_days, year_day};
use super::layout::{Element, Fraction, MONTHS, Offset, WEEKDAYS, next_chunk};
use super::zone::{Local, Zone};

const DAY: i64 = 86_400;
/// The first second of Go's calendar, in March of the year -292277022400.
const START: i64 = -9_223_372_028_741_760_000;

/// A point in time.
#[derive(Clone, Debug)]
pub(super) struct Instant {
    /// Since 1970 in UTC.
    pub(super) seconds: i64,
    pub(super) nanoseconds: u32,
    pub(super) zone: Zone,
    /// The zone of the machine.
    pub(super) home: Zone,
    /// Whether it comes from the clock, which shows when it is printed.
    pub(super) is_reading: bool,
}

/// Date and time of day, and the zone then.
pub(super) struct Clock {
    pub(super) date: Date,
    pub(super) weekday: usize,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) local: Local,
}

impl Instant {
    /// The zero time: the start of the year 1.
    pub(super) const ZERO: Self = Self {
        seconds: -62_135_596_800,
        nanoseconds: 0,
        zone: Zone::Utc,
        home: Zone::Utc,
        is_reading: false,
    };

    /// A time in the zone of the machine.
    pub(super) fn new(seconds: i64, nanoseconds: u32, home: Zone) -> Self {
        Self { seconds, nanoseconds, zone: home.clone(), home, is_reading: false }
    }

    /// The time at which clocks of a zone show a date and seconds of that day.
    pub(super) fn at_clock(date: Date, second: i64, nanoseconds: u32, zone: Zone) -> Self {
        let clock = to_days(date).wrapping_mul(DAY).wrapping_add(second);
        let guess = zone.at(clock).offset;
        let offset = if guess == 0 { 0 } else { zone.at(clock.wrapping_sub(guess)).offset };
        Self::new(clock.wrapping_sub(offset), nanoseconds, zone)
    }

    /// The same time in another zone.
    pub(super) fn in_zone(&self, zone: Zone) -> Self {
        Self { zone, is_reading: false, ..self.clone() }
    }

    /// So many nanoseconds later.
    pub(super) fn plus(&self, nanoseconds: i64) -> Self {
        const SECOND: i64 = 1_000_000_000;
        let total = i64::from(self.nanoseconds) + nanoseconds.rem_euclid(SECOND);
        let seconds = self.seconds.wrapping_add(nanoseconds.div_euclid(SECOND));
        Self {
            seconds: seconds.wrapping_add(total / SECOND),
            nanoseconds: u32::try_from(total % SECOND).unwrap_or_default(),
            ..self.clone()
        }
    }

    /// The nanoseconds since another time; the nearest there are if those are too many.
    pub(super) fn since(&self, other: &Self) -> i64 {
        let nanoseconds = self.since_zero().saturating_sub(other.since_zero());
        i64::try_from(nanoseconds).unwrap_or(if nanoseconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// Nanoseconds since the zero time, by which Go compares; as its seconds they wrap.
    pub(super) fn since_zero(&self) -> i128 {
        let seconds = self.seconds.wrapping_sub(Self::ZERO.seconds);
        i128::from(seconds) * 1_000_000_000 + i128::from(self.nanoseconds)
    }

    /// Nanoseconds since 1970.
    pub(super) fn total(&self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanoseconds)
    }

    pub(super) fn clock(&self) -> Clock {
        let local = self.zone.at(self.seconds);
        // As in Go the calendar starts there, and what would be before it comes after its end.
        let since_start = self.seconds.wrapping_add(local.offset).wrapping_sub(START);
        let days = (since_start.cast_unsigned() / DAY.unsigned_abs()).cast_signed() + START / DAY;
        let second = (since_start.cast_unsigned() % DAY.unsigned_abs()).cast_signed();
        Clock {
            date: from_days(days),
            weekday: usize::try_from((days + 4).rem_euclid(7)).unwrap_or_default(),
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            local,
        }
    }

    /// The time in a layout.
    pub(super) fn format(&self, mut layout: &[u8]) -> Vec<u8> {
        let clock = self.clock();
        let mut out = Vec::with_capacity(layout.len() + 8);
        loop {
            let chunk = next_chunk(layout);
            out.extend_from_slice(chunk.prefix);
            let Some((element, _)) = chunk.element else { return out };
            match element {
                Element::Fraction(fraction) => self.put_fraction(&mut out, fraction),
                element => out.extend_from_slice(clock.show(element).as_bytes()),
            }
            layout = chunk.rest;
        }
    }

    fn put_fraction(&self, out: &mut Vec<u8>, fraction: Fraction) {
        let Fraction { digits, separator, is_trimmed } = fraction;
        if is_trimmed && self.nanoseconds == 0 {
            return;
        }
        let text = format!("{:09}", self.nanoseconds);
        let mut text = &text[..digits.min(9)];
        if is_trimmed {
            text = text.trim_end_matches('0');
        }
        if !(is_trimmed && text.is_empty()) {
            out.push(separator);
            out.extend_from_slice(text.as_bytes());
        }
    }

    /// How Go prints it.
    pub(super) fn print(&self) -> String {
        let text = self.format(b"2006-01-02 15:04:05.999999999 -0700 MST");
        let mut text = String::from_utf8_lossy(&text).into_owned();
        if self.is_reading {
            text.push_str(" m=+0.000000000");
        }
        text
    }
}

impl Clock {
    /// How an element of a layout shows.
    fn show(&self, element: Element) -> String {
        let Self { date, hour, minute, second, .. } = self;
        let hour12 = match hour % 12 {
            0 => 12,
            hour => hour,
        };
        let month = usize::try_from(date.month - 1).unwrap_or_default();
        match element {
            Element::LongYear => padded(date.year, 4),
            Element::Year => padded(date.year.abs() % 100, 2),
            Element::LongMonth => MONTHS[month].to_owned(),
            Element::Month => MONTHS[month][..3].to_owned(),
            Element::NumberMonth => date.month.to_string(),
            Element::ZeroMonth => padded(date.month, 2),
            Element::LongWeekday => WEEKDAYS[self.weekday].to_owned(),
            Element::Weekday => WEEKDAYS[self.weekday][..3].to_owned(),
            Element::Day => date.day.to_string(),
            Element::UnderDay => format!("{:2}", date.day),
            Element::ZeroDay => padded(date.day, 2),
            Element::UnderYearDay => format!("{:3}", year_day(*date)),
            Element::ZeroYearDay => padded(year_day(*date), 3),
            Element::Hour => padded(*hour, 2),
            Element::Hour12 => hour12.to_string(),
            Element::ZeroHour12 => padded(hour12, 2),
            Element::Minute => minute.to_string(),
            Element::ZeroMinute => padded(*minute, 2),
            Element::Second => second.to_string(),
            Element::ZeroSecond => padded(*second, 2),
            Element::HalfDay { is_upper } => match (is_upper, *hour >= 12) {
                (true, true) => "PM",
                (true, false) => "AM",
                (false, true) => "pm",
                (false, false) => "am",
            }
            .to_owned(),
            Element::ZoneName if !self.local.abbreviation.is_empty() => {
                self.local.abbreviation.clone()
            }
            Element::ZoneName => self.offset(Offset { is_iso: false, has_colons: false, parts: 2 }),
            Element::Offset(offset) => self.offset(offset),
            Element::Fraction(_) => String::new(),
        }
    }

    fn offset(&self, layout: Offset) -> String {
        let offset = self.local.offset;
        if layout.is_iso && offset == 0 {
            return "Z".to_owned();
        }
        let minutes = (offset / 60).abs();
        let mut text = format!("{}{:02}", if offset / 60 < 0 { '-' } else { '+' }, minutes / 60);
        // Go takes the seconds of a negative offset of less than a minute for what they are.
        let seconds = if offset / 60 < 0 { -offset } else { offset } % 60;
        for part in [minutes % 60, seconds].into_iter().take(usize::from(layout.parts) - 1) {
            text.push_str(if layout.has_colons { ":" } else { "" });
            text.push_str(&padded(part, 2));
        }
        text
    }
}

/// A number with zeros before it, after the sign.
fn padded(number: i64, width: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{:0width$}", number.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_show_a_time() {
        let time = Instant::new(1_625_403_909, 678_000_000, Zone::Utc);
        for (layout, want) in [
            ("Mon Jan _2 15:04:05 MST 2006", "Sun Jul  4 13:05:09 UTC 2021"),
            ("2006-01-02T15:04:05.000Z07:00", "2021-07-04T13:05:09.678Z"),
            ("3:04PM .99 ,9 002 __2 -07", "1:05PM .67 ,6 185 185 +00"),
            ("January Monday 06 1 2 03 4 5 pm", "July Sunday 21 7 4 01 5 9 pm"),
            ("Janus .0x ,00", "Janus .6x ,67"),
        ] {
            assert_eq!(String::from_utf8(time.format(layout.as_bytes())).unwrap(), want);
        }
        assert_eq!(Instant::ZERO.print(), "0001-01-01 00:00:00 +0000 UTC");
    }
}
