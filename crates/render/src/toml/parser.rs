mod table;
mod value;

use rhumb_value::{Map, Value};

use super::lexer::{END, Lexed, Lexer, is_blank, is_newline};
use super::tree::{Node, Tree};
use super::{Error, dotted, string};

/// Parses a whole file.
///
/// # Errors
///
/// The first thing that is no TOML, in the words of the reference.
pub(crate) fn parse(input: &[u8]) -> Result<Map, Error> {
    let input = [&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"]
        .iter()
        .find_map(|mark| input.strip_prefix(*mark))
        .unwrap_or(input);
    let mut parser = Parser::new(input);
    if input.iter().take(6).any(|byte| *byte == 0) {
        let message =
            "files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8";
        return Err(parser.lexer.error_on(1, message));
    }
    parser.file()?;
    Ok(parser.tree.into_map())
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    tree: Tree,
    /// The table that keys go into.
    context: Vec<String>,
    /// The key whose value is being read.
    current: String,
    /// The line of the last key, which errors about keys name.
    line: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(input: &'t [u8]) -> Self {
        Self {
            lexer: Lexer::new(input),
            tree: Tree::default(),
            context: Vec::new(),
            current: String::new(),
            line: 1,
            depth: 0,
        }
    }

    fn file(&mut self) -> Lexed<()> {
        loop {
            let character = self.lexer.next()?;
            match character {
                END => return Ok(()),
                '#' => self.lexer.skip_comment()?,
                '[' => {
                    self.table_header()?;
                    self.line_end()?;
                }
                _ if is_blank(character) || is_newline(character) => self.lexer.ignore(),
                _ => {
                    self.lexer.backup();
                    self.pair(false)?;
                    self.line_end()?;
                }
            }
        }
    }

    /// Nothing but a comment may follow on a line.
    fn line_end(&mut self) -> Lexed<()> {
        loop {
            let character = self.lexer.next()?;
            if is_blank(character) {
                continue;
            }
            self.lexer.ignore();
            if character == '#' {
                return self.lexer.skip_comment();
            }
            if is_newline(character) || character == END {
                self.lexer.backup();
                return Ok(());
            }
            let got = super::quote_rune(character);
            return Err(self.lexer.error_here(format!(
                "expected a top-level item to end with a newline, comment, or EOF, but got {got} instead"
            )));
        }
    }

    /// One part of a key, bare or in quotes.
    fn name(&mut self, first: bool) -> Lexed<String> {
        let quote = self.lexer.peek()?;
        let name = if quote == '"' || quote == '\'' {
            self.lexer.next()?;
            self.lexer.ignore();
            string::single_line(&mut self.lexer, quote)?
        } else {
            self.lexer.take_while(super::is_bare)?;
            self.lexer.token().to_owned()
        };
        if first {
            self.line = self.lexer.line;
        }
        Ok(name)
    }

    /// A key, up to and with its `=`.
    fn key(&mut self) -> Lexed<Vec<String>> {
        self.lexer.skip_blanks()?;
        match self.lexer.peek()? {
            '=' | END => {
                let message = "unexpected '=': key name appears blank";
                return Err(self.lexer.error_here(message));
            }
            '.' => {
                let message = "unexpected '.': keys cannot start with a '.'";
                return Err(self.lexer.error_here(message));
            }
            _ => {}
        }
        let mut path = Vec::new();
        loop {
            self.lexer.skip_blanks()?;
            match self.lexer.peek()? {
                '=' | END => return Err(self.lexer.error_here("unexpected '='")),
                '.' => return Err(self.lexer.error_here("unexpected '.'")),
                _ => path.push(self.name(path.is_empty())?),
            }
            self.lexer.skip_blanks()?;
            match self.lexer.next()? {
                '.' => self.lexer.ignore(),
                '=' => break,
                END => {
                    let message = "unexpected EOF; expected key separator '='";
                    return Err(self.lexer.error_here(message));
                }
                other => {
                    let got = super::quote_rune(other);
                    let message = format!("expected '.' or '=', but got {got} instead");
                    return Err(if other == '\n' {
                        self.lexer.error_before(message)
                    } else {
                        self.lexer.error_here(message)
                    });
                }
            }
        }
        self.lexer.ignore();
        Ok(path)
    }

    /// `key = value`, in the current table or, if `inline`, in a table in braces; gives the path
    /// and the value.
    fn pair(&mut self, inline: bool) -> Lexed<(Vec<String>, Value)> {
        let outer = self.context.clone();
        let path = self.key()?;
        let (last, parents) =
            path.split_last().map_or((String::new(), &[][..]), |(last, rest)| (last.clone(), rest));
        self.current = last.clone();
        self.note_key();
        for parent in parents {
            let mut context = self.context.clone();
            context.push(parent.clone());
            self.tree.imply(&context);
            self.open(&context, false)?;
        }
        let (value, is_array) = self.value(false)?;
        self.current = last;
        self.note_key();
        let node = Node::Leaf(value.clone());
        self.tree.set(&self.context, &self.current, node).map_err(|message| self.error(message))?;
        self.tree.note_array(&self.path_of_current(), is_array);
        self.context = outer;
        if !inline {
            self.current = String::new();
        }
        self.note_key();
        Ok((path, value))
    }

    fn path_of_current(&self) -> Vec<String> {
        let mut path = self.context.clone();
        if !self.current.is_empty() {
            path.push(self.current.clone());
        }
        path
    }

    /// Tells the lexer which key errors should name.
    fn note_key(&mut self) {
        let context = String::from_utf8_lossy(&dotted(&self.context)).into_owned();
        self.lexer.last_key = match (context.is_empty(), self.current.is_empty()) {
            (_, true) => context,
            (true, false) => self.current.clone(),
            (false, false) => format!("{context}.{}", self.current),
        };
    }

    /// An error about a key, on the line of the last one.
    fn error(&self, message: String) -> Error {
        self.lexer.error_on(self.line, message)
    }
}
