use rhumb_value::quote::quote;
use rhumb_value::{List, Map, Value, stack};

use super::Parser;
use crate::toml::lexer::{END, Lexed, is_blank, is_newline};
use crate::toml::{MAX_DEPTH, number, quote_rune, string};

impl Parser<'_> {
    /// A value, and whether it is an array.
    pub(super) fn value(&mut self, in_array: bool) -> Lexed<(Value, bool)> {
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
        let got = quote_rune(first);
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
}

fn or_end(character: char) -> String {
    if character == END { "end of file".to_owned() } else { format!("'{character}'") }
}
