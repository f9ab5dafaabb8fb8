//! A schema as the quick check has it: lists that refer to each other by number.

use std::borrow::Cow;

use regex::Regex;
use serde_json::Value;

use super::{Surely, Unsure};

/// The number of a schema.
pub(super) type Id = u32;

/// A schema and all in it.
#[derive(Debug, Default)]
pub(super) struct Schemas<'a> {
    /// The whole document.
    pub(super) whole: Id,
    /// Each schema.
    pub(super) by_id: Vec<Schema>,
    /// The keywords of all schemas.
    pub(super) keywords: Vec<Keyword>,
    /// Schemas with names, such as those of properties, by name within each run.
    pub(super) named: Vec<(Cow<'a, str>, Id)>,
    /// Schemas in lists.
    pub(super) listed: Vec<Id>,
    /// Schemas for the properties that match a pattern.
    pub(super) matched: Vec<(Regex, Id)>,
    /// What depends on a property.
    pub(super) dependencies: Vec<(Cow<'a, str>, Dependency)>,
    /// Names of properties.
    pub(super) names: Vec<Cow<'a, str>>,
    /// Allowed values.
    pub(super) values: Vec<Value>,
    /// Patterns of texts.
    pub(super) patterns: Vec<Regex>,
    /// What is referred to, by pointers such as `/definitions/image`.
    pub(super) pointers: Vec<&'a str>,
    /// The same as schemas.
    pub(super) targets: Vec<Id>,
}

impl Schemas<'_> {
    /// The schema of a number.
    pub(super) fn get(&self, id: Id) -> Surely<Schema> {
        self.by_id.get(id as usize).copied().ok_or(Unsure)
    }

    /// The schema of a name.
    pub(super) fn named(&self, run: Run, name: &str) -> Option<Id> {
        let entries = run.of(&self.named);
        let index = entries.binary_search_by(|(entry, _)| (**entry).cmp(name)).ok()?;
        entries.get(index).map(|(_, id)| *id)
    }
}

/// One schema. That of `true` allows all types and has no keywords, that of `false` no type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schema {
    /// The types allowed.
    pub(super) types: Types,
    /// What else holds, in [`Schemas::keywords`].
    pub(super) keywords: Run,
}

/// What a value must satisfy if the keyword is for its type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keyword {
    /// The schema in [`Schemas::targets`].
    Reference(u32),
    /// Schemas that are only referred to, under `$defs` or, if `is_old`, `definitions`.
    Definitions {
        is_old: bool,
        named: Run,
    },
    Members(Members),
    Elements(Elements),
    /// One of the values.
    Enum(Run),
    /// Names of properties that must be there.
    Required(Run),
    Dependencies(Run),
    PropertyNames(Id),
    MinProperties(usize),
    MaxProperties(usize),
    /// How many items must satisfy a schema.
    Contains {
        item: Id,
        min: usize,
        max: usize,
    },
    UniqueItems,
    MinItems(usize),
    MaxItems(usize),
    /// In code points.
    MinLength(usize),
    /// In code points.
    MaxLength(usize),
    Pattern(u32),
    /// A form of texts that the quick check knows nothing of.
    Format,
    Minimum(f64),
    ExclusiveMinimum(f64),
    Maximum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    AllOf(Run),
    AnyOf(Run),
    OneOf(Run),
    Not(Id),
    If {
        condition: Id,
        then: Option<Id>,
        otherwise: Option<Id>,
    },
}

/// What properties must be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Members {
    /// By name.
    pub(super) named: Run,
    /// By pattern.
    pub(super) matched: Run,
    /// If neither.
    pub(super) others: Option<Id>,
}

/// What items must be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Elements {
    /// One by one.
    pub(super) first: Run,
    /// All after those.
    pub(super) others: Option<Id>,
}

/// What must hold if there is a certain property.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dependency {
    /// These properties are there too.
    Names(Run),
    /// The schema holds.
    Schema(Id),
}

/// A set of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const ALL: Self = Self(0x7f);
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const NUMBER: Self = Self(4);
    pub(super) const INTEGER: Self = Self(8);
    pub(super) const STRING: Self = Self(0x10);
    pub(super) const ARRAY: Self = Self(0x20);
    pub(super) const OBJECT: Self = Self(0x40);

    /// The type of that name.
    pub(super) fn named(name: &str) -> Surely<Self> {
        Ok(match name {
            "string" => Self::STRING,
            "object" => Self::OBJECT,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "array" => Self::ARRAY,
            "number" => Self::NUMBER,
            "null" => Self::NULL,
            _ => return Err(Unsure),
        })
    }

    /// Both sets together.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a type is in both.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    start: u32,
    end: u32,
}

impl Run {
    /// What was added to a list since it was `start` long.
    pub(super) fn since<T>(start: usize, list: &[T]) -> Surely<Self> {
        Ok(Self { start: number(start)?, end: number(list.len())? })
    }

    /// Whether nothing is in it.
    pub(super) const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of the list.
    pub(super) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// The index of what is added next to a list of this length.
pub(super) fn number(len: usize) -> Surely<u32> {
    u32::try_from(len).map_err(|_| Unsure)
}
