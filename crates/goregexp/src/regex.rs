use regex_automata::meta::{self, Regex as Engine};
use regex_automata::util::captures::Captures;
use regex_automata::{Input, Span};

use crate::haystack::Haystack;
use crate::parse::{Parsed, parse};
use crate::template::{self, Part};
use crate::{Error, ErrorKind};

/// The compiled form of a pattern may take this many bytes.
const MAX_COMPILED: usize = 64 << 20;

/// A compiled regular expression with the syntax and semantics of Go.
#[derive(Clone, Debug)]
pub struct Regex {
    engine: Engine,
    names: Vec<Vec<u8>>,
    is_empty: bool,
}

/// A match: the places of the whole and of each group.
struct Found {
    whole: Span,
    groups: Captures,
}

impl Regex {
    /// The most bytes that a replacement may make: 64 MiB.
    pub const MAX_OUTPUT: usize = 64 << 20;

    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// [`Error::Syntax`] in the words of Go, for whatever Go refuses; and for patterns over 1 MiB
    /// or whose compiled form needs over 64 MiB, which Go may take.
    pub fn compile(pattern: &[u8]) -> Result<Self, Error> {
        let Parsed { node, names } = parse(pattern)?;
        // Charts match short texts: a whole automaton costs more than it ever saves.
        let config = meta::Config::new().dfa(false).utf8_empty(true);
        let config = config.nfa_size_limit(Some(MAX_COMPILED));
        let engine = meta::Builder::new()
            .configure(config)
            .build_from_hir(&node.hir)
            .map_err(|_| Error::syntax(ErrorKind::TooLarge, pattern))?;
        Ok(Self { engine, names, is_empty: pattern.is_empty() })
    }

    /// The same pattern in the syntax of Rust's `regex`, without what other engines that read it
    /// may take in another way: classes are written out.
    ///
    /// ```
    /// # use rhumb_goregexp::Regex;
    /// assert_eq!(Regex::in_rust(br"[[\d]").as_deref(), Ok(r"[0-9\[]"));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile), but for the size of the compiled form.
    pub fn in_rust(pattern: &[u8]) -> Result<String, Error> {
        Ok(parse(pattern)?.node.hir.to_string())
    }

