//! What a reference within the document refers to.

use super::schema::{Id, Keyword, Members, Schemas};
use super::{Surely, Unsure};

/// The pointer of a `$ref`, such as `/definitions/image` of `#/definitions/image`, if it needs no
/// decoding.
pub(super) fn pointer(reference: &str) -> Surely<&str> {
    let pointer = reference.strip_prefix('#').ok_or(Unsure)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.$-".contains(&byte);
    let is_pointer = pointer.is_empty() || pointer.starts_with('/');
    if is_pointer && pointer.bytes().all(is_plain) { Ok(pointer) } else { Err(Unsure) }
}

/// Whether a text surely is the URL of a document, such as `https://example.com/values.json`.
pub(super) fn is_plain_url(text: &str) -> bool {
    let url = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some((host, path)) = url.and_then(|url| url.split_once('/')) else { return false };
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_lowercase());
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte);
    host.split('.').all(is_label) && path.bytes().all(is_plain)
}

impl Schemas<'_> {
    /// The schema at a pointer, if it is where schemas with names usually are.
    pub(super) fn at(&self, pointer: &str) -> Option<Id> {
        let mut id = self.whole;
        let mut words = pointer.split('/').skip(1);
        while let Some(word) = words.next() {
            let keywords = self.get(id).ok()?.keywords.of(&self.keywords);
            id = keywords.iter().find_map(|keyword| match (word, *keyword) {
                ("$defs", Keyword::Definitions { is_old: false, named })
                | ("definitions", Keyword::Definitions { is_old: true, named })
                | ("properties", Keyword::Members(Members { named, .. })) => {
                    self.named(named, words.next()?)
                }
                _ => None,
            })?;
        }
        Some(id)
    }
}
