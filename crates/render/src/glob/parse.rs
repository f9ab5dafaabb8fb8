use super::Class;

/// Braces deeper than this are refused.
const MAX_DEPTH: usize = 64;

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Text(String),
    One(Class),
    Many(Class),
    Either(Vec<Vec<Self>>),
}

/// Parses a pattern, or gives nothing if a class is malformed.
pub(super) fn parse(pattern: &str) -> Option<Vec<Part>> {
    let mut parser = Parser { rest: pattern, depth: 0 };
    parser.sequence()
}

/// The texts around a lone `**`: then a path matches that starts with one and ends with the
/// other, even where they overlap.
pub(super) fn prefix_and_suffix(parts: &[Part]) -> Option<(String, String)> {
    match parts {
        [Part::Text(prefix), Part::Many(Class::Any), Part::Text(suffix)] => {
            Some((prefix.clone(), suffix.clone()))
        }
        _ => None,
    }
}

/// Whether a pattern is several texts and single characters, one of them with a text beside it.
pub(super) fn is_row(parts: &[Part]) -> bool {
    let fixed = |part: &Part| matches!(part, Part::Text(_) | Part::One(_));
    let single = |part: &Part| matches!(part, Part::One(_));
    let text = |part: &Part| matches!(part, Part::Text(_));
    parts.iter().all(fixed) && parts.iter().any(single) && parts.iter().any(text)
}

struct Parser<'p> {
    rest: &'p str,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next().filter(|character| *character != '\0')
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    /// Parts up to the end of the pattern or, inside braces, to a `,` or `}` that is left there.
    /// Braces that nobody closes end with the pattern.
    fn sequence(&mut self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(character) = self.peek() {
            match character {
                ',' | '}' if self.depth > 0 => break,
                '\u{FFFD}' => return None,
                '{' => parts.push(self.choices()?),
                '[' => {
                    self.take();
                    parts.push(Part::One(self.class()?));
                }
                '?' => {
                    self.take();
                    parts.push(Part::One(Class::InName));
                }
                '*' => {
                    self.take();
                    let any = self.peek() == Some('*');
                    if any {
                        self.take();
                    }
                    parts.push(Part::Many(if any { Class::Any } else { Class::InName }));
                }
                _ => {
                    let text = self.text(if self.depth > 0 { "?*[{}," } else { "?*[{" })?;
                    parts.extend((!text.is_empty()).then_some(Part::Text(text)));
                }
            }
        }
        Some(parts)
    }

    fn choices(&mut self) -> Option<Part> {
        self.take();
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let mut choices = vec![self.sequence()?];
        while self.peek() == Some(',') {
            self.take();
            choices.push(self.sequence()?);
        }
        self.take();
        self.depth -= 1;
        Some(Part::Either(choices))
    }

    /// Text up to one of the breakers, or the end; a backslash takes what follows as it is.
    fn text(&mut self, breakers: &str) -> Option<String> {
        let mut text = String::new();
        while let Some(character) = self.peek() {
            match character {
                '\u{FFFD}' => return None,
                '\\' => {
                    self.take();
                    text.extend(self.take());
                }
                _ if breakers.contains(character) => break,
                _ => text.extend(self.take()),
            }
        }
        Some(text)
    }

    /// The class behind a `[`: one range or a list of characters, maybe negated.
    fn class(&mut self) -> Option<Class> {
        let not = self.peek() == Some('!');
        if not {
            self.take();
        }
        let low = self.peek()?;
        let mut after = self.rest.chars().skip(1);
        if after.next() == Some('-') {
            self.take();
            self.take();
            let high = self.take()?;
            (self.take() == Some(']') && low <= high).then_some(Class::Range { low, high, not })
        } else {
            let characters = self.text("]")?;
            (self.take() == Some(']') && !characters.is_empty())
                .then_some(Class::List { characters, not })
        }
    }
}
