use super::Key;
use crate::resolve::Scalar;
use crate::span::Span;

/// Makes something of what a document holds, innermost first.
pub trait Build {
    /// What it makes of a value.
    type Value;
    /// What it makes of the key of a mapping.
    type Key;

    /// Makes a value of a scalar. A float may be none that JSON has, but then reading fails.
    fn scalar(&mut self, scalar: Scalar<'_>, span: Span) -> Self::Value;

    /// Makes a key.
    fn key(&mut self, key: &Key<'_>, span: Span) -> Self::Key;

    /// Makes a value of a sequence.
    fn list(&mut self, items: Vec<Self::Value>, span: Span) -> Self::Value;

    /// Makes a value of a mapping. The entries come in the order in which they are set: of equal
    /// keys, the last one counts.
    fn map(&mut self, entries: Vec<(Self::Key, Self::Value)>, span: Span) -> Self::Value;
}
