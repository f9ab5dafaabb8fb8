use rhumb_value::Value;

use crate::compose::Composer;
use crate::decode::{Build, Check, decode};
use crate::node::{BuildNode, Node};
use crate::source::Source;
use crate::value::BuildValue;
use crate::{Error, Options};

/// Reads the first document. Nothing but comments is null.
///
/// # Errors
///
/// If it is no YAML, breaks a limit, or is nothing that JSON can express.
pub fn parse(text: &[u8], options: &Options) -> Result<Node, Error> {
    Ok(build(text, options, &mut BuildNode)?.unwrap_or_default())
}

/// Reads all documents of a stream.
///
/// # Errors
///
/// As [`parse`], for the first document that is wrong.
pub fn parse_documents(text: &[u8], options: &Options) -> Result<Vec<Node>, Error> {
    check_size(text, options)?;
    let source = Source::new(text)?;
    let mut composer = Composer::new(&source);
    let mut documents = Vec::new();
    while let Some(document) = composer.next_document()? {
        documents.push(decode(&document, options, &mut BuildNode)?);
    }
    Ok(documents)
}

/// Reads the first document as the template function `fromYaml` does: every number is a `float64`.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_value(text: &[u8], options: &Options) -> Result<Value, Error> {
    Ok(build(text, options, &mut BuildValue)?.unwrap_or_default())
}

/// Reads the first document into what `build` makes of it: nothing of nothing but comments.
///
/// # Errors
///
/// As [`parse`].
pub fn build<B: Build>(
    text: &[u8],
    options: &Options,
    build: &mut B,
) -> Result<Option<B::Value>, Error> {
    check_size(text, options)?;
    let source = Source::new(text)?;
    let Some(document) = Composer::new(&source).next_document()? else { return Ok(None) };
    decode(&document, options, build).map(Some)
}

/// Whether the first document can be read, without building anything.
///
/// # Errors
///
/// As [`parse`].
pub fn check(text: &[u8], options: &Options) -> Result<(), Error> {
    build(text, options, &mut Check).map(drop)
}

fn check_size(text: &[u8], options: &Options) -> Result<(), Error> {
    let limit = options.limits.bytes;
    if text.len() > limit { Err(Error::TooLarge { limit }) } else { Ok(()) }
}
