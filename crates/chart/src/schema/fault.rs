//! Problems as Helm's validator finds them, which differs from ours in some ways.

use boon::{ErrorKind, InstanceToken, ValidationError};

use super::{decimal, place};

/// A problem and what caused it.
pub(super) struct Fault<'e> {
    /// What is wrong; nothing if several things are wrong with one schema.
    pub(super) kind: Option<&'e ErrorKind<'e, 'e>>,
    /// The URL of the schema that found it.
    pub(super) schema: &'e str,
    /// The way to the value that it was found in.
    pub(super) way: &'e [InstanceToken<'e>],
    /// What caused it.
    pub(super) causes: Vec<Self>,
}

impl<'e> Fault<'e> {
    /// The problem that an error is for Helm; nothing if it is none.
    pub(super) fn new(error: &'e ValidationError<'e, 'e>) -> Option<Self> {
        let (schema, way) = (error.schema_url, error.instance_location.tokens.as_slice());
        let mut causes: Vec<_> = error.causes.iter().filter_map(Self::new).collect();
        let gone = error.causes.len() - causes.len();
        let is_gone = match &error.kind {
            ErrorKind::MultipleOf { got, want } => {
                decimal::is_multiple(&got.to_string(), &want.to_string()).unwrap_or_default()
            }
            ErrorKind::AnyOf | ErrorKind::OneOf(None) | ErrorKind::Contains => gone > 0,
            ErrorKind::MinContains { got, want } => got.len() + gone >= *want,
            _ => gone > 0 && causes.is_empty(),
        };
        if is_gone {
            return None;
        }
        match error.kind {
            ErrorKind::Group => {
                stop_at_format(schema, way.len(), &mut causes);
                if causes.len() == 1 {
                    return causes.pop();
                }
                return Some(Self { kind: None, schema, way, causes });
            }
            ErrorKind::Schema { .. }
            | ErrorKind::PropertyName { .. }
            | ErrorKind::ContentSchema => causes = regroup(schema, way.len(), causes),
            ErrorKind::Reference { url, .. } => causes = regroup(url, way.len(), causes),
            _ => {}
        }
        Some(Self { kind: Some(&error.kind), schema, way, causes })
    }
}

/// Ours puts the problems of one schema below what led to it, as Helm's does, but also where a
/// keyword such as `allOf` is in between.
fn regroup<'e>(base: &str, depth: usize, mut causes: Vec<Fault<'e>>) -> Vec<Fault<'e>> {
    let [first, others @ ..] = causes.as_slice() else { return causes };
    if others.is_empty() {
        return causes;
    }
    let (mut schema, mut is_combined) = (None, false);
    let mut depth = depth;
    for (index, step) in place::steps(base, first.schema).into_iter().enumerate() {
        let inner = depth + usize::from(step.is_deeper);
        let is_common = others.iter().all(|other| {
            place::steps(base, other.schema).get(index) == Some(&step)
                && place::is_same_way(first.way, other.way, inner)
        });
        if !is_common {
            break;
        }
        (schema, depth) = (Some(step.to), inner);
        is_combined |= step.combined().is_some();
    }
    let way = first.way.get(..depth).unwrap_or_default();
    let found = stop_at_format(schema.unwrap_or(base), depth, &mut causes);
    match schema {
        Some(schema) if is_combined && !found => {
            vec![Fault { kind: None, schema, way, causes }]
        }
        _ => causes,
    }
}

/// Helm's validator looks no further once the format of a value is wrong. Returns whether it is.
fn stop_at_format(schema: &str, depth: usize, causes: &mut Vec<Fault<'_>>) -> bool {
    let is_format = causes.first().is_some_and(|first| {
        matches!(first.kind, Some(ErrorKind::Format { .. }))
            && first.schema == schema
            && first.way.len() == depth
    });
    if is_format {
        causes.truncate(1);
    }
    is_format
}
