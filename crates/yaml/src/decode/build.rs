use super::Key;
use crate::resolve::Scalar;
use crate::span::Span;

/// Makes something of what a document holds, innermost first.
pub(crate) trait Build {
    type Value;
    type Key;

    fn scalar(&mut self, scalar: Scalar<'_>, span: Span) -> Self::Value;

    fn key(&mut self, key: &Key<'_>, span: Span) -> Self::Key;

    fn list(&mut self, items: Vec<Self::Value>, span: Span) -> Self::Value;

    /// The entries come in the order in which they are set: of equal keys, the last one counts.
    fn map(&mut self, entries: Vec<(Self::Key, Self::Value)>, span: Span) -> Self::Value;
}
