//! The pattern language of Go's `regexp/syntax` with the flags that `regexp.Compile` sets.
//!
//! Source: Go 1.26, [regexp/syntax](https://pkg.go.dev/regexp/syntax@go1.26).

mod bracket;
mod escape;
mod group;

use regex_syntax::hir::Look;

use crate::class::{self, Class};
use crate::node::{Node, Repeat};
use crate::scan::{before, next_char};
use crate::{Error, ErrorKind};

/// The highest repeat count, and the highest product of nested ones.
const MAX_REPEAT: u64 = 1000;
/// Levels that a pattern may nest.
const MAX_HEIGHT: usize = 1000;
/// Instructions that Go's program for a pattern may have.
const MAX_SIZE: u64 = (128 << 20) / 40;
/// Ranges in all character classes of a pattern. Lower than in Go, where each letter class
/// costs far less: this is 16 MiB.
const MAX_RANGES: usize = 2 << 20;
/// Bytes of a pattern. Go has no such limit.
const MAX_PATTERN: usize = 1 << 20;

/// A parsed pattern.
pub(crate) struct Parsed {
    pub(crate) node: Node,
    /// The name of each group, empty for those without; the first is the whole match.
    pub(crate) names: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the language are four switches")]
struct Flags {
    /// `i`
    is_folded: bool,
    /// `m`
    is_multi_line: bool,
    /// `s`
    dot_takes_newline: bool,
    /// `U`
    is_lazy: bool,
}

/// What is between two parentheses, as far as it is read.
struct Frame {
    alternatives: Vec<Node>,
    items: Vec<Node>,
    /// The number of the capturing group.
    capture: Option<u32>,
    /// The flags to go back to after the group.
    outer: Flags,
}

impl Frame {
    fn new(capture: Option<u32>, outer: Flags) -> Self {
        Self { alternatives: Vec::new(), items: Vec::new(), capture, outer }
    }
}

struct Parser<'p> {
    pattern: &'p [u8],
    flags: Flags,
    /// Enclosing groups, outermost first.
    outer: Vec<Frame>,
    frame: Frame,
    names: Vec<Vec<u8>>,
    ranges: usize,
}

/// Parses a pattern.
pub(crate) fn parse(pattern: &[u8]) -> Result<Parsed, Error> {
    if pattern.len() > MAX_PATTERN {
        return Err(Error::syntax(ErrorKind::TooLarge, &pattern[..64]));
    }
    let mut parser = Parser {
        pattern,
        flags: Flags::default(),
        outer: Vec::new(),
        frame: Frame::new(None, Flags::default()),
        names: vec![Vec::new()],
        ranges: 0,
    };
    parser.run()?;
    let node = parser.close_frame()?;
    if !parser.outer.is_empty() {
        return Err(Error::syntax(ErrorKind::MissingParen, pattern));
    }
    Ok(Parsed { node, names: parser.names })
}

impl<'p> Parser<'p> {
    fn run(&mut self) -> Result<(), Error> {
        let mut rest = self.pattern;
        // The text from the repetition operator just read, to name both when another follows.
        let mut last_repeat: Option<&[u8]> = None;
        while let Some(first) = rest.first() {
            let start = rest;
            let mut repeat = None;
            rest = match first {
                b'*' | b'+' | b'?' => {
                    repeat = Some(start);
                    self.simple_repeat(start, last_repeat)?
                }
                b'{' => match parse_repeat(start) {
                    None => {
                        self.literal('{')?;
                        &start[1..]
                    }
                    Some(count) => {
                        repeat = Some(start);
                        self.counted_repeat(count, start, last_repeat)?
                    }
                },
                _ => self.atom(start)?,
            };
            last_repeat = repeat;
        }
        Ok(())
    }

