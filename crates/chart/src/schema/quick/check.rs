//! Checks values against a schema that was read.

use super::schema::{Dependency, Elements, Id, Keyword, Members, Run, Schemas};
use super::value::{Instance, items_differ};
use super::{Surely, Unsure};
use crate::schema::decimal::is_multiple;
use crate::values::{Node, Table};

/// How many schemas may be applied within each other, which also ends references in a circle.
const MAX_DEPTH: usize = 200;
/// How often schemas may be applied in all: they can refer to others twice, which do so again.
const MAX_STEPS: usize = 1_000_000;

/// Walks values and schemas side by side.
pub(super) struct Check<'s> {
    schemas: &'s Schemas<'s>,
    depth: usize,
    steps: usize,
}

impl<'s> Check<'s> {
    pub(super) fn new(schemas: &'s Schemas<'s>) -> Self {
        Self { schemas, depth: 0, steps: 0 }
    }

    /// Whether a map satisfies the whole schema.
    pub(super) fn table(&mut self, values: &Table) -> Surely<bool> {
        self.fits(self.schemas.whole, Instance::Map(values))
    }

    fn fits(&mut self, id: Id, value: Instance<'_>) -> Surely<bool> {
        let schema = self.schemas.get(id)?;
        if self.depth == MAX_DEPTH || self.steps == MAX_STEPS {
            return Err(Unsure);
        }
        if !schema.types.meets(value.types()) {
            return Ok(false);
        }
        self.depth += 1;
        self.steps += 1;
        let keywords = schema.keywords.of(&self.schemas.keywords);
        let fits = all(keywords, |keyword| self.satisfies(*keyword, value));
        self.depth -= 1;
        fits
    }

    fn satisfies(&mut self, keyword: Keyword, value: Instance<'_>) -> Surely<bool> {
        match (keyword, value) {
            (Keyword::Reference(index), _) => {
                let target = self.schemas.targets.get(index as usize).ok_or(Unsure)?;
                self.fits(*target, value)
            }
            (Keyword::Enum(run), _) => {
                Ok(run.of(&self.schemas.values).iter().any(|allowed| value.is(allowed)))
            }
            (Keyword::AllOf(run), _) => all(self.listed(run), |id| self.fits(*id, value)),
            (Keyword::AnyOf(run), _) => Ok(self.count(run, value, 1)? == 1),
            (Keyword::OneOf(run), _) => Ok(self.count(run, value, 2)? == 1),
            (Keyword::Not(id), _) => Ok(!self.fits(id, value)?),
            (Keyword::If { condition, then, otherwise }, _) => {
                let next = if self.fits(condition, value)? { then } else { otherwise };
                next.map_or(Ok(true), |id| self.fits(id, value))
            }
            (keyword, Instance::Map(table)) => self.map(keyword, table),
            (keyword, Instance::List(items)) => self.list(keyword, items),
            (keyword, Instance::Text(text)) => self.text(keyword, text),
            (keyword, Instance::Number(number)) => satisfies_number(keyword, number),
            (_, Instance::Null | Instance::Bool(_)) => Ok(true),
        }
    }

    fn listed(&self, run: Run) -> &'s [Id] {
        run.of(&self.schemas.listed)
    }

    /// How many of the schemas fit; no more than `enough` are looked for.
    fn count(&mut self, run: Run, value: Instance<'_>, enough: usize) -> Surely<usize> {
        let mut count = 0;
        for id in self.listed(run) {
            count += usize::from(self.fits(*id, value)?);
            if count == enough {
                break;
            }
        }
        Ok(count)
    }

    fn map(&mut self, keyword: Keyword, table: &Table) -> Surely<bool> {
        Ok(match keyword {
            Keyword::Members(members) => return self.members(members, table),
            Keyword::Required(names) => self.has(table, names),
            Keyword::Dependencies(run) => {
                return all(run.of(&self.schemas.dependencies), |(name, dependency)| {
                    match *dependency {
                        _ if table.get(name).is_none() => Ok(true),
                        Dependency::Names(names) => Ok(self.has(table, names)),
                        Dependency::Schema(id) => self.fits(id, Instance::Map(table)),
                    }
                });
            }
            Keyword::PropertyNames(id) => {
                for (key, _) in table.iter() {
                    if !self.fits(id, Instance::Text(key.as_bytes()))? {
                        return Ok(false);
                    }
                }
                true
            }
            Keyword::MinProperties(min) => table.len() >= min,
            Keyword::MaxProperties(max) => table.len() <= max,
            _ => true,
        })
    }

    fn has(&self, table: &Table, names: Run) -> bool {
        names.of(&self.schemas.names).iter().all(|name| table.get(name).is_some())
    }

    fn members(&mut self, members: Members, table: &Table) -> Surely<bool> {
        let schemas = self.schemas;
        for (key, node) in table.iter() {
            let value = Instance::from(node);
            let named = schemas.named(members.named, key);
            let patterns = members.matched.of(&schemas.matched).iter();
            let matched = patterns.filter(|(pattern, _)| pattern.is_match(key)).map(|(_, id)| *id);
            let mut is_other = true;
            for id in named.into_iter().chain(matched) {
                is_other = false;
                if !self.fits(id, value)? {
                    return Ok(false);
                }
            }
            if let Some(id) = members.others
                && is_other
                && !self.fits(id, value)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn list(&mut self, keyword: Keyword, items: &[Node]) -> Surely<bool> {
        Ok(match keyword {
            Keyword::Elements(elements) => return self.elements(elements, items),
            Keyword::Contains { item, min, max } => {
                let mut count = 0;
                for node in items {
                    count += usize::from(self.fits(item, node.into())?);
                }
                (min..=max).contains(&count)
            }
            Keyword::UniqueItems if !items_differ(items) => return Err(Unsure),
            Keyword::MinItems(min) => items.len() >= min,
            Keyword::MaxItems(max) => items.len() <= max,
            _ => true,
        })
    }

    fn elements(&mut self, elements: Elements, items: &[Node]) -> Surely<bool> {
        let first = self.listed(elements.first);
        for (index, item) in items.iter().enumerate() {
            let id = first.get(index).copied().or(elements.others);
            if let Some(id) = id
                && !self.fits(id, item.into())?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn text(&self, keyword: Keyword, text: &[u8]) -> Surely<bool> {
        let text = || String::from_utf8_lossy(text);
        Ok(match keyword {
            Keyword::MinLength(min) => text().chars().count() >= min,
            Keyword::MaxLength(max) => text().chars().count() <= max,
            Keyword::Pattern(index) => {
                let pattern = self.schemas.patterns.get(index as usize).ok_or(Unsure)?;
                pattern.is_match(&text())
            }
            Keyword::Format => return Err(Unsure),
            _ => true,
        })
    }
}

fn satisfies_number(keyword: Keyword, number: f64) -> Surely<bool> {
    Ok(match keyword {
        Keyword::Minimum(bound) => number >= bound,
        Keyword::ExclusiveMinimum(bound) => number > bound,
        Keyword::Maximum(bound) => number <= bound,
        Keyword::ExclusiveMaximum(bound) => number < bound,
        Keyword::MultipleOf(divisor) => {
            return is_multiple(&number.to_string(), &divisor.to_string()).ok_or(Unsure);
        }
        _ => true,
    })
}

/// Whether all items surely satisfy a condition.
fn all<T>(items: &[T], mut condition: impl FnMut(&T) -> Surely<bool>) -> Surely<bool> {
    for item in items {
        if !condition(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
