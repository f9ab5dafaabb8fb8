use super::analysis::is_break;
use super::emitter::Emitter;

impl Emitter {
    pub(super) fn write_literal(&mut self, text: &str) {
        self.write_block_header("|", text);
        self.put_break();
        self.write_literal_lines(text);
    }

    /// Writes the lines of a text so that each line break stays one when it is folded.
    pub(super) fn write_folded_lines(&mut self, text: &str) {
        self.indention = true;
        self.whitespace = true;
        let first = text.trim_start_matches(is_break).chars().next();
        let starts_blank = first.is_none_or(|first| matches!(first, ' ' | '\t'));
        let (mut after_break, mut is_more_indented) = (true, true);
        for character in text.chars() {
            if is_break(character) {
                if !after_break && !is_more_indented && character == '\n' && !starts_blank {
                    self.put_break();
                }
                self.write_break(character);
                after_break = true;
            } else {
                if after_break {
                    self.write_indent();
                    is_more_indented = matches!(character, ' ' | '\t');
                }
                self.put(character);
                self.indention = false;
                after_break = false;
            }
        }
    }

    /// Writes the lines of a text, each indented.
    pub(super) fn write_literal_lines(&mut self, text: &str) {
        self.indention = true;
        self.whitespace = true;
        for line in text.split_inclusive(is_break) {
            let content = line.trim_end_matches(is_break);
            if !content.is_empty() {
                self.write_indent();
                self.put_run(content);
                self.indention = false;
            }
            if let Some(line_break) = line[content.len()..].chars().next() {
                self.write_break(line_break);
            }
        }
    }

    /// Writes what stands on the first line of a block scalar.
    pub(super) fn write_block_header(&mut self, indicator: &str, text: &str) {
        self.write_indicator(indicator, true, false, false);
        if text.starts_with(|first| first == ' ' || is_break(first)) {
            self.write_indicator("2", false, false, false);
        }
        let mut from_end = text.chars().rev();
        let hint = match (from_end.next().is_some_and(is_break), from_end.next()) {
            (false, _) => "-",
            (true, None) => "+",
            (true, Some(before)) if is_break(before) => "+",
            (true, Some(_)) => "",
        };
        if !hint.is_empty() {
            self.write_indicator(hint, false, false, false);
        }
    }
}