    /// Reads anything but a repetition.
    fn atom(&mut self, text: &'p [u8]) -> Result<&'p [u8], Error> {
        let rest = &text[1..];
        let flags = self.flags;
        match text[0] {
            b'(' if rest.first() == Some(&b'?') => return self.group_with_flags(text),
            b'(' => {
                self.names.push(Vec::new());
                self.open_group(true);
            }
            b'|' => {
                let node = self.close_concat()?;
                self.frame.alternatives.push(node);
            }
            b')' => self.close_group()?,
            b'^' if flags.is_multi_line => self.push(Node::look(Look::StartLF))?,
            b'^' => self.push(Node::look(Look::Start))?,
            b'$' if flags.is_multi_line => self.push(Node::look(Look::EndLF))?,
            b'$' => self.push(Node::look(Look::End))?,
            b'.' if flags.dot_takes_newline => {
                self.push(Node::class(class::range(0, 0x10_ffff)))?;
            }
            b'.' => {
                let mut class = class::range(10, 10);
                class.negate();
                self.push(Node::class(class))?;
            }
            b'[' => return self.bracket(text),
            b'\\' => return self.escape(text),
            _ => {
                let (char, rest) = next_char(text)?;
                self.literal(char)?;
                return Ok(rest);
            }
        }
        Ok(rest)
    }

    fn push(&mut self, node: Node) -> Result<(), Error> {
        self.check(&node)?;
        self.frame.items.push(node);
        Ok(())
    }

    fn push_class(&mut self, class: Class) -> Result<(), Error> {
        self.ranges += class.ranges().len();
        if self.ranges > MAX_RANGES {
            return Err(Error::syntax(ErrorKind::TooLarge, self.pattern));
        }
        self.push(Node::class(class))
    }

    fn literal(&mut self, char: char) -> Result<(), Error> {
        if self.flags.is_folded {
            let mut class = class::range(char.into(), char.into());
            class::fold(&mut class);
            return self.push(Node::folded_literal(class));
        }
        self.push(Node::literal(char))
    }

    /// A literal by its code point; a surrogate is no character, so nothing matches it.
    fn code_point(&mut self, code: u32) -> Result<(), Error> {
        match char::from_u32(code) {
            Some(char) => self.literal(char),
            None => self.push(Node::class(Class::empty())),
        }
    }

    /// Checks the limits that grow with the tree.
    fn check(&self, node: &Node) -> Result<(), Error> {
        let kind = match node {
            _ if node.size > MAX_SIZE => ErrorKind::TooLarge,
            _ if node.height > MAX_HEIGHT => ErrorKind::NestingDepth,
            _ => return Ok(()),
        };
        Err(Error::syntax(kind, self.pattern))
    }

    fn close_concat(&mut self) -> Result<Node, Error> {
        let node = Node::concat(std::mem::take(&mut self.frame.items));
        self.check(&node)?;
        Ok(node)
    }

    /// Ends the alternatives of the innermost group and returns them as one.
    fn close_frame(&mut self) -> Result<Node, Error> {
        let last = self.close_concat()?;
        let mut alternatives = std::mem::take(&mut self.frame.alternatives);
        alternatives.push(last);
        let node = Node::alternate(alternatives);
        self.check(&node)?;
        Ok(node)
    }

    fn open_group(&mut self, is_capturing: bool) {
        let index = u32::try_from(self.names.len() - 1).ok().filter(|_| is_capturing);
        let frame = Frame::new(index, self.flags);
        self.outer.push(std::mem::replace(&mut self.frame, frame));
    }

    fn close_group(&mut self) -> Result<(), Error> {
        let node = self.close_frame()?;
        let Some(outer) = self.outer.pop() else {
            return Err(Error::syntax(ErrorKind::UnexpectedParen, self.pattern));
        };
        let group = std::mem::replace(&mut self.frame, outer);
        self.flags = group.outer;
        self.push(match group.capture {
            Some(index) => Node::capture(index, node),
            None => node,
        })
    }

    fn simple_repeat(&mut self, start: &'p [u8], last: Option<&[u8]>) -> Result<&'p [u8], Error> {
        let (min, max) = match start[0] {
            b'*' => (0, None),
            b'+' => (1, None),
            _ => (0, Some(1)),
        };
        self.repeat(
            Repeat { min, max, is_greedy: true, is_counted: false },
            start,
            (&start[1..], last),
        )
    }

    fn counted_repeat(
        &mut self,
        count: Count<'p>,
        start: &'p [u8],
        last: Option<&[u8]>,
    ) -> Result<&'p [u8], Error> {
        let Count { min, max, rest } = count;
        let in_range = |number: u32| u64::from(number) <= MAX_REPEAT;
        let is_valid = in_range(min) && max.is_none_or(|max| in_range(max) && min <= max);
        if !is_valid {
            return Err(Error::syntax(ErrorKind::RepeatCount, before(start, rest)));
        }
        self.repeat(Repeat { min, max, is_greedy: true, is_counted: true }, start, (rest, last))
    }

    fn repeat(
        &mut self,
        mut repeat: Repeat,
        start: &'p [u8],
        (mut rest, last): (&'p [u8], Option<&[u8]>),
    ) -> Result<&'p [u8], Error> {
        repeat.is_greedy = !self.flags.is_lazy;
        if let Some(after) = rest.strip_prefix(b"?") {
            rest = after;
            repeat.is_greedy = !repeat.is_greedy;
        }
        if let Some(last) = last {
            return Err(Error::syntax(ErrorKind::NestedRepetition, before(last, rest)));
        }
        let Some(sub) = self.frame.items.pop() else {
            return Err(Error::syntax(ErrorKind::MissingRepeatArgument, before(start, rest)));
        };
        let node = Node::repeat(repeat, sub);
        self.check(&node)?;
        let is_many = repeat.min >= 2 || repeat.max.is_some_and(|max| max >= 2);
        if repeat.is_counted && is_many && node.copies > MAX_REPEAT {
            return Err(Error::syntax(ErrorKind::RepeatCount, before(start, rest)));
        }
        self.frame.items.push(node);
        Ok(rest)
    }
}

/// What is between braces, and the text after them. A number too large to hold is the largest.
#[derive(Clone, Copy)]
struct Count<'p> {
    min: u32,
    max: Option<u32>,
    rest: &'p [u8],
}

/// Reads `{n}`, `{n,}` or `{n,m}`; anything else, `{,m}` too, is no repetition but a text.
fn parse_repeat(text: &[u8]) -> Option<Count<'_>> {
    let (min, rest) = parse_number(text.strip_prefix(b"{")?)?;
    let (max, rest) = match rest.strip_prefix(b",") {
        None => (Some(min), rest),
        Some(rest) if rest.starts_with(b"}") => (None, rest),
        Some(rest) => {
            let (max, rest) = parse_number(rest)?;
            (Some(max), rest)
        }
    };
    Some(Count { min, max, rest: rest.strip_prefix(b"}")? })
}

/// Reads a number without leading zeros.
fn parse_number(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 1 && text[0] == b'0' {
        return None;
    }
    let number = text[..digits].iter().fold(0_u32, |number, digit| {
        number.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
    });
    Some((number, &text[digits..]))
}
