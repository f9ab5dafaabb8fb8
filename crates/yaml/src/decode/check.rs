use super::{Build, Key};
use crate::resolve::Scalar;
use crate::span::Span;

/// Builds nothing: only errors are of interest.
pub(crate) struct Check;

impl Build for Check {
    type Value = ();
    type Key = ();

    fn scalar(&mut self, _: Scalar<'_>, _: Span) {}

    fn key(&mut self, _: &Key<'_>, _: Span) {}

    fn list(&mut self, _: Vec<()>, _: Span) {}

    fn map(&mut self, _: Vec<((), ())>, _: Span) {}
}
