use super::{Place, Printer};
use crate::edit::ScalarStyle;
use crate::print::analysis;
use crate::print::emitter::Style;

impl Printer {
    pub(super) fn scalar(&mut self, text: &str, style: ScalarStyle, place: Place) {
        let can_break = place != Place::SimpleKey;
        match self.style(text, style, place) {
            Style::Plain if text.is_empty() => self.emitter.indention = false,
            Style::Plain => self.emitter.plain(text),
            Style::SingleQuoted => self.emitter.write_single_quoted(text, can_break),
            Style::DoubleQuoted => self.emitter.write_double_quoted(text, can_break),
            Style::Literal => {
                self.block_header("|", text);
                self.emitter.write_literal_lines(text);
            }
            Style::Folded => {
                self.block_header(">", text);
                self.emitter.write_folded_lines(text);
            }
        }
    }

    fn block_header(&mut self, indicator: &str, text: &str) {
        self.emitter.write_block_header(indicator, text);
        if self.comments.line.is_empty() {
            self.put_break();
        } else {
            self.line_comment();
        }
        self.emitter.whitespace = true;
    }

    /// How a scalar can be written that should be written in one way.
    fn style(&self, text: &str, style: ScalarStyle, place: Place) -> Style {
        let analysis = analysis::analyze(text, false);
        let in_flow = self.flow_level > 0;
        let wanted = match style {
            ScalarStyle::Plain if text.contains('\n') => ScalarStyle::Literal,
            _ if place == Place::SimpleKey && analysis.multiline => ScalarStyle::DoubleQuoted,
            style => style,
        };
        let single_or_double =
            if analysis.single_quoted { Style::SingleQuoted } else { Style::DoubleQuoted };
        match wanted {
            ScalarStyle::Plain => {
                let is_free = analysis.plain && !(in_flow && is_flow_like(text));
                let is_seen = !text.is_empty() || !in_flow && place != Place::SimpleKey;
                if is_free && is_seen { Style::Plain } else { single_or_double }
            }
            ScalarStyle::SingleQuoted => single_or_double,
            ScalarStyle::Literal | ScalarStyle::Folded
                if !analysis.block || text.is_empty() || in_flow || place == Place::SimpleKey =>
            {
                Style::DoubleQuoted
            }
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        }
    }
}

/// Whether a text could end a plain scalar between brackets.
fn is_flow_like(text: &str) -> bool {
    text.contains([',', '?', '[', ']', '{', '}', ':'])
}