    /// Whether the text has a match.
    ///
    /// ```
    /// # use rhumb_goregexp::Regex;
    /// assert!(Regex::compile(b"^v[0-9]").expect("a pattern").is_match(b"v1"));
    /// ```
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.engine.is_match(Haystack::new(text).shown())
    }

    /// The leftmost match.
    pub fn find<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let haystack = Haystack::new(text);
        let found = self.engine.find(haystack.shown())?;
        Some(haystack.slice(found.start(), found.end()))
    }

    /// The leftmost match and its groups, the whole first; nothing for a group that took no part.
    pub fn submatch<'t>(&self, text: &'t [u8]) -> Option<Vec<Option<&'t [u8]>>> {
        let haystack = Haystack::new(text);
        let found = self.find_at(&haystack, 0)?;
        let group = |index| {
            let span = found.groups.get_group(index)?;
            Some(haystack.slice(span.start, span.end))
        };
        Some((0..self.names.len()).map(group).collect())
    }

    /// The matches, at most `limit` of them, or all. An empty match right after another is none.
    pub fn find_all<'t>(&self, text: &'t [u8], limit: Option<usize>) -> Vec<&'t [u8]> {
        let haystack = Haystack::new(text);
        let spans = self.spans(&haystack, limit);
        spans.into_iter().map(|span| haystack.slice(span.start, span.end)).collect()
    }

    /// The text between the matches, in at most `limit` pieces, the last with all that is left.
    pub fn split<'t>(&self, text: &'t [u8], limit: Option<usize>) -> Vec<&'t [u8]> {
        if limit == Some(0) {
            return Vec::new();
        }
        if !self.is_empty && text.is_empty() {
            return vec![b""];
        }
        let haystack = Haystack::new(text);
        let length = haystack.shown().len();
        let (mut start, mut end) = (0, 0);
        let mut pieces = Vec::new();
        for span in self.spans(&haystack, limit) {
            if limit.is_some_and(|limit| pieces.len() + 1 >= limit) {
                break;
            }
            end = span.start;
            if span.end != 0 {
                pieces.push(haystack.slice(start, end));
            }
            start = span.end;
        }
        if end != length {
            pieces.push(haystack.slice(start, length));
        }
        pieces
    }

    /// The text with each match replaced by a template, in which `$1`, `$name` and `${name}` stand
    /// for groups and `$$` for a dollar.
    ///
    /// # Errors
    ///
    /// [`Error::OutputTooLarge`].
    pub fn replace_all(&self, text: &[u8], template: &[u8]) -> Result<Vec<u8>, Error> {
        let parts = template::parse(template);
        self.replace(text, |output, found, haystack| {
            for part in &parts {
                if output.len() > Self::MAX_OUTPUT {
                    return;
                }
                let index = match part {
                    Part::Text(text) => {
                        output.extend_from_slice(text);
                        continue;
                    }
                    Part::Number(number) => Some(*number),
                    Part::Name(name) => self.group_with_name(found, name),
                };
                let span = index.and_then(|index| found.groups.get_group(index));
                output.extend_from_slice(span.map_or(b"", |s| haystack.slice(s.start, s.end)));
            }
        })
    }

    /// The text with each match replaced by another text, taken as it is.
    ///
    /// # Errors
    ///
    /// [`Error::OutputTooLarge`].
    pub fn replace_all_literal(&self, text: &[u8], replacement: &[u8]) -> Result<Vec<u8>, Error> {
        self.replace(text, |output, _, _| output.extend_from_slice(replacement))
    }

    /// The first group of a name that took part in the match.
    fn group_with_name(&self, found: &Found, name: &[u8]) -> Option<usize> {
        let mut indices = 0..self.names.len();
        indices.find(|i| self.names[*i] == name && found.groups.get_group(*i).is_some())
    }

    fn replace(
        &self,
        text: &[u8],
        mut put: impl FnMut(&mut Vec<u8>, &Found, &Haystack<'_>),
    ) -> Result<Vec<u8>, Error> {
        let haystack = Haystack::new(text);
        let length = haystack.shown().len();
        let mut output = Vec::with_capacity(text.len());
        let (mut last_end, mut position) = (0, 0);
        while position <= length {
            let Some(found) = self.find_at(&haystack, position) else { break };
            let span = found.whole;
            output.extend_from_slice(haystack.slice(last_end, span.start));
            if span.end > last_end || span.start == 0 {
                put(&mut output, &found, &haystack);
            }
            if output.len() > Self::MAX_OUTPUT {
                return Err(Error::OutputTooLarge { limit: Self::MAX_OUTPUT });
            }
            last_end = span.end;
            position = span.end.max(position + haystack.width(position).max(1));
        }
        output.extend_from_slice(haystack.slice(last_end, length));
        Ok(output)
    }

    fn find_at(&self, haystack: &Haystack<'_>, position: usize) -> Option<Found> {
        let mut groups = self.engine.create_captures();
        self.engine.search_captures(&Input::new(haystack.shown()).range(position..), &mut groups);
        Some(Found { whole: groups.get_group(0)?, groups })
    }

    /// The places of the matches that [`find_all`](Self::find_all) returns.
    fn spans(&self, haystack: &Haystack<'_>, limit: Option<usize>) -> Vec<Span> {
        let length = haystack.shown().len();
        let mut spans: Vec<Span> = Vec::new();
        let (mut position, mut last_end) = (0, None);
        while position <= length && limit.is_none_or(|limit| spans.len() < limit) {
            let input = Input::new(haystack.shown()).range(position..);
            let Some(span) = self.engine.search(&input).map(|found| found.span()) else { break };
            let is_accepted = span.end != position || Some(span.start) != last_end;
            let is_still = span.end == position;
            position = span.end + if is_still { haystack.width(position).max(1) } else { 0 };
            last_end = Some(span.end);
            if is_accepted {
                spans.push(span);
            }
        }
        spans
    }
}

/// The text with a backslash before each character that has a meaning in patterns.
///
/// ```
/// assert_eq!(rhumb_goregexp::quote_meta(b"a.b"), b"a\\.b");
/// ```
pub fn quote_meta(text: &[u8]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(text.len());
    for byte in text {
        if br"\.+*?()|[]{}^$".contains(byte) {
            quoted.push(b'\\');
        }
        quoted.push(*byte);
    }
    quoted
}
