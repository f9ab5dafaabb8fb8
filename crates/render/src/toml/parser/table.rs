use rhumb_value::quote::quote;
use rhumb_value::{Map, Text, Value};

use super::Parser;
use crate::toml::lexer::{END, Lexed};
use crate::toml::quote_rune;

impl Parser<'_> {
    /// `[table]` or `[[table]]`, whose first bracket has been read.
    pub(super) fn table_header(&mut self) -> Lexed<()> {
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
                    let got = quote_rune(other);
                    return Err(self.lexer.error_here(format!(
                        "expected '.' or ']' to end table name, but got {got} instead"
                    )));
                }
            }
        }
        if array {
            let character = self.lexer.next()?;
            if character != ']' {
                let got = quote_rune(character);
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
    pub(super) fn open(&mut self, path: &[String], array: bool) -> Lexed<()> {
        let Some((_, parents)) = path.split_last() else { return Ok(()) };
        self.tree.reach(parents).map_err(|message| self.error(message))?;
        self.context = parents.to_vec();
        self.note_key();
        self.tree.open(path, array).map_err(|message| self.error(message))?;
        self.context = path.to_vec();
        self.note_key();
        Ok(())
    }

    /// Puts a value into a table in braces, making the tables that a dotted key implies.
    pub(super) fn insert(&mut self, top: &Map, path: &[String], value: Value) -> Lexed<()> {
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
}
