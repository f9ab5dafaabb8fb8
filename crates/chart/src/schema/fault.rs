//! Problems as Helm's validator finds them, which differs from ours in some ways.

use std::cell::RefCell;
use std::collections::BTreeMap;

use boon::{ErrorKind, ValidationError};
use serde_json::Value;

use super::document::{self, Documents};
use super::place::{self, Step};
use super::{decimal, pattern};

/// A problem and what caused it.
pub(super) struct Fault<'e> {
    /// What is wrong; nothing if several things are wrong with one schema.
    pub(super) kind: Option<&'e ErrorKind<'e, 'e>>,
    /// The URL of the schema that found it.
    pub(super) schema: &'e str,
    /// The value that it was found in: the words of a pointer.
    pub(super) place: Vec<String>,
    /// What caused it.
    pub(super) causes: Vec<Self>,
}

/// A schema, and the value that it is for.
#[derive(Clone, Copy)]
pub(super) struct Base<'a> {
    /// The schema's URL.
    pub(super) schema: &'a str,
    /// The words of the value's pointer.
    pub(super) place: &'a [String],
}

impl Fault<'_> {
    /// What the causes of this problem are seen from.
    pub(super) fn base(&self) -> Base<'_> {
        Self::base_at(self.kind, self.schema, &self.place)
    }

    fn base_at<'a>(
        kind: Option<&'a ErrorKind<'_, '_>>,
        schema: &'a str,
        place: &'a [String],
    ) -> Base<'a> {
        match kind {
            Some(ErrorKind::Reference { url, .. }) => Base { schema: url, place },
            // What is wrong with a name or a text has places of its own.
            Some(ErrorKind::PropertyName { .. } | ErrorKind::ContentSchema) => {
                Base { schema, place: &[] }
            }
            _ => Base { schema, place },
        }
    }
}

/// Finds what is wrong for Helm in what is wrong for our validator.
pub(super) struct Finder<'d> {
    /// The schemas.
    pub(super) documents: &'d Documents,
    /// What was compared with them.
    pub(super) values: &'d Value,
    /// How many problems with a property's name were found, by schema and name.
    pub(super) names: RefCell<BTreeMap<(String, String), usize>>,
}

impl Finder<'_> {
    /// The problem that an error is for Helm, nothing if it is none; `above` is what led to it.
    pub(super) fn find<'e>(
        &self,
        error: &'e ValidationError<'e, 'e>,
        above: Base<'_>,
    ) -> Option<Fault<'e>> {
        let (kind, schema) = (Some(&error.kind), error.schema_url);
        let place = self.place(error, above);
        let base = Fault::base_at(kind, schema, &place);
        let causes = error.causes.iter().filter_map(|cause| self.find(cause, base));
        let mut causes: Vec<_> = causes.collect();
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
                stop_at_format(base, &mut causes);
                if causes.len() == 1 {
                    return causes.pop();
                }
                return Some(Fault { kind: None, schema, place, causes });
            }
            ErrorKind::Schema { .. }
            | ErrorKind::Reference { .. }
            | ErrorKind::PropertyName { .. }
            | ErrorKind::ContentSchema => causes = regroup(base, causes),
            _ => {}
        }
        Some(Fault { kind, schema, place, causes })
    }

    /// The words of the pointer to where an error is.
    fn place(&self, error: &ValidationError<'_, '_>, above: Base<'_>) -> Vec<String> {
        if let ErrorKind::PropertyName { prop } = &error.kind {
            return self.place_of_name(error.schema_url, prop, above);
        }
        let mut words = above.place.to_vec();
        let way = &error.instance_location.tokens;
        words.extend(way.iter().skip(words.len()).map(place::word));
        // The validator counts from the first item that a keyword is for.
        let steps = place::steps(above.schema, error.schema_url);
        let deeper = steps.iter().filter(|step| step.is_deeper);
        for (step, word) in deeper.zip(words.iter_mut().skip(above.place.len())) {
            let before = self.items_before(step).unwrap_or_default();
            if before > 0
                && let Ok(number) = word.parse::<usize>()
            {
                *word = (number + before).to_string();
            }
        }
        self.name(&mut words);
        words
    }

    /// Makes the words of a pointer those of the values.
    fn name(&self, words: &mut [String]) {
        let mut value = self.values;
        for word in words {
            let Some((name, inner)) = document::member(value, word) else { break };
            (*word, value) = (name, inner);
        }
    }

    /// How many items come before those that a keyword is for.
    fn items_before(&self, step: &Step<'_>) -> Option<usize> {
        let first = match step.keyword {
            "items"
                if step.to.ends_with("/items") && self.documents.has_prefix_items(step.from) =>
            {
                "prefixItems"
            }
            "additionalItems" => "items",
            _ => return None,
        };
        Some(self.documents.schema(step.from)?.get(first)?.as_array()?.len())
    }

    /// Where the object is that has a property of a wrong name, of which the validator does not
    /// tell: the name has no place of its own. Of several the next one is meant each time.
    fn place_of_name(&self, schema: &str, name: &str, above: Base<'_>) -> Vec<String> {
        let key = (schema.to_owned(), name.to_owned());
        let number = {
            let mut names = self.names.borrow_mut();
            let count = names.entry(key).or_default();
            *count += 1;
            *count - 1
        };
        let location = place::pointer(above.place);
        let name = pattern::original(name);
        let mut places = place::objects(self.values, &location, above.schema, schema, &name);
        let last = places.len().saturating_sub(1);
        if places.is_empty() {
            return above.place.to_vec();
        }
        let place = places.swap_remove(number.min(last));
        place.split('/').skip(1).map(str::to_owned).collect()
    }
}

/// Ours puts the problems of one schema below what led to it, as Helm's does, but also where a
/// keyword such as `allOf` is in between.
fn regroup<'e>(base: Base<'_>, mut causes: Vec<Fault<'e>>) -> Vec<Fault<'e>> {
    let [first, others @ ..] = causes.as_slice() else { return causes };
    if others.is_empty() {
        return causes;
    }
    let (mut schema, mut is_combined) = (None, false);
    let mut depth = base.place.len();
    for (index, step) in place::steps(base.schema, first.schema).into_iter().enumerate() {
        let inner = depth + usize::from(step.is_deeper);
        let is_common = others.iter().all(|other| {
            place::steps(base.schema, other.schema).get(index) == Some(&step)
                && other.place.get(..inner) == first.place.get(..inner)
        });
        if !is_common {
            break;
        }
        (schema, depth) = (Some(step.to), inner);
        is_combined |= step.combined().is_some();
    }
    let place = first.place.get(..depth).unwrap_or_default().to_vec();
    let common = Base { schema: schema.unwrap_or(base.schema), place: &place };
    let is_format = stop_at_format(common, &mut causes);
    match schema {
        Some(schema) if is_combined && !is_format => {
            vec![Fault { kind: None, schema, place, causes }]
        }
        _ => causes,
    }
}

/// Helm's validator looks no further once the format of a value is wrong. Returns whether it is.
fn stop_at_format(base: Base<'_>, causes: &mut Vec<Fault<'_>>) -> bool {
    let is_format = causes.first().is_some_and(|first| {
        matches!(first.kind, Some(ErrorKind::Format { .. }))
            && first.schema == base.schema
            && first.place == base.place
    });
    if is_format {
        causes.truncate(1);
    }
    is_format
}
