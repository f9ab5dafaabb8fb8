use super::analysis::{self, Analysis};
use super::{Dialect, PrintError, PrintLimits};
use crate::resolve::{Looks, looks};

/// What is around a node, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Document,
    List,
    /// The value of a mapping.
    Mapping,
    /// A key that is followed by its `:` on the same line.
    SimpleKey,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// Line width of the first dialect, in characters.
const WIDTH: usize = 80;

/// The longest key that is written before a `:` on its line, in bytes.
const MAX_SIMPLE_KEY: usize = 128;

/// Indentation, to be written in one go.
const BLANKS: &str = "                                                                ";

/// Writes YAML piece by piece, and remembers what it needs to know of what it has written.
pub(super) struct Emitter {
    pub(super) out: String,
    pub(super) dialect: Dialect,
    pub(super) limits: PrintLimits,
    pub(super) column: usize,
    width: usize,
    /// Negative before the first collection.
    pub(super) indent: isize,
    /// Whether the last character was a blank, or as good as one.
    pub(super) whitespace: bool,
    /// Whether there are only blanks and indicators such as `-` on this line.
    pub(super) indention: bool,
    /// Collections that are open.
    depth: usize,
}

impl Emitter {
    pub(super) fn new(dialect: Dialect, limits: PrintLimits) -> Self {
        let width = if dialect == Dialect::V2 { WIDTH } else { usize::MAX };
        Self {
            out: String::new(),
            dialect,
            limits,
            column: 0,
            width,
            indent: -1,
            whitespace: true,
            indention: true,
            depth: 0,
        }
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> Result<String, PrintError> {
        self.indent = -1;
        self.write_indent();
        self.finish_as_it_is()
    }

    /// Gives what is written.
    pub(super) fn finish_as_it_is(self) -> Result<String, PrintError> {
        self.check_size()?;
        Ok(self.out)
    }

    pub(super) fn check_size(&self) -> Result<(), PrintError> {
        let limit = self.limits.bytes;
        if self.out.len() > limit { Err(PrintError::TooLarge { limit }) } else { Ok(()) }
    }

    /// Starts a list; an empty one is whole with it. Gives what [`end`](Self::end) needs.
    pub(super) fn start_list(&mut self, is_empty: bool, place: Place) -> Result<isize, PrintError> {
        let before = self.indent;
        self.enter()?;
        if is_empty {
            self.write_indicator("[", true, true, false);
            self.write_indicator("]", false, false, false);
            return Ok(before);
        }
        let is_indentless =
            self.dialect == Dialect::V2 && place == Place::Mapping && !self.indention;
        self.increase_indent(false, is_indentless);
        Ok(before)
    }

    /// Goes to the next item of the list.
    pub(super) fn item(&mut self) {
        self.write_indent();
        self.write_indicator("-", true, false, true);
    }

    /// Starts a mapping; an empty one is whole with it. Gives what [`end`](Self::end) needs.
    pub(super) fn start_map(&mut self, is_empty: bool) -> Result<isize, PrintError> {
        let before = self.indent;
        self.enter()?;
        if is_empty {
            self.write_indicator("{", true, true, false);
            self.write_indicator("}", false, false, false);
        } else {
            self.increase_indent(false, false);
        }
        Ok(before)
    }

    /// Ends a list or a mapping.
    pub(super) fn end(&mut self, before: isize) {
        self.indent = before;
        self.depth -= 1;
    }

    fn enter(&mut self) -> Result<(), PrintError> {
        self.depth += 1;
        let PrintLimits { bytes, depth } = self.limits;
        if self.depth > depth {
            return Err(PrintError::TooDeep { limit: depth });
        }
        if self.out.len() > bytes {
            return Err(PrintError::TooLarge { limit: bytes });
        }
        Ok(())
    }

    /// Writes a key; its value comes next.
    pub(super) fn key(&mut self, key: &str) {
        self.write_indent();
        let analysis = self.analyze(key);
        if !analysis.multiline && key.len() <= MAX_SIMPLE_KEY {
            self.write_text(key, analysis, Place::SimpleKey);
            self.write_indicator(":", false, false, false);
        } else {
            self.write_indicator("?", true, false, true);
            self.write_text(key, analysis, Place::Mapping);
            self.write_indent();
            self.write_indicator(":", true, false, true);
        }
    }

    /// Writes bytes that are no text as base64.
    pub(super) fn binary(&mut self, base64: &str) {
        self.write_indicator("!!binary", true, false, false);
        let before = self.indent;
        self.increase_indent(true, false);
        if base64.contains('\n') {
            self.write_literal(base64);
        } else {
            self.write_plain(base64, true);
        }
        self.indent = before;
    }

    /// Writes a key of bytes that are no text.
    pub(super) fn binary_key(&mut self, base64: &str) {
        self.write_indent();
        // The tag counts too.
        let is_simple = !base64.contains('\n') && base64.len() + "!!binary".len() <= MAX_SIMPLE_KEY;
        if is_simple {
            self.binary(base64);
            self.write_indicator(":", false, false, false);
        } else {
            self.write_indicator("?", true, false, true);
            self.binary(base64);
            self.write_indent();
            self.write_indicator(":", true, false, true);
        }
    }

    /// Writes what is plain and no text: a number, a truth value or null.
    pub(super) fn plain(&mut self, text: &str) {
        self.write_plain(text, true);
    }

    /// Writes a text.
    pub(super) fn text(&mut self, text: &str, place: Place) {
        let analysis = self.analyze(text);
        self.write_text(text, analysis, place);
    }

    fn analyze(&self, text: &str) -> Analysis {
        analysis::analyze(text, self.dialect == Dialect::V2)
    }

    fn write_text(&mut self, text: &str, analysis: Analysis, place: Place) {
        let before = self.indent;
        self.increase_indent(true, false);
        let can_break = place != Place::SimpleKey;
        match self.style(text, analysis, place) {
            Style::Plain => self.write_plain(text, can_break),
            Style::SingleQuoted => self.write_single_quoted(text, can_break),
            Style::DoubleQuoted => self.write_double_quoted(text, can_break),
            Style::Literal | Style::Folded => self.write_literal(text),
        }
        self.indent = before;
    }

    fn style(&self, text: &str, analysis: Analysis, place: Place) -> Style {
        if text.contains('\n') {
            let is_literal = analysis.block && place != Place::SimpleKey;
            return if is_literal { Style::Literal } else { Style::DoubleQuoted };
        }
        if !self.reads_as_text(text) {
            return Style::DoubleQuoted;
        }
        match analysis {
            Analysis { plain: true, .. } => Style::Plain,
            Analysis { single_quoted: true, .. } => Style::SingleQuoted,
            _ => Style::DoubleQuoted,
        }
    }

    /// Whether a plain scalar of this text would be read as text.
    fn reads_as_text(&self, text: &str) -> bool {
        // Words that were truth values in YAML 1.1 are quoted in both dialects.
        looks(text, true) == Looks::Text
            && !is_base_60(text)
            && !(self.dialect == Dialect::V3 && is_new_octal(text))
    }

    pub(super) fn increase_indent(&mut self, is_flow: bool, is_indentless: bool) {
        if self.indent < 0 {
            self.indent = if is_flow { 2 } else { 0 };
        } else if !is_indentless {
            self.indent += 2;
        }
    }

    pub(super) fn is_wide(&self) -> bool {
        self.column > self.width
    }

    pub(super) fn put(&mut self, character: char) {
        self.out.push(character);
        self.column += 1;
    }

    /// Writes characters that stand for themselves, without line breaks.
    pub(super) fn put_run(&mut self, run: &str) {
        self.out.push_str(run);
        self.column += if run.is_ascii() { run.len() } else { run.chars().count() };
    }

    pub(super) fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// Writes a line break of the text.
    pub(super) fn write_break(&mut self, character: char) {
        self.out.push(character);
        self.column = 0;
        self.indention = true;
    }

    /// Notes that something else than blanks and indicators was written.
    pub(super) const fn end_indention(&mut self) {
        self.indention = false;
    }

    pub(super) fn write_indent(&mut self) {
        let indent = self.indent.max(0).cast_unsigned();
        if !self.indention || self.column > indent || self.column == indent && !self.whitespace {
            self.put_break();
        }
        while self.column < indent {
            let blanks = &BLANKS[..BLANKS.len().min(indent - self.column)];
            self.out.push_str(blanks);
            self.column += blanks.len();
        }
        self.whitespace = true;
        self.indention = true;
    }

    pub(super) fn write_indicator(
        &mut self,
        indicator: &str,
        needs_whitespace: bool,
        is_whitespace: bool,
        is_indention: bool,
    ) {
        if needs_whitespace && !self.whitespace {
            self.put(' ');
        }
        self.out.push_str(indicator);
        self.column += indicator.len();
        self.whitespace = is_whitespace;
        self.indention &= is_indention;
    }

    fn write_plain(&mut self, text: &str, can_break: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        if !can_break || self.column + text.len() <= self.width {
            self.put_run(text);
        } else {
            self.write_folded(text);
        }
        self.whitespace = false;
        self.indention = false;
    }

    /// Writes plain text and goes to a new line at the first blank after the width.
    fn write_folded(&mut self, text: &str) {
        let mut after_space = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let is_space = character == ' ';
            if is_space && !after_space && self.is_wide() && characters.peek() != Some(&' ') {
                self.write_indent();
            } else {
                self.put(character);
            }
            if !is_space {
                self.indention = false;
            }
            after_space = is_space;
        }
    }
}

/// Whether it could be read as a number to the base 60, such as `1:20`.
fn is_base_60(text: &str) -> bool {
    let Some((first, rest)) = text.split_once(':') else { return false };
    let first = first.strip_prefix(['+', '-']).unwrap_or(first);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if !first.starts_with(|digit: char| digit.is_ascii_digit()) || !is_digits(first) {
        return false;
    }
    let (minutes, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    is_digits(fraction)
        && minutes
            .split(':')
            .all(|part| matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']))
}

/// Whether YAML 1.2 reads it as an octal number but Go does not, such as `0o+7`.
fn is_new_octal(text: &str) -> bool {
    if !text.starts_with('0') {
        return false;
    }
    let plain = text.replace('_', "");
    let Some(digits) = plain.strip_prefix("0o") else { return false };
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    digits.bytes().all(|digit| digit.is_ascii_digit()) && i64::from_str_radix(digits, 8).is_ok()
}
