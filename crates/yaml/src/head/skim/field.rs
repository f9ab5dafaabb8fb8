use std::ops::Range;

use super::Skim;
use super::scalar::quoted_end;
use crate::head::{is_named, text_of_scalar};
use crate::resolve::{self, Looks, Scalar};
use crate::tag::Tag;

/// What a mapping is to the head.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Root,
    Metadata,
    Annotations,
    /// Nothing.
    Other,
}

/// What a key is to the head.
#[derive(Clone, Copy)]
pub(super) enum Field<'t> {
    ApiVersion,
    Kind,
    Metadata,
    Name,
    Namespace,
    Annotations,
    Annotation(&'t str),
    /// Nothing.
    Other,
}

impl Field<'_> {
    /// What the field's value is if it is a mapping, if it may be one.
    pub(super) const fn role(self) -> Option<Role> {
        match self {
            Self::Metadata => Some(Role::Metadata),
            Self::Annotations => Some(Role::Annotations),
            Self::Other => Some(Role::Other),
            _ => None,
        }
    }
}

/// The fields of the root and of its metadata, by what they are in.
const ROOT: &[(&str, Field<'static>)] =
    &[("apiVersion", Field::ApiVersion), ("kind", Field::Kind), ("metadata", Field::Metadata)];
const METADATA: &[(&str, Field<'static>)] =
    &[("name", Field::Name), ("namespace", Field::Namespace), ("annotations", Field::Annotations)];

/// Whether a plain scalar is neither null, a truth value nor a number.
pub(super) fn is_text(plain: &str) -> bool {
    resolve::looks(plain, false) == Looks::Text
}

/// Whether a plain scalar is no number that JSON lacks.
pub(super) fn is_finite(plain: &str) -> bool {
    let may_be_number =
        plain.starts_with(|first: char| "+-.".contains(first) || first.is_ascii_digit());
    !may_be_number
        || !matches!(resolve::looks(plain, false), Looks::Float(number) if !number.is_finite())
}

impl<'t> Skim<'t> {
    /// What the key from `at` to `end` is in a mapping of this role.
    pub(super) fn field(&mut self, role: Role, at: usize, end: usize) -> Option<Field<'t>> {
        let is_quoted = matches!(self.bytes[at], b'"' | b'\'');
        let key = &self.text[at..end];
        if !is_quoted && !is_text(key) {
            return None;
        }
        let fields = match role {
            Role::Other => return Some(Field::Other),
            Role::Root => ROOT,
            Role::Metadata => METADATA,
            Role::Annotations => &[],
        };
        let key = if is_quoted {
            quoted_end(self.bytes, at).filter(|quoted| quoted.is_verbatim)?;
            &self.text[at + 1..end - 1]
        } else {
            key
        };
        if matches!(role, Role::Annotations) {
            let is_new = self.head.annotations.insert(key.to_owned(), String::new()).is_none();
            return is_new.then_some(Field::Annotation(key));
        }
        let Some(&(name, field)) = fields.iter().find(|(name, _)| is_named(key, name)) else {
            return Some(Field::Other);
        };
        // The last one of the same name counts, or the last one in order.
        let is_new = !self.found.contains(&name);
        self.found.push(name);
        (is_new && key == name).then_some(field)
    }

    /// Reads the text of a field.
    pub(super) fn set(
        &mut self,
        field: Field<'t>,
        text: Range<usize>,
        is_plain: bool,
    ) -> Option<()> {
        let text = &self.text[text];
        if matches!(field, Field::Other) {
            return is_finite(text).then_some(());
        }
        let scalar = resolve::scalar(Tag::None, is_plain, text, 0).ok()?;
        if matches!(scalar, Scalar::Float(number) if !number.is_finite()) {
            return None;
        }
        let place = match field {
            Field::ApiVersion => &mut self.head.api_version,
            Field::Kind => &mut self.head.kind,
            Field::Name => &mut self.head.name,
            Field::Namespace => match scalar {
                Scalar::Text(_) => &mut self.head.namespace,
                _ => return Some(()),
            },
            Field::Annotation(key) => self.head.annotations.get_mut(key)?,
            Field::Metadata | Field::Annotations | Field::Other => {
                return (scalar == Scalar::Null).then_some(());
            }
        };
        if let Some(text) = text_of_scalar(scalar) {
            *place = text;
        }
        Some(())
    }
}
