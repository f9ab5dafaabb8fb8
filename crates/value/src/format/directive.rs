use super::printer::{Flags, Printer};
use crate::{Value, unicode};

/// The largest width, precision or argument number that a format may give.
const MAX_NUMBER: usize = 1_000_000;

/// Where a format string is being read.
struct Directives<'a> {
    format: &'a [u8],
    at: usize,
    values: &'a [Value],
    /// The next value.
    value: usize,
    /// Whether values were addressed by number: then left ones are not complained about.
    reordered: bool,
    /// Whether the last number of a value was one that there is.
    good_number: bool,
    /// Whether a number of a value was just read.
    after_number: bool,
}

/// Prints a format string with its values.
pub(super) fn run(printer: &mut Printer<'_>, format: &[u8], values: &[Value]) {
    let mut state = Directives {
        format,
        at: 0,
        values,
        value: 0,
        reordered: false,
        good_number: true,
        after_number: false,
    };
    while state.at < format.len() && !printer.has_failed() {
        let rest = &format[state.at..];
        let literal = rest.iter().position(|byte| *byte == b'%').unwrap_or(rest.len());
        printer.out.extend_from_slice(&rest[..literal]);
        state.at += literal;
        if state.at < format.len() {
            state.at += 1;
            state.directive(printer);
        }
    }
    if !state.reordered && state.value < values.len() {
        extra(printer, &values[state.value..]);
    }
}

fn extra(printer: &mut Printer<'_>, values: &[Value]) {
    printer.flags = Flags::default();
    printer.write("%!(EXTRA ");
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            printer.write(", ");
        }
        match value.kind() {
            None => printer.write("<nil>"),
            Some(kind) => {
                printer.write(&kind.to_string());
                printer.write("=");
                printer.argument(value, 'v');
            }
        }
    }
    printer.write(")");
}

impl Directives<'_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// One directive; the percent sign is past.
    fn directive(&mut self, printer: &mut Printer<'_>) {
        self.good_number = true;
        // Go leaves this as it was before, for a directive without flags, width and number.
        let mut flags = self.flags();
        if let Some(verb @ b'a'..=b'z') = self.peek()
            && self.value < self.values.len()
        {
            self.at += 1;
            return self.print(printer, char::from(verb), flags);
        }
        self.number();
        self.width(printer, &mut flags);
        self.precision(printer, &mut flags);
        if !self.after_number {
            self.number();
        }
        if self.at >= self.format.len() {
            return printer.write("%!(NOVERB)");
        }
        let (verb, width) = unicode::decode(&self.format[self.at..]);
        let verb = verb.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.at += width;
        if verb == '%' {
            return printer.write("%");
        }
        if !self.good_number {
            return printer.write(&format!("%!{verb}(BADINDEX)"));
        }
        if self.value >= self.values.len() {
            return printer.write(&format!("%!{verb}(MISSING)"));
        }
        self.print(printer, verb, flags);
    }

    fn print(&mut self, printer: &mut Printer<'_>, verb: char, mut flags: Flags) {
        if verb == 'v' || verb == 'w' {
            flags.sharp_v = std::mem::take(&mut flags.sharp);
            flags.plus_v = std::mem::take(&mut flags.plus);
        }
        printer.flags = flags;
        printer.argument(&self.values[self.value], verb);
        self.value += 1;
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => break,
            }
            self.at += 1;
        }
        flags
    }

    fn width(&mut self, printer: &mut Printer<'_>, flags: &mut Flags) {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let width = self.integer();
            if width.is_none() {
                printer.write("%!(BADWIDTH)");
            }
            if width.is_some_and(|width| width < 0) {
                flags.minus = true;
                flags.zero = false;
            }
            flags.width = width.and_then(|width| usize::try_from(width.unsigned_abs()).ok());
            self.after_number = false;
        } else {
            flags.width = self.decimal();
            if self.after_number && flags.width.is_some() {
                self.good_number = false;
            }
        }
    }

    fn precision(&mut self, printer: &mut Printer<'_>, flags: &mut Flags) {
        if self.peek() != Some(b'.') || self.at + 1 >= self.format.len() {
            return;
        }
        self.at += 1;
        if self.after_number {
            self.good_number = false;
        }
        self.number();
        if self.peek() == Some(b'*') {
            self.at += 1;
            flags.precision = self.integer().and_then(|number| usize::try_from(number).ok());
            if flags.precision.is_none() {
                printer.write("%!(BADPREC)");
            }
            self.after_number = false;
        } else {
            flags.precision = Some(self.decimal().unwrap_or(0));
        }
    }

    /// A decimal number; one that is too large swallows the rest of the format.
    fn decimal(&mut self) -> Option<usize> {
        let (number, at) = decimal(self.format, self.at, self.format.len());
        self.at = at;
        number
    }

    /// The next value, as a width or precision.
    fn integer(&mut self) -> Option<i64> {
        let value = self.values.get(self.value)?;
        self.value += 1;
        let number = match value {
            Value::Int(_, number) => Some(*number),
            Value::Uint(_, number) => i64::try_from(*number).ok(),
            Value::Object(object) => match object.underlying() {
                Some(Value::Int(_, number)) => Some(number),
                _ => None,
            },
            _ => None,
        };
        number.filter(|number| number.unsigned_abs() <= MAX_NUMBER as u64)
    }

    /// The number of a value in brackets, if there is one here.
    fn number(&mut self) {
        self.after_number = false;
        if self.peek() != Some(b'[') {
            return;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let close = if rest.len() < 3 { None } else { rest.iter().position(|byte| *byte == b']') };
        let Some(close) = close else {
            self.at += 1;
            self.good_number = false;
            return;
        };
        let (number, end) = decimal(rest, 1, close);
        self.at += close + 1;
        let number = number.filter(|_| end == close);
        self.after_number = number.is_some();
        match number.and_then(|number| number.checked_sub(1)) {
            Some(index) if index < self.values.len() => self.value = index,
            _ => self.good_number = false,
        }
    }
}

fn decimal(format: &[u8], start: usize, end: usize) -> (Option<usize>, usize) {
    let mut number = None;
    let mut at = start;
    while at < end && format[at].is_ascii_digit() {
        let before = number.unwrap_or(0);
        if before > MAX_NUMBER {
            return (None, end);
        }
        number = Some(before * 10 + usize::from(format[at] - b'0'));
        at += 1;
    }
    (number, at)
}
