use rhumb_value::quote::quote;
use rhumb_value::{List, Map, Text, Value, stack};

use super::lexer::{END, Lexed, Lexer, is_blank, is_newline};
use super::tree::{Node, Tree};
use super::{Error, MAX_DEPTH, dotted, number, string};

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

    /// `[table]` or `[[table]]`, whose first bracket has been read.
    fn table_header(&mut self) -> Lexed<()> {
        let array = self.lexer.peek()? == '[';
        if array {
            self.lexer.next()?;
        }
        self.lexer.ignore();
        let mut path = Vec::new();
        loop {
            self.lexer.skip_blanks()?;
            let name = match self.lexer.peek()? {
                ']' | END => {
                    let message = "unexpected end of table name (table names cannot be empty)";
                    return Err(self.lexer.error_here(message));
                }
                '.' => {
                    let message = "unexpected table separator (table names cannot be empty)";
                    return Err(self.lexer.error_here(message));
                }
                _ => self.name(path.is_empty())?,
            };
            path.push(name);
            self.lexer.skip_blanks()?;
            match self.lexer.next()? {
                '.' => self.lexer.ignore(),
                ']' => break,
                other => {
                    let got = super::quote_rune(other);
                    return Err(self.lexer.error_here(format!(
                        "expected '.' or ']' to end table name, but got {got} instead"
                    )));
                }
            }
        }
        if array {
            let character = self.lexer.next()?;
            if character != ']' {
                let got = super::quote_rune(character);
                return Err(self.lexer.error_here(format!(
                    "expected end of table array name delimiter ']', but got {got} instead"
                )));
            }
        }
        self.lexer.ignore();
        self.open(&path, array)?;
        self.tree.note_array(&path, false);
        Ok(())
    }

    /// Opens a table and makes it the one that keys go into.
    fn open(&mut self, path: &[String], array: bool) -> Lexed<()> {
        let Some((_, parents)) = path.split_last() else { return Ok(()) };
        self.tree.reach(parents).map_err(|message| self.error(message))?;
        self.context = parents.to_vec();
        self.note_key();
        self.tree.open(path, array).map_err(|message| self.error(message))?;
        self.context = path.to_vec();
        self.note_key();
        Ok(())
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

    /// A value, and whether it is an array.
    fn value(&mut self, in_array: bool) -> Lexed<(Value, bool)> {
        self.lexer.skip_blanks()?;
        let character = self.lexer.next()?;
        let value = match character {
            '[' => return Ok((self.nested(Self::array)?, true)),
            '{' => self.nested(|parser| parser.inline_table(in_array))?,
            '"' | '\'' => Value::text(string::any(&mut self.lexer, character)?),
            '.' => return Err(self.lexer.error_here("floats must start with a digit, not '.'")),
            '-' | '+' => number::signed(&mut self.lexer)?,
            '0'..='9' => {
                self.lexer.backup();
                number::number_or_date(&mut self.lexer)?
            }
            _ => self.word(character)?,
        };
        Ok((value, false))
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Lexed<T>) -> Lexed<T> {
        if self.depth == MAX_DEPTH {
            return Err(self.lexer.error_here(format!("nested deeper than {MAX_DEPTH}")));
        }
        self.depth += 1;
        self.lexer.ignore();
        let value = stack::grow(|| read(self));
        self.depth -= 1;
        value
    }

    /// `true`, `false`, `inf`, `nan`, or an error.
    fn word(&mut self, first: char) -> Lexed<Value> {
        let word = matches!(first, 'i' | 'n');
        if word
            && ((self.lexer.accept('n')? && self.lexer.accept('f')?)
                || (self.lexer.accept('a')? && self.lexer.accept('n')?))
        {
            return number::float_token(&mut self.lexer);
        }
        if first.is_alphabetic() {
            self.lexer.backup();
            let start = self.lexer.current().len();
            self.lexer.take_while(char::is_alphabetic)?;
            let text = &self.lexer.current()[start..];
            let whole = self.lexer.current();
            return match text {
                "true" | "false" => {
                    self.lexer.ignore();
                    Ok(Value::Bool(whole == "true"))
                }
                _ => {
                    let got = quote(text.as_bytes());
                    let message = format!("expected value but found {got} instead");
                    Err(self.lexer.error_here(message))
                }
            };
        }
        if first == END {
            return Err(self.lexer.error_here("unexpected EOF; expected value"));
        }
        let got = super::quote_rune(first);
        let message = format!("expected value but found {got} instead");
        Err(if first == '\n' {
            self.lexer.error_before(message)
        } else {
            self.lexer.error_here(message)
        })
    }

    fn array(&mut self) -> Lexed<Value> {
        self.tree.note_array(&self.path_of_current(), true);
        let mut items = Vec::new();
        loop {
            let character = self.lexer.next()?;
            match character {
                '#' => self.lexer.skip_comment()?,
                ',' => return Err(self.lexer.error_here("unexpected comma")),
                ']' => break,
                _ if is_blank(character) || is_newline(character) => self.lexer.ignore(),
                _ => {
                    self.lexer.backup();
                    items.push(self.value(true)?.0);
                    if self.array_ends()? {
                        break;
                    }
                }
            }
        }
        self.lexer.ignore();
        Ok(List::grown(items).into())
    }

    /// Reads up to the comma behind an item, or to the end of the array.
    fn array_ends(&mut self) -> Lexed<bool> {
        loop {
            let character = self.lexer.next()?;
            self.lexer.ignore();
            match character {
                '#' => self.lexer.skip_comment()?,
                ',' => return Ok(false),
                ']' => return Ok(true),
                _ if is_blank(character) || is_newline(character) => {}
                _ => {
                    let got = or_end(character);
                    return Err(self.lexer.error_here(format!(
                        "expected a comma (',') or array terminator (']'), but got {got}"
                    )));
                }
            }
        }
    }

    fn inline_table(&mut self, in_array: bool) -> Lexed<Value> {
        let outer_context = self.context.clone();
        let outer_key = std::mem::take(&mut self.current);
        let mut path = outer_context.clone();
        path.push(outer_key.clone());
        self.context.clone_from(&path);
        self.note_key();
        self.tree.imply(&path);
        self.open(&path, in_array)?;
        let top = Map::new();
        while !self.inline_table_ends(&top)? {}
        self.context = outer_context;
        self.current = outer_key;
        self.note_key();
        Ok(Value::Map(top))
    }

    /// Reads up to the end of the table, or one pair and up to what follows its comma.
    fn inline_table_ends(&mut self, top: &Map) -> Lexed<bool> {
        loop {
            let character = self.lexer.next()?;
            self.lexer.ignore();
            match character {
                '#' => self.lexer.skip_comment()?,
                ',' => return Err(self.lexer.error_here("unexpected comma")),
                '}' => return Ok(true),
                _ if is_blank(character) || is_newline(character) => {}
                _ => {
                    self.lexer.backup();
                    break;
                }
            }
        }
        let (path, value) = self.pair(true)?;
        self.insert(top, &path, value)?;
        loop {
            let character = self.lexer.next()?;
            self.lexer.ignore();
            match character {
                '#' => self.lexer.skip_comment()?,
                ',' => {
                    self.lexer.skip_blanks()?;
                    if self.lexer.peek()? != '}' {
                        return Ok(false);
                    }
                }
                '}' => return Ok(true),
                _ if is_blank(character) || is_newline(character) => {}
                _ => {
                    let got = or_end(character);
                    return Err(self.lexer.error_here(format!(
                        "expected a comma or an inline table terminator '}}', but got {got} instead"
                    )));
                }
            }
        }
    }

    /// Puts a value into a table in braces, making the tables that a dotted key implies.
    fn insert(&mut self, top: &Map, path: &[String], value: Value) -> Lexed<()> {
        let Some((last, parents)) = path.split_last() else { return Ok(()) };
        let mut table = top.clone();
        for parent in parents {
            table = match table.get(parent.as_bytes()) {
                Some(Value::Map(inner)) => inner,
                Some(_) => {
                    let context: Vec<_> =
                        self.context.iter().map(|part| quote(part.as_bytes())).collect();
                    return Err(self.error(format!("[{}] is not a table", context.join(" "))));
                }
                None => {
                    let inner = Map::new();
                    table.set(parent.as_str(), Value::Map(inner.clone()));
                    inner
                }
            };
        }
        table.set(Text::from(last.as_str()), value);
        Ok(())
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

fn or_end(character: char) -> String {
    if character == END { "end of file".to_owned() } else { format!("'{character}'") }
}
