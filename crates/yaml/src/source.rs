use std::borrow::Cow;

mod check;
mod model;

use check::Fault;
pub(crate) use model::ReaderModel;

use crate::Error;

/// The characters of a YAML stream: UTF-8 without its byte order mark, with what the reader found
/// wrong with them.
///
/// Fine text is looked at once, here, and scanned without another thought. Only a text with a
/// forbidden character, or with a byte order mark inside, is scanned with a model of the buffer
/// that the reader would have, since that buffer decides which error comes first and which marks
/// are skipped.
pub(crate) struct Source<'a> {
    text: Cow<'a, str>,
    is_ascii: bool,
    only_line_feeds: bool,
    model: Option<Box<ReaderModel>>,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl<'a> Source<'a> {
    /// Reads UTF-8, or UTF-16 with a byte order mark.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        let limit = u32::MAX as usize - 16;
        if bytes.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        match bytes {
            [0xff, 0xfe, rest @ ..] => Ok(Self::from_utf16(rest, u16::from_le_bytes)),
            [0xfe, 0xff, rest @ ..] => Ok(Self::from_utf16(rest, u16::from_be_bytes)),
            _ => Ok(Self::from_utf8(bytes)),
        }
    }

    fn from_utf8(bytes: &'a [u8]) -> Self {
        let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let body = &bytes[start..];
        if check::is_plain_ascii(body)
            && let Ok(text) = str::from_utf8(body)
        {
            let only_line_feeds = memchr::memchr(b'\r', body).is_none();
            return Self { text: text.into(), is_ascii: true, only_line_feeds, model: None };
        }
        let (text, fault) = check::checked_text(body);
        let has_bom = memchr::memmem::find(text.as_bytes(), BOM).is_some();
        if fault.is_none() && !has_bom {
            let only_line_feeds = !check::has_odd_breaks(body);
            return Self { text: text.into(), is_ascii: false, only_line_feeds, model: None };
        }
        let widths = text.chars().map(|character| (character.len_utf8(), character.len_utf8()));
        let chunks = model::chunks(start, widths, fault.as_ref());
        Self::modelled(text.into(), chunks, fault)
    }

    fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        let decoded = check::decode_utf16(bytes, unit);
        let characters = decoded.text.chars();
        let widths = characters.map(|character| (character.len_utf16() * 2, character.len_utf8()));
        let chunks = model::chunks(2, widths, decoded.fault.as_ref());
        Self::modelled(decoded.text.into(), chunks, decoded.fault)
    }

    fn modelled(text: Cow<'a, str>, chunks: Vec<usize>, fault: Option<Fault>) -> Self {
        let model = ReaderModel::new(chunks, fault.map(|fault| fault.problem));
        let text = match (text, model.end()) {
            (Cow::Borrowed(text), Some(end)) => Cow::Borrowed(&text[..end]),
            (Cow::Owned(text), Some(end)) => Cow::Owned(text[..end].to_owned()),
            (text, None) => text,
        };
        Self { text, is_ascii: false, only_line_feeds: false, model: Some(Box::new(model)) }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether every character is one byte.
    pub(crate) const fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// Whether the only line break in the text is the line feed.
    pub(crate) const fn only_line_feeds(&self) -> bool {
        self.only_line_feeds
    }

    pub(crate) fn model(&self) -> Option<Box<ReaderModel>> {
        self.model.clone()
    }
}
