/// Whether the text is a date, or a date and a time, that YAML 1.1 writers may leave plain.
pub(super) fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let mut rest = Rest(&bytes[5..]);
    rest.is_date(&bytes[..4]).unwrap_or_default()
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// One or two digits below `limit`.
    fn number(&mut self, limit: u8) -> Option<u8> {
        let (number, rest) = match *self.0 {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', ref rest @ ..] => {
                ((a - b'0') * 10 + (b - b'0'), rest)
            }
            [a @ b'0'..=b'9', ref rest @ ..] => (a - b'0', rest),
            _ => return None,
        };
        self.0 = rest;
        (number < limit).then_some(number)
    }

    fn skip(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(())
    }

    /// Reads the month and everything after it.
    fn is_date(&mut self, year: &[u8]) -> Option<bool> {
        let month = self.number(13).filter(|&month| month > 0)?;
        self.skip(b'-')?;
        let day = self.number(100)?;
        match self.0.first() {
            None => {}
            Some(b'T' | b't') => {
                self.0 = &self.0[1..];
                self.time()?;
                self.zone()?;
            }
            Some(b' ') => {
                while self.skip(b' ').is_some() {}
                self.time()?;
            }
            Some(_) => return None,
        }
        let year = year.iter().fold(0, |year, digit| year * 10 + u32::from(digit - b'0'));
        Some(self.0.is_empty() && (1..=days_in(month, year)).contains(&day))
    }

    fn time(&mut self) -> Option<()> {
        self.number(24)?;
        self.skip(b':')?;
        self.number(60)?;
        self.skip(b':')?;
        self.number(60)?;
        if let [b'.' | b',', b'0'..=b'9', ..] = self.0 {
            let digits = self.0[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.0 = &self.0[1 + digits..];
        }
        Some(())
    }

    fn zone(&mut self) -> Option<()> {
        if self.skip(b'Z').is_some() {
            return Some(());
        }
        let &[b'+' | b'-', a, b, b':', c, d, ref rest @ ..] = self.0 else { return None };
        self.0 = rest;
        // People do write a whole day and a whole hour.
        Rest(&[a, b]).both_digits(25)?;
        Rest(&[c, d]).both_digits(61)
    }

    fn both_digits(&mut self, limit: u8) -> Option<()> {
        self.number(limit)?;
        self.0.is_empty().then_some(())
    }
}

const fn days_in(month: u8, year: u32) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn timestamps_are_what_go_accepts() {
        for text in [
            "2001-01-01",
            "2001-1-1",
            "2000-02-29",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14T21:59:43Z",
            "2001-12-14 21:59:43.10",
            "2001-12-14   1:2:3,5",
            "2001-12-14T1:2:3+24:60",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "2001-02-29",
            "2001-13-01",
            "2001-00-01",
            "2001-01-00",
            "2001-01",
            "2001-01-01T00:00:00",
            "2001-12-14 21:59:43.10 -5",
            "2001-12-14T24:00:00Z",
            "2001-12-14T1:2:3+25:00",
            "2001-12-14T1:2:3+2:000",
            "200-01-011",
            "2001-01-01 ",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
