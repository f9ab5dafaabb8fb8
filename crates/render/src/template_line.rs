//! Which line of a template made a line of its text.
//!
//! Templates do not say what came from where, so this is a guess by what stands outside of
//! actions. It is for showing a place, and nothing is decided by it.

use std::ops::Range;

/// Lines above one that an action made as a whole.
const MAX_ABOVE: usize = 200;

/// The bytes of the template that most likely made a place of the text.
pub fn template_line(template: &str, text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let shown = text.trim_end();
    let start = text.floor_char_boundary(at.start.min(shown.len().saturating_sub(1)));
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line_start..].lines().next()?;
    let lines: Vec<Line<'_>> = lines(template);
    if let Some(index) = made_by(&lines, text, line_start) {
        return Some(lines[index].place(line, start - line_start, at.len()));
    }
    // The action that made it stands behind what made the lines above.
    let mut above = line_start;
    for _ in 0..MAX_ABOVE {
        let end = above.checked_sub(1)?;
        above = text[..end].rfind('\n').map_or(0, |end| end + 1);
        if let Some(index) = made_by(&lines, text, above) {
            let action = lines[index + 1..].iter().find(|line| line.text.contains("{{"))?;
            return Some(action.whole());
        }
    }
    None
}

/// The line that most likely made the line that starts there.
fn made_by(lines: &[Line<'_>], text: &str, start: usize) -> Option<usize> {
    let line = text[start..].lines().next()?;
    let scores: Vec<usize> = lines.iter().map(|one| one.score(line)).collect();
    let best = *scores.iter().max().filter(|best| **best > 0)?;
    let alike: Vec<usize> = (0..lines.len()).filter(|index| scores[*index] == best).collect();
    // Of several that are alike, as many are passed as lines like it came before.
    let is_like = |other: &&str| alike.iter().any(|index| lines[*index].score(other) == best);
    let before = text[..start].lines().filter(is_like).count();
    alike.get(before).or(alike.last()).copied()
}

/// A line of a template.
struct Line<'t> {
    text: &'t str,
    start: usize,
}

fn lines(template: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |text: &'_ str| (text.len(), text.trim_end_matches(['\n', '\r']).len());
    template
        .split_inclusive('\n')
        .map(|text| {
            let (length, shown) = line(text);
            let one = Line { text: &text[..shown], start };
            start += length;
            one
        })
        .collect()
}

impl Line<'_> {
    /// How many bytes outside of actions are the same as in a line of the text; 0 if it cannot have
    /// made that.
    fn score(&self, made: &str) -> usize {
        let (own, made) = (self.text.trim(), made.trim());
        let mut literals = literals(own).into_iter();
        let Some(first) = literals.next() else { return 0 };
        let Some(mut rest) = made.strip_prefix(first) else { return 0 };
        let mut score = first.trim().len();
        let mut last = None;
        for literal in literals {
            let Some((_, behind)) = rest.split_once(literal) else { return 0 };
            (rest, last) = (behind, Some(literal));
            score += literal.trim().len();
        }
        match last {
            None if !rest.is_empty() => 0,
            Some(last) if !made.ends_with(last) => 0,
            _ => score,
        }
    }

    /// The bytes of the place in it, if it is made of no action; otherwise of the whole line.
    fn place(&self, made: &str, column: usize, length: usize) -> Range<usize> {
        if self.text == made {
            let start = self.start + column;
            return start..(start + length).min(self.start + self.text.len());
        }
        self.whole()
    }

    fn whole(&self) -> Range<usize> {
        let indent = self.text.len() - self.text.trim_start().len();
        self.start + indent..self.start + self.text.trim_end().len()
    }
}

/// What stands around the actions of a line, the texts before the first and behind the last one
/// included.
fn literals(mut line: &str) -> Vec<&str> {
    let mut literals = Vec::new();
    while let Some((before, rest)) = line.split_once("{{") {
        let trims = rest.starts_with("- ");
        literals.push(if trims { before.trim_end() } else { before });
        let Some((action, behind)) = rest.split_once("}}") else {
            line = "";
            break;
        };
        line = if action.ends_with(" -") { behind.trim_start() } else { behind };
    }
    literals.push(line);
    literals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(template: &str, text: &str, part: &str) -> Option<String> {
        let start = text.rfind(part).expect("a part of the text");
        let place = template_line(template, text, &(start..start + part.len()))?;
        Some(template[place].to_owned())
    }

    #[test]
    fn lines_that_are_the_same() {
        let text = "kind: A\nmetadata:\n  name: B_\n";
        assert_eq!(guess(text, text, "B_").as_deref(), Some("B_"));
    }

    #[test]
    fn lines_that_actions_made() {
        let template =
            "kind: A\nmetadata:\n  name: {{ .Release.Name }}-x\n{{- if true }}\na: b\n{{ end }}";
        let text = "kind: A\nmetadata:\n  name: R-x\na: b\n";
        assert_eq!(guess(template, text, "R-x").as_deref(), Some("name: {{ .Release.Name }}-x"));
        assert_eq!(guess(template, text, "b").as_deref(), Some("b"));
    }

    #[test]
    fn the_same_line_again_is_the_next_one() {
        let template = "name: {{ .a }}\n---\nname: {{ .b }}\n";
        let text = "name: 1\n---\nname: 2\n";
        assert_eq!(guess(template, text, "2").as_deref(), Some("name: {{ .b }}"));
    }

    #[test]
    fn lines_that_one_action_made() {
        let template = "kind: A\nlabels:\n  {{- toYaml .Values | nindent 2 }}\nx: y\n";
        let text = "kind: A\nlabels:\n  a: 1\n  b: 2\nx: y\n";
        assert_eq!(
            guess(template, text, "2").as_deref(),
            Some("{{- toYaml .Values | nindent 2 }}")
        );
    }

    #[test]
    fn what_nothing_is_like_has_no_place() {
        assert_eq!(guess("{{ include \"all\" . }}\n", "kind: A\n", "A"), None);
    }
}
