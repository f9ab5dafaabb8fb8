use std::fmt;

/// A point in time as locks have it: with its zone, as precise as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Seconds since 1970, in UTC.
    seconds: i64,
    nanoseconds: u32,
    /// Minutes that the zone is ahead of UTC.
    offset: i32,
}

/// Why a text is no time, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// No text at all.
    #[error("Time.UnmarshalJSON: input is not a JSON string")]
    NotText,
    /// Not of the form of RFC 3339.
    #[error(
        "parsing time {} as \"2006-01-02T15:04:05Z07:00\": cannot parse {} as \"{part}\"",
        crate::quote::quote(text),
        crate::quote::quote(rest)
    )]
    Form {
        /// The text.
        text: String,
        /// What is left of it where it goes wrong.
        rest: String,
        /// What should be there, in Go's notation.
        part: &'static str,
    },
    /// A number out of its range.
    #[error("parsing time {}: {part} out of range", crate::quote::quote(text))]
    Range {
        /// The text.
        text: String,
        /// What the number stands for.
        part: &'static str,
    },
}

impl Default for Time {
    /// Go's zero time, the start of year 1.
    fn default() -> Self {
        Self { seconds: -62_135_596_800, nanoseconds: 0, offset: 0 }
    }
}

impl Time {
    /// So many seconds after the start of 1970, in UTC.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0, offset: 0 }
    }

    /// Seconds since the start of 1970.
    pub const fn seconds(&self) -> i64 {
        self.seconds
    }

    /// The nearest second since the start of 1970, as archives have it.
    pub(crate) const fn nearest_second(&self) -> i64 {
        if self.nanoseconds < 500_000_000 { self.seconds } else { self.seconds.saturating_add(1) }
    }

    /// Whether it is Go's zero time.
    pub fn is_zero(&self) -> bool {
        self.seconds == Self::default().seconds && self.nanoseconds == 0
    }

    /// Parses the form of RFC 3339.
    ///
    /// # Errors
    ///
    /// If the text has another form or a number is out of its range.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let mut scan = Scan { text, rest: text };
        let year = scan.digits(4, "2006")?;
        scan.mark("-")?;
        let month = scan.digits(2, "01")?;
        scan.mark("-")?;
        let day = scan.digits(2, "02")?;
        scan.mark("T")?;
        let hour = scan.digits(2, "15")?;
        scan.mark(":")?;
        let minute = scan.digits(2, "04")?;
        scan.mark(":")?;
        let second = scan.digits(2, "05")?;
        let nanoseconds = scan.fraction();
        let offset = scan.zone()?;
        if !scan.rest.is_empty() {
            return Err(scan.form("Z07:00"));
        }
        let range = |part| TimeError::Range { text: text.to_owned(), part };
        if !(1..=12).contains(&month) {
            return Err(range("month"));
        }
        if !(1..=days_in(year, month)).contains(&day) {
            return Err(range("day"));
        }
        for (value, limit, part) in
            [(hour, 24, "hour"), (minute, 60, "minute"), (second, 60, "second")]
        {
            if value >= limit {
                return Err(range(part));
            }
        }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
        Ok(Self { seconds: seconds - i64::from(offset) * 60, nanoseconds, offset })
    }
}

impl fmt::Display for Time {
    /// As RFC 3339 with as many digits of the second as there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.seconds + i64::from(self.offset) * 60;
        let (day, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        let (year, month, day) = date(day);
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}", second % 60)?;
        if self.nanoseconds > 0 {
            let digits = format!("{:09}", self.nanoseconds);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", self.offset.abs() / 60, self.offset.abs() % 60)
    }
}

struct Scan<'a> {
    text: &'a str,
    rest: &'a str,
}

impl Scan<'_> {
    fn form(&self, part: &'static str) -> TimeError {
        TimeError::Form { text: self.text.to_owned(), rest: self.rest.to_owned(), part }
    }

    fn mark(&mut self, mark: &'static str) -> Result<(), TimeError> {
        self.rest = self.rest.strip_prefix(mark).ok_or_else(|| self.form(mark))?;
        Ok(())
    }

    fn digits(&mut self, count: usize, part: &'static str) -> Result<i64, TimeError> {
        let digits = self.rest.get(..count).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let number =
            digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| self.form(part))?;
        self.rest = &self.rest[count..];
        Ok(number)
    }

    fn fraction(&mut self) -> u32 {
        let Some(rest) = self.rest.strip_prefix('.') else { return 0 };
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return 0;
        }
        let digits: String = rest[..length].chars().chain("000000000".chars()).take(9).collect();
        self.rest = &rest[length..];
        digits.parse().unwrap_or_default()
    }

    fn zone(&mut self) -> Result<i32, TimeError> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(0);
        }
        let sign = match self.rest.as_bytes().first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Err(self.form("Z07:00")),
        };
        let bad = self.form("Z07:00");
        self.rest = &self.rest[1..];
        let hours = self.digits(2, "Z07:00").map_err(|_| bad.clone())?;
        self.mark(":").map_err(|_| bad.clone())?;
        let minutes = self.digits(2, "Z07:00").map_err(|_| bad)?;
        if hours > 24 || minutes > 60 {
            let part = if hours > 24 { "time zone offset hour" } else { "time zone offset minute" };
            return Err(TimeError::Range { text: self.text.to_owned(), part });
        }
        Ok(sign * i32::try_from(hours * 60 + minutes).unwrap_or_default())
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, by eras of 400 years that begin in
/// March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

/// The inverse of [`days`].
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for text in [
            "2020-02-29T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "2023-10-11T11:54:26.123456789+02:00",
            "1969-12-31T23:59:59.5-11:30",
        ] {
            assert_eq!(Time::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Time::from_seconds(951_782_400).to_string(), "2000-02-29T00:00:00Z");
        assert!(Time::default().is_zero());
    }

    #[test]
    fn says_what_go_says() {
        let cases = [
            ("foo", "cannot parse \"foo\" as \"2006\""),
            ("2020-01-01", "cannot parse \"\" as \"T\""),
            ("2020-01-01T00:00:00", "cannot parse \"\" as \"Z07:00\""),
            ("2020-13-01T00:00:00Z", "month out of range"),
            ("2021-02-29T00:00:00Z", "day out of range"),
        ];
        for (text, want) in cases {
            let error = Time::parse(text).unwrap_err().to_string();
            assert!(error.ends_with(want), "{error}");
        }
    }
}
