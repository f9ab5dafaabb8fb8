//! The language of `--set` and its sisters.

mod error;
mod scan;

use std::sync::Arc;

use super::json;
use super::node::{Data, Node, Origin, Table};
pub use error::SetError;
use error::{MAX_INDEX, MAX_LEVEL, Stop};
use scan::Scanner;

/// How the texts behind the equals signs are read.
#[derive(Clone, Copy)]
pub enum SetMode<'a> {
    /// `--set`: `true`, `false`, `null` and integers have their types, lists are in braces.
    Typed,
    /// `--set-string`: everything is a text.
    Text,
    /// `--set-json`: everything is JSON.
    Json,
    /// `--set-literal`: one assignment whose value is all the rest, as it is.
    Literal,
    /// `--set-file`: everything is a path; the function reads the file.
    File(&'a dyn Fn(&str) -> Result<Vec<u8>, String>),
}

/// Reads an argument such as `a.b=1,c[0]={x,y}` and changes `table` accordingly.
///
/// `flag` is the flag's name, such as `--set`; with the argument it is the origin of the new values.
///
/// # Errors
///
/// In Helm's words, if the argument is not in the language; `table` is then half changed.
pub fn set(
    table: &mut Table,
    flag: &str,
    argument: &str,
    mode: SetMode<'_>,
) -> Result<(), SetError> {
    let source = Arc::from(format!("{flag} {argument}"));
    let offset = flag.len() + 1;
    let mut parser = Parser { scanner: Scanner::new(argument), mode, source, offset };
    loop {
        match parser.key(table, 0) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Error(error)) => return Err(error),
        }
    }
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    mode: SetMode<'a>,
    source: Arc<str>,
    offset: usize,
}

/// Sets a key; an empty one is silently dropped.
fn put(table: &mut Table, key: &str, node: Node) {
    if !key.is_empty() {
        table.insert(key, node);
    }
}

/// Sets an item; the gap before it is filled with null.
fn put_at(list: &mut Vec<Node>, index: usize, node: Node) -> Result<(), Stop> {
    if index > MAX_INDEX {
        return Err(SetError::IndexTooLarge { index }.into());
    }
    if list.len() <= index {
        list.resize_with(index + 1, Node::default);
    }
    list[index] = node;
    Ok(())
}

