//! The entries of an unpacked archive.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use tar::{EntryType, Header, PaxExtensions};

use super::inflate::broken_off;
use crate::ArchiveError;

/// Headers and contents fill blocks of so many bytes.
const BLOCK: usize = 512;

/// An entry of an archive.
pub(super) struct Entry<'a> {
    pub(super) header: &'a Header,
    /// Where its content is in the archive.
    pub(super) content: Range<usize>,
    before: Before<'a>,
}

/// What the entries before an entry say about it.
#[derive(Clone, Copy, Default)]
struct Before<'a> {
    name: Option<&'a [u8]>,
    link: Option<&'a [u8]>,
    extensions: Option<&'a [u8]>,
}

impl<'a> Before<'a> {
    fn is_empty(&self) -> bool {
        self.name.is_none() && self.link.is_none() && self.extensions.is_none()
    }

    /// The field for what an entry of this kind says about the next one.
    fn field(&mut self, header: &Header) -> Option<&mut Option<&'a [u8]>> {
        if header.as_gnu().is_none() && header.as_ustar().is_none() {
            return None;
        }
        match header.entry_type() {
            EntryType::GNULongName => Some(&mut self.name),
            EntryType::GNULongLink => Some(&mut self.link),
            EntryType::XHeader => Some(&mut self.extensions),
            _ => None,
        }
    }

    fn extension(&self, key: &str) -> Option<&'a [u8]> {
        let mut extensions = PaxExtensions::new(self.extensions?).filter_map(Result::ok);
        extensions
            .find(|found| found.key_bytes() == key.as_bytes())
            .map(|found| found.value_bytes())
    }

    fn size(&self) -> Option<u64> {
        str::from_utf8(self.extension("size")?).ok()?.parse().ok()
    }
}

impl<'a> Entry<'a> {
    /// Its path.
    pub(super) fn name(&self) -> Cow<'a, [u8]> {
        let long = self.before.name.map(without_end);
        long.or_else(|| self.before.extension("path"))
            .map_or_else(|| self.header.path_bytes(), Cow::Borrowed)
    }

    /// Where it leads, if it is a link.
    pub(super) fn link(&self) -> Cow<'a, [u8]> {
        let long = self.before.link.map(without_end);
        long.or_else(|| self.before.extension("linkpath"))
            .map_or_else(|| self.header.link_name_bytes().unwrap_or_default(), Cow::Borrowed)
    }
}

/// A text without the zero that ends it.
fn without_end(text: &[u8]) -> &[u8] {
    text.strip_suffix(b"\0").unwrap_or(text)
}

/// Reads the entries of an archive one by one, up to the first that is wrong.
pub(super) struct Entries<'a> {
    archive: &'a [u8],
    at: usize,
}

impl<'a> Entries<'a> {
    pub(super) const fn new(archive: &'a [u8]) -> Self {
        Self { archive, at: 0 }
    }

    fn read(&mut self) -> Result<Option<Entry<'a>>, ArchiveError> {
        let mut before = Before::default();
        loop {
            let Some(header) = self.header()? else {
                return if before.is_empty() { Ok(None) } else { Err(broken("nothing described")) };
            };
            let field = before.field(header);
            let size = if field.is_some() { None } else { before.size() };
            let size =
                size.map_or_else(|| header.entry_size(), Ok).map_err(ArchiveError::Broken)?;
            let content = self.content(size).ok_or_else(broken_off)?;
            match before.field(header) {
                Some(Some(_)) => return Err(broken("described twice")),
                Some(field) => *field = self.archive.get(content),
                None => return Ok(Some(Entry { header, content, before })),
            }
        }
    }

    /// The header here, unless the archive ends.
    fn header(&mut self) -> Result<Option<&'a Header>, ArchiveError> {
        let rest = self.archive.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let block = rest.get(..BLOCK).ok_or_else(broken_off)?;
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let header = Header::from_byte_slice(block);
        // Half a block's bytes fit into 16 bits, of which more are added at a time.
        let sum_half = |bytes: &[u8]| bytes.iter().map(|byte| u16::from(*byte)).sum::<u16>();
        let sum = |bytes: &[u8]| bytes.chunks(BLOCK / 2).map(sum_half).map(u32::from).sum::<u32>();
        // The sum itself counts as blanks.
        let expected = sum(block) - sum(&header.as_old().cksum) + 8 * u32::from(b' ');
        if header.cksum().map_err(ArchiveError::Broken)? != expected {
            return Err(broken("archive header checksum mismatch"));
        }
        self.at += BLOCK;
        Ok(Some(header))
    }

    /// The content of so many bytes here, if it is there with what fills its last block; goes on
    /// behind that.
    fn content(&mut self, size: u64) -> Option<Range<usize>> {
        let start = self.at;
        let end = start.checked_add(usize::try_from(size).ok()?)?;
        let next = end.checked_next_multiple_of(BLOCK)?;
        self.at = Some(next).filter(|next| *next <= self.archive.len())?;
        Some(start..end)
    }
}

fn broken(problem: &'static str) -> ArchiveError {
    ArchiveError::Broken(io::Error::other(problem))
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<Entry<'a>, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
