//! A quick check for the usual case: a schema of the common keywords, and values that satisfy it.
//!
//! It says "surely" or it says nothing. For "surely", the schema has been read whole and is a
//! schema in every part, by the rules of its draft, and the values satisfy it. Where it is not sure
//! (a keyword it does not know how to treat, a value of the wrong type, a limit, or simply values
//! that do not fit) the whole validator decides, which also has the words for what is wrong. So
//! everything here may give up at any time, and may be stricter than a draft, but never laxer.
//!
//! [`read`](Reader::read) takes the JSON apart in one pass without a tree of it, passing over what
//! only people read; [`Check`] then walks the values.

mod check;
mod draft;
mod json;
mod pattern;
mod read;
mod reference;
mod schema;
#[cfg(test)]
mod tests;
mod value;

use boon::Draft;

use self::check::Check;
use self::json::{Cursor, Json as _};
use self::read::Reader;
use crate::values::Table;

/// That the quick check does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unsure;

/// What is known for sure.
type Surely<T> = Result<T, Unsure>;

/// Whether the schema is surely one, and the values surely satisfy it.
pub(super) fn surely_fit(values: &Table, schema: &[u8]) -> bool {
    fit(values, schema) == Ok(true)
}

fn fit(values: &Table, schema: &[u8]) -> Surely<bool> {
    let text = str::from_utf8(schema).map_err(|_| Unsure)?;
    let schema = Reader::read(text, Draft::default())?;
    Check::new(&schema).table(values)
}

/// The value that a pointer points at, as it is written; of a list, each item.
pub(super) fn written<'a>(text: &'a [u8], pointer: &str) -> Vec<&'a str> {
    let read = || {
        let mut cursor = Cursor::find(str::from_utf8(text).map_err(|_| Unsure)?, pointer)?;
        let mut written = Vec::new();
        if cursor.peek() == b'[' {
            cursor.list(|cursor| {
                written.push(cursor.any()?);
                Ok(())
            })?;
        } else {
            written.push(cursor.any()?);
        }
        Ok::<_, Unsure>(written)
    };
    read().unwrap_or_default()
}
