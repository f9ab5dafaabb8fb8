use rhumb_value::quote::{Unit, unquote_unit};
use rhumb_value::unicode::{self, is_digit, is_letter, is_print};

use super::JsonPathError;
use super::node::{Bound, Filter, Node};

/// Parses a template into texts and actions.
pub(super) fn parse(template: &str) -> Result<Vec<Node>, JsonPathError> {
    let mut parser = Parser { text: template, at: 0 };
    let mut nodes = Vec::new();
    loop {
        let rest = parser.rest();
        let end = rest.find('{').unwrap_or(rest.len());
        if end > 0 {
            nodes.push(Node::Text(rest.as_bytes()[..end].to_vec()));
        }
        if end == rest.len() {
            return Ok(nodes);
        }
        parser.at += end + 1;
        nodes.push(Node::Action(parser.action()?));
    }
}

/// Parses what stands within the braces of an action.
fn parse_action(text: &str) -> Result<Vec<Node>, JsonPathError> {
    let text = format!("{{{text}}}");
    match parse(&text)?.into_iter().next() {
        Some(Node::Action(nodes)) => Ok(nodes),
        _ => Ok(Vec::new()),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The byte before the one that was read last.
    fn is_escaped(&self) -> bool {
        self.at >= 2 && self.text.as_bytes()[self.at - 2] == b'\\'
    }

    /// Reads an action up to its brace.
    fn action(&mut self) -> Result<Vec<Node>, JsonPathError> {
        let mut nodes = Vec::new();
        loop {
            let start = self.at;
            if self.rest().starts_with("[?(") {
                self.at += 3;
                nodes.push(self.filter()?);
                continue;
            }
            if self.rest().starts_with("..") {
                self.recursive(&mut nodes)?;
                continue;
            }
            match self.next() {
                None | Some('\r' | '\n') => return Err(JsonPathError::UnclosedAction),
                Some('}') => return Ok(nodes),
                Some(' ' | '@' | '$') => {}
                Some('[') => self.array(&mut nodes)?,
                Some(quote @ ('"' | '\'')) => nodes.push(self.quoted(quote, start)?),
                Some('.') => nodes.push(self.field()),
                Some(first) if first == '+' || first == '-' || is_digit(first) => {
                    nodes.push(self.number(start)?);
                }
                Some(first) if is_word(first) => nodes.push(self.word(start)),
                Some(other) => {
                    let shown = shown(other);
                    return Err(JsonPathError::Character { shown });
                }
            }
        }
    }

    fn recursive(&mut self, nodes: &mut Vec<Node>) -> Result<(), JsonPathError> {
        if nodes.last() == Some(&Node::Recursive) {
            return Err(JsonPathError::TwoRecursive);
        }
        self.at += 2;
        nodes.push(Node::Recursive);
        if self.peek().is_some_and(is_word) {
            nodes.push(self.field());
        }
        Ok(())
    }

    /// Reads a name up to what ends it; a backslash takes the meaning from what follows.
    fn field(&mut self) -> Node {
        let start = self.at;
        while let Some(next) = self.peek() {
            if next == '\\' {
                self.at += 1;
                self.next();
                continue;
            }
            if is_terminator(next) {
                break;
            }
            self.next();
        }
        match &self.text[start..self.at] {
            "*" => Node::Wildcard,
            name => Node::Field(name.replace('\\', "")),
        }
    }

    fn word(&mut self, start: usize) -> Node {
        while self.peek().is_some_and(|next| !is_terminator(next)) {
            self.next();
        }
        match &self.text[start..self.at] {
            "true" => Node::Bool(true),
            "false" => Node::Bool(false),
            word => Node::Word(word.to_owned()),
        }
    }

    fn number(&mut self, start: usize) -> Result<Node, JsonPathError> {
        while self.peek().is_some_and(|next| next == '.' || is_digit(next)) {
            self.next();
        }
        let text = &self.text[start..self.at];
        if let Ok(number) = text.parse() {
            return Ok(Node::Int(number));
        }
        match text.parse() {
            Ok(number) if f64::is_finite(number) => Ok(Node::Float(number)),
            _ => Err(JsonPathError::Number { text: text.to_owned() }),
        }
    }

    fn quoted(&mut self, quote: char, start: usize) -> Result<Node, JsonPathError> {
        loop {
            match self.next() {
                None | Some('\n') => return Err(JsonPathError::UnterminatedQuote),
                Some(next) if next == quote && !self.is_escaped() => break,
                Some(_) => {}
            }
        }
        let text = &self.text[start..self.at];
        let wrong = || JsonPathError::Quote { text: text.to_owned() };
        let mut inside = &text.as_bytes()[1..text.len() - 1];
        if !inside.contains(&b'\\') {
            return Ok(Node::Text(inside.to_vec()));
        }
        let mark = text.as_bytes()[0];
        let mut out = Vec::new();
        while !inside.is_empty() {
            let (unit, width) = unquote_unit(inside, mark).ok_or_else(wrong)?;
            match unit {
                Unit::Byte(byte) => out.push(byte),
                Unit::Char(char) => unicode::push(&mut out, char),
            }
            inside = &inside[width..];
        }
        Ok(Node::Text(out))
    }

    fn array(&mut self, nodes: &mut Vec<Node>) -> Result<(), JsonPathError> {
        let start = self.at;
        loop {
            match self.next() {
                None | Some('\n') => return Err(JsonPathError::UnterminatedArray),
                Some(']') => break,
                Some(_) => {}
            }
        }
        let text = match &self.text[start..self.at - 1] {
            "*" => ":",
            text => text,
        };
        if text.contains(',') {
            let parts =
                text.split(',').map(|part| parse_action(&format!("[{}]", part.trim_matches(' '))));
            nodes.push(Node::Union(parts.collect::<Result<_, _>>()?));
            return Ok(());
        }
        let key = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        if let Some(key) = key.filter(|key| !key.contains('\'')) {
            nodes.extend(parse_action(&format!(".{key}"))?);
            return Ok(());
        }
        nodes.push(Node::Slice(bounds(text)?));
        Ok(())
    }

    fn filter(&mut self) -> Result<Node, JsonPathError> {
        let start = self.at;
        let mut pair = None;
        let mut is_closed = false;
        loop {
            match self.next() {
                None | Some('\n') => return Err(JsonPathError::UnterminatedFilter),
                Some(quote @ ('"' | '\'')) => match pair {
                    None => pair = Some(quote),
                    Some(pair) => is_closed |= quote == pair && !self.is_escaped(),
                },
                Some(')') if pair.is_some() == is_closed => break,
                Some(_) => {}
            }
        }
        let text = &self.text[start..self.at - 1];
        if self.next() != Some(']') {
            return Err(JsonPathError::UnclosedFilter);
        }
        let Some((left, operator, right)) = sides(text) else {
            return Ok(Node::Filter(Filter { left: parse_action(text)?, comparison: None }));
        };
        let left = parse_action(left)?;
        let comparison = Some((operator.to_owned(), parse_action(right)?));
        Ok(Node::Filter(Filter { left, comparison }))
    }
}

/// The two sides of a comparison and its operator, none of them empty.
fn sides(text: &str) -> Option<(&str, &str, &str)> {
    let is_operator = |char: char| matches!(char, '!' | '<' | '>' | '=');
    let start = text.find(is_operator).filter(|start| *start > 0)?;
    let length = text[start..].find(|char| !is_operator(char));
    // The right side takes what it needs from a long operator.
    let end = length.map_or(text.len() - 1, |length| start + length);
    (end > start).then(|| (&text[..start], &text[start..end], &text[end..]))
}

/// The bounds of `start:end:step`, each of which may be left out.
fn bounds(text: &str) -> Result<[Bound; 3], JsonPathError> {
    let wrong = || JsonPathError::Index { text: text.to_owned() };
    let parts: Vec<&str> = text.split(':').collect();
    let is_number = |part: &&str| {
        part.strip_prefix('-').unwrap_or(part).bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.len() > 3 || !parts.iter().all(is_number) {
        return Err(wrong());
    }
    let mut bounds = [Bound::default(); 3];
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        let value = part.parse();
        let value = value.map_err(|_| JsonPathError::IndexNumber { text: (*part).to_owned() })?;
        bounds[at] = Bound { value, is_known: true, is_derived: false };
    }
    if parts.len() == 1 {
        let value = bounds[0].value.saturating_add(1);
        bounds[1] = Bound { value, is_known: true, is_derived: true };
    }
    Ok(bounds)
}

fn is_word(char: char) -> bool {
    char == '_' || is_letter(char) || is_digit(char)
}

fn is_terminator(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}')
}

/// A character with its number, as Go's `%#U` has it.
fn shown(char: char) -> String {
    let number = format!("U+{:04X}", u32::from(char));
    if is_print(char) { format!("{number} '{char}'") } else { number }
}