impl Parser<'_> {
    fn is_literal(&self) -> bool {
        matches!(self.mode, SetMode::Literal)
    }

    fn until(&mut self, stops: &str) -> (String, Option<char>) {
        self.scanner.until(stops, !self.is_literal())
    }

    fn node(&self, start: usize, data: Data) -> Node {
        let bytes = self.offset + start..self.offset + self.scanner.position();
        Node { data, origin: Some(Origin::new(&self.source, &bytes)) }
    }

    fn key(&mut self, table: &mut Table, level: usize) -> Result<(), Stop> {
        let (key, stop) = self.until(if self.is_literal() { "=[." } else { "=[,." });
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => Err(SetError::NoValue { key }.into()),
            Some('[') => self.list_key(table, &key, level),
            Some('.') => self.map_key(table, &key, level + 1),
            Some('=') => self.assignment(table, &key),
            Some(_) => Err(SetError::EndsWithComma { key }.into()),
        }
    }

    /// Reads on behind `key.`
    fn map_key(&mut self, table: &mut Table, key: &str, level: usize) -> Result<(), Stop> {
        if level > MAX_LEVEL {
            return Err(SetError::TooDeep.into());
        }
        let existed = table.get(key).is_some();
        let mut inner = match table.get_mut(key) {
            None => Node::from(Table::default()),
            Some(node) if node.table().is_some() => std::mem::take(node),
            Some(node) => return Err(SetError::not_a(node, "map[string]interface {}").into()),
        };
        let Data::Map(entries) = &mut inner.data else { return Err(Stop::End) };
        let entries = Arc::make_mut(entries);
        let result = self.key(entries, level);
        let is_empty = entries.is_empty();
        if existed || (!is_empty && !key.is_empty()) {
            table.insert(key, inner);
        }
        if result.is_ok() && is_empty {
            return Err(SetError::EmptyMap { key: key.to_owned() }.into());
        }
        result
    }

    /// Reads on behind `key[`
    fn list_key(&mut self, table: &mut Table, key: &str, level: usize) -> Result<(), Stop> {
        let index = self.index()?;
        let mut list = match table.get(key) {
            None => Vec::new(),
            Some(node) => items(node)?,
        };
        let result = self.item(&mut list, index, level);
        put(table, key, Data::List(list.into()).into());
        result
    }

    fn index(&mut self) -> Result<i64, Stop> {
        let (text, stop) = self.until("]");
        if stop.is_none() {
            return Err(Stop::End);
        }
        text.parse().map_err(|_| SetError::index(&text).into())
    }

    /// Reads on behind `[index]`
    fn item(&mut self, list: &mut Vec<Node>, index: i64, level: usize) -> Result<(), Stop> {
        let Ok(index) = usize::try_from(index) else {
            return Err(SetError::NegativeIndex { index }.into());
        };
        let (text, stop) = self.until("[.=");
        if !text.is_empty() {
            return Err(SetError::AfterIndex { text }.into());
        }
        match stop {
            None => Err(Stop::End),
            Some('=') => self.item_value(list, index),
            Some('[') => {
                let next = self.index()?;
                let mut inner = match list.get(index) {
                    None => Vec::new(),
                    Some(node) if node.is_null() => Vec::new(),
                    Some(node) => items(node)?,
                };
                self.item(&mut inner, next, level)?;
                put_at(list, index, Data::List(inner.into()).into())
            }
            Some(_) => self.item_map(list, index, level),
        }
    }

    /// Reads on behind `[index].`
    fn item_map(&mut self, list: &mut Vec<Node>, index: usize, level: usize) -> Result<(), Stop> {
        let existed = index < list.len();
        let mut entries = match list.get_mut(index).map(std::mem::take) {
            Some(Node { data: Data::Map(entries), .. }) => entries,
            _ => Arc::default(),
        };
        let result = self.key(Arc::make_mut(&mut entries), level);
        if existed || result.is_ok() {
            put_at(list, index, Data::Map(entries).into())?;
        }
        result
    }

    /// Reads the value behind `key=`
    fn assignment(&mut self, table: &mut Table, key: &str) -> Result<(), Stop> {
        let start = self.scanner.position();
        match self.mode {
            SetMode::Json => {
                let node = self.json()?;
                put(table, key, node);
                Ok(())
            }
            SetMode::Literal => {
                let text = self.scanner.rest();
                let node = self.node(start, Data::Text(text.into_bytes().into()));
                put(table, key, node);
                Ok(())
            }
            _ if self.scanner.is_at_end() => {
                let node = self.node(start, Data::Text(Arc::default()));
                put(table, key, node);
                Err(Stop::End)
            }
            _ => {
                let node = self.list_or_scalar()?;
                put(table, key, node);
                Ok(())
            }
        }
    }

    /// Reads the value behind `[index]=`
    fn item_value(&mut self, list: &mut Vec<Node>, index: usize) -> Result<(), Stop> {
        let start = self.scanner.position();
        let node = match self.mode {
            SetMode::Json => self.json()?,
            SetMode::Literal => {
                let text = self.scanner.rest();
                self.node(start, Data::Text(text.into_bytes().into()))
            }
            _ if self.scanner.is_at_end() => self.node(start, Data::Text(Arc::default())),
            _ => self.list_or_scalar()?,
        };
        put_at(list, index, node)
    }

    fn list_or_scalar(&mut self) -> Result<Node, Stop> {
        let start = self.scanner.position();
        if !self.scanner.take('{') {
            let (text, end) = self.until(",");
            let comma = usize::from(end.is_some());
            return self.scalar(start, comma, &text);
        }
        let mut list = Vec::new();
        loop {
            let item = self.scanner.position();
            let (text, stop) = self.until(",}");
            let Some(stop) = stop else { return Err(SetError::OpenList.into()) };
            list.push(self.scalar(item, 1, &text)?);
            if stop == '}' {
                let node = self.node(start, Data::List(list.into()));
                self.scanner.take(',');
                return Ok(node);
            }
        }
    }

    /// Makes a value of a text that began at `start`; `after` bytes were read behind it.
    fn scalar(&self, start: usize, after: usize, text: &str) -> Result<Node, Stop> {
        let data = match self.mode {
            SetMode::Typed => typed(text),
            SetMode::File(read) => {
                let content = read(text).map_err(|message| SetError::File { message })?;
                Data::Text(content.into())
            }
            SetMode::Text | SetMode::Json | SetMode::Literal => Data::Text(text.as_bytes().into()),
        };
        let bytes = self.offset + start..self.offset + self.scanner.position() - after;
        Ok(Node { data, origin: Some(Origin::new(&self.source, &bytes)) })
    }

    fn json(&mut self) -> Result<Node, Stop> {
        let start = self.scanner.position();
        if self.scanner.skip_empty() {
            return Ok(self.node(start, Data::Null));
        }
        let start = self.scanner.position();
        let mut reader =
            json::Reader::new(self.scanner.remaining(), &self.source, self.offset + start);
        let node = reader.value().map_err(|_| SetError::Json)?;
        let length = reader.position();
        self.scanner.skip(length);
        self.scanner.skip_empty();
        Ok(node)
    }
}

fn items(node: &Node) -> Result<Vec<Node>, Stop> {
    match &node.data {
        Data::List(items) => Ok(items.to_vec()),
        _ => Err(SetError::not_a(node, "[]interface {}").into()),
    }
}

/// Gives a text of `--set` its type.
fn typed(text: &str) -> Data {
    if text.eq_ignore_ascii_case("true") {
        return Data::Bool(true);
    }
    if text.eq_ignore_ascii_case("false") {
        return Data::Bool(false);
    }
    if text.eq_ignore_ascii_case("null") {
        return Data::Null;
    }
    if text == "0" {
        return Data::Int(0);
    }
    if !text.starts_with('0')
        && let Ok(number) = text.parse()
    {
        return Data::Int(number);
    }
    Data::Text(text.as_bytes().into())
}

#[cfg(test)]
mod tests;
