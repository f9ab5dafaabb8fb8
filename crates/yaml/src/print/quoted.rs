use std::fmt::Write;

use super::analysis::{is_break, is_printable};
use super::emitter::Emitter;

impl Emitter {
    pub(super) fn write_single_quoted(&mut self, text: &str, can_break: bool) {
        self.write_indicator("'", true, false, false);
        let (mut after_space, mut after_break) = (false, false);
        let mut characters = text.chars().enumerate().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|&(_, next)| next);
            if character == ' ' {
                let is_inner = at > 0 && next.is_some();
                if can_break && !after_space && self.is_wide() && is_inner && next != Some(' ') {
                    self.write_indent();
                } else {
                    self.put(character);
                }
                after_space = true;
            } else if is_break(character) {
                if !after_break && character == '\n' {
                    self.put_break();
                }
                self.write_break(character);
                after_break = true;
            } else {
                if after_break {
                    self.write_indent();
                }
                if character == '\'' {
                    self.put('\'');
                }
                self.put(character);
                self.end_indention();
                (after_space, after_break) = (false, false);
            }
        }
        self.write_indicator("'", false, false, false);
    }

    pub(super) fn write_double_quoted(&mut self, text: &str, can_break: bool) {
        self.write_indicator("\"", true, false, false);
        // A mark at the start makes every character suspicious.
        let escapes_all = text.starts_with('\u{feff}');
        let is_escaped = |character: char| {
            escapes_all
                || !is_printable(character)
                || is_break(character)
                || matches!(character, '"' | '\\')
        };
        let mut after_space = false;
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let is_first = rest.len() == text.len();
            if is_escaped(character) {
                rest = &rest[character.len_utf8()..];
                self.write_escape(character);
                after_space = false;
            } else if character == ' ' {
                rest = &rest[1..];
                let next = rest.chars().next();
                let is_inner = !is_first && next.is_some();
                let breaks = can_break && !after_space && self.is_wide() && is_inner;
                self.write_quoted_space(breaks, next);
                after_space = true;
            } else {
                let is_end = |character| character == ' ' || is_escaped(character);
                let (run, behind) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
                self.put_run(run);
                rest = behind;
                after_space = false;
            }
        }
        self.write_indicator("\"", false, false, false);
    }

    /// Writes a blank, or a line break instead of it, after which another blank must be escaped.
    fn write_quoted_space(&mut self, breaks: bool, next: Option<char>) {
        if !breaks {
            return self.put(' ');
        }
        self.write_indent();
        if next == Some(' ') {
            self.put('\\');
        }
    }

    fn write_escape(&mut self, character: char) {
        let simple = match character {
            '\0' => '0',
            '\x07' => 'a',
            '\x08' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\x0b' => 'v',
            '\x0c' => 'f',
            '\r' => 'r',
            '\x1b' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{a0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => return self.write_numeric_escape(u32::from(character)),
        };
        self.put('\\');
        self.put(simple);
    }

    fn write_numeric_escape(&mut self, code: u32) {
        let before = self.out.len();
        // Writing to a string does not fail.
        let _ = match code {
            0..=0xff => write!(self.out, "\\x{code:02X}"),
            0x100..=0xffff => write!(self.out, "\\u{code:04X}"),
            _ => write!(self.out, "\\U{code:08X}"),
        };
        self.column += self.out.len() - before;
    }
}
