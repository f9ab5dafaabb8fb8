//! Reads a schema, and makes sure that every part of it is one.

mod operand;

use std::borrow::Cow;
use std::collections::BTreeMap;

use boon::Draft;

use super::draft::{self, Word};
use super::json::{Cursor, Json};
use super::schema::{
    Dependency, Elements, Id, Keyword, Members, Run, Schema, Schemas, Types, number,
};
use super::{Surely, Unsure, pattern, reference};

/// Reads the JSON of a schema.
pub(super) struct Reader<'a> {
    json: Cursor<'a>,
    draft: Draft,
    /// What was read.
    schemas: Schemas<'a>,
    /// What belongs to schemas that are not read to their end: the innermost is last.
    open: Open<'a>,
}

/// Parts that are moved to the [`Schemas`] when all of a kind are known, so that they are in a row.
#[derive(Default)]
struct Open<'a> {
    keywords: Vec<Keyword>,
    named: Vec<(Cow<'a, str>, Id)>,
    listed: Vec<Id>,
    dependencies: Vec<(Cow<'a, str>, Dependency)>,
}

/// Keywords of one schema that make sense together only.
#[derive(Default)]
struct Parts {
    /// A bit for each [`Word`] that was there.
    seen: u64,
    types: Option<Types>,
    is_reference: bool,
    members: Option<Members>,
    elements: Option<Elements>,
    additional_items: Option<Id>,
    contains: Option<Id>,
    min_contains: Option<usize>,
    max_contains: Option<usize>,
    condition: Option<Id>,
    then: Option<Id>,
    otherwise: Option<Id>,
    is_minimum_exclusive: bool,
    is_maximum_exclusive: bool,
}

impl Parts {
    fn members(&mut self) -> &mut Members {
        self.members.get_or_insert_default()
    }

    fn elements(&mut self) -> &mut Elements {
        self.elements.get_or_insert_default()
    }
}

impl<'a> Json<'a> for Reader<'a> {
    fn cursor(&mut self) -> &mut Cursor<'a> {
        &mut self.json
    }
}

impl<'a> Reader<'a> {
    /// Reads a whole document; `draft` is that of a schema that names none.
    pub(super) fn read(text: &'a str, draft: Draft) -> Surely<Schemas<'a>> {
        let (schemas, open) = Default::default();
        let mut reader = Self { json: Cursor::new(text), draft, schemas, open };
        reader.schemas.whole = reader.schema()?;
        reader.json.end()?;
        reader.resolve(text)?;
        Ok(reader.schemas)
    }

    /// Finds what the references refer to. Where that is not one of the schemas yet, such as under
    /// a keyword that the draft does not know, it must be one too, and may have references.
    fn resolve(&mut self, text: &'a str) -> Surely<()> {
        let mut elsewhere = BTreeMap::new();
        while let Some(pointer) = self.schemas.pointers.get(self.schemas.targets.len()) {
            let pointer = *pointer;
            let mut target = self.schemas.at(pointer).or_else(|| elsewhere.get(pointer).copied());
            if target.is_none() {
                self.json = Cursor::find(text, pointer)?;
                let id = self.schema()?;
                elsewhere.insert(pointer, id);
                target = Some(id);
            }
            self.schemas.targets.extend(target);
        }
        Ok(())
    }

    fn schema(&mut self) -> Surely<Id> {
        if draft::has_truths(self.draft) { self.schema_or_truth() } else { self.schema_object() }
    }

    fn schema_or_truth(&mut self) -> Surely<Id> {
        if self.json.peek() == b'{' {
            return self.schema_object();
        }
        let types = if self.json.truth()? { Types::ALL } else { Types::NONE };
        self.add(Schema { types, keywords: Run::default() })
    }

    fn add(&mut self, schema: Schema) -> Surely<Id> {
        let id = number(self.schemas.by_id.len())?;
        self.schemas.by_id.push(schema);
        Ok(id)
    }

    fn schema_object(&mut self) -> Surely<Id> {
        let start = self.open.keywords.len();
        let mut parts = Parts::default();
        self.object(|reader, key| {
            let word = draft::word(&key, reader.draft)?;
            reader.keyword(word, &mut parts)
        })?;
        self.finish(start, &parts)?;
        let mut types = parts.types.unwrap_or(Types::ALL);
        if parts.is_reference && self.draft < Draft::V2019_09 {
            // What is beside a reference asserts nothing.
            types = Types::ALL;
            let mut index = 0;
            self.open.keywords.retain(|keyword| {
                index += 1;
                index <= start
                    || matches!(keyword, Keyword::Reference(_) | Keyword::Definitions { .. })
            });
        }
        let length = self.schemas.keywords.len();
        self.schemas.keywords.extend(self.open.keywords.drain(start..));
        let keywords = Run::since(length, &self.schemas.keywords)?;
        self.add(Schema { types, keywords })
    }

    /// Reads a keyword that asserts nothing, or sees to the others.
    fn keyword(&mut self, word: Word, parts: &mut Parts) -> Surely<()> {
        match word {
            Word::Any => self.json.any().map(drop),
            Word::Text => self.json.raw_text().map(drop),
            Word::Truth => self.json.truth().map(drop),
            Word::List => self.list(|reader| reader.json.any().map(drop)),
            Word::Unknown => Err(Unsure),
            word => {
                let bit = 1 << (word as u32);
                let is_again = parts.seen & bit != 0;
                let is_first = parts.seen == 0;
                parts.seen |= bit;
                match word {
                    _ if is_again => Err(Unsure),
                    Word::Draft => self.named_draft(is_first),
                    Word::Id => self.identity(),
                    _ => self.assertion(word, parts),
                }
            }
        }
    }

    /// `$schema`, which must come before all that the draft is needed for.
    fn named_draft(&mut self, is_first: bool) -> Surely<()> {
        let draft = draft::named(&self.json.text()?)?;
        let is_whole = self.json.depth() == 1;
        if is_whole && (is_first || draft == self.draft) {
            self.draft = draft;
            return Ok(());
        }
        Err(Unsure)
    }

    /// `$id` of the whole document, which changes nothing for references within it.
    fn identity(&mut self) -> Surely<()> {
        let is_whole = self.json.depth() == 1;
        if is_whole && reference::is_plain_url(&self.json.text()?) { Ok(()) } else { Err(Unsure) }
    }

    fn assertion(&mut self, word: Word, parts: &mut Parts) -> Surely<()> {
        let keyword = match word {
            Word::Type => return self.types().map(|types| parts.types = Some(types)),
            Word::Reference => {
                parts.is_reference = true;
                self.reference()?
            }
            Word::Definitions => Keyword::Definitions { is_old: false, named: self.named()? },
            Word::OldDefinitions => Keyword::Definitions { is_old: true, named: self.named()? },
            Word::Required => Keyword::Required(self.names()?),
            Word::Dependencies => self.dependencies(Reader::names_or_schema)?,
            Word::DependentRequired => {
                self.dependencies(|reader| reader.names().map(Dependency::Names))?
            }
            Word::DependentSchemas => {
                self.dependencies(|reader| reader.schema().map(Dependency::Schema))?
            }
            Word::PropertyNames => Keyword::PropertyNames(self.schema()?),
            Word::MinProperties => Keyword::MinProperties(self.json.count()?),
            Word::MaxProperties => Keyword::MaxProperties(self.json.count()?),
            Word::MinItems => Keyword::MinItems(self.json.count()?),
            Word::MaxItems => Keyword::MaxItems(self.json.count()?),
            Word::MinLength => Keyword::MinLength(self.json.count()?),
            Word::MaxLength => Keyword::MaxLength(self.json.count()?),
            Word::Enum => Keyword::Enum(self.values()?),
            Word::Const => Keyword::Enum(self.value()?),
            Word::Pattern => {
                let pattern = pattern::compile(&self.json.text()?)?;
                self.schemas.patterns.push(pattern);
                Keyword::Pattern(number(self.schemas.patterns.len() - 1)?)
            }
            Word::Minimum => Keyword::Minimum(self.json.number()?),
            Word::Maximum => Keyword::Maximum(self.json.number()?),
            Word::MultipleOf => {
                let divisor = self.json.number()?;
                if divisor <= 0.0 {
                    return Err(Unsure);
                }
                Keyword::MultipleOf(divisor)
            }
            Word::AllOf => Keyword::AllOf(self.listed()?),
            Word::AnyOf => Keyword::AnyOf(self.listed()?),
            Word::OneOf => Keyword::OneOf(self.listed()?),
            Word::Not => Keyword::Not(self.schema()?),
            _ => return self.part(word, parts),
        };
        self.open.keywords.push(keyword);
        Ok(())
    }

    /// Reads a keyword that makes sense with others only, or with some values only.
    fn part(&mut self, word: Word, parts: &mut Parts) -> Surely<()> {
        let is_old = self.draft == Draft::V4;
        match word {
            Word::Properties => parts.members().named = self.named()?,
            Word::PatternProperties => parts.members().matched = self.matched()?,
            Word::AdditionalProperties => parts.members().others = Some(self.schema_or_truth()?),
            Word::Items if self.draft < Draft::V2020_12 && self.json.peek() == b'[' => {
                parts.elements().first = self.listed()?;
            }
            Word::Items => parts.elements().others = Some(self.schema()?),
            Word::PrefixItems => parts.elements().first = self.listed()?,
            Word::AdditionalItems if self.draft < Draft::V2020_12 => {
                parts.additional_items = Some(self.schema_or_truth()?);
            }
            Word::Contains => parts.contains = Some(self.schema()?),
            Word::MinContains => parts.min_contains = Some(self.json.count()?),
            Word::MaxContains => parts.max_contains = Some(self.json.count()?),
            Word::If => parts.condition = Some(self.schema()?),
            Word::Then => parts.then = Some(self.schema()?),
            Word::Else => parts.otherwise = Some(self.schema()?),
            Word::ExclusiveMinimum if is_old => parts.is_minimum_exclusive = self.json.truth()?,
            Word::ExclusiveMaximum if is_old => parts.is_maximum_exclusive = self.json.truth()?,
            Word::ExclusiveMinimum => {
                self.open.keywords.push(Keyword::ExclusiveMinimum(self.json.number()?));
            }
            Word::ExclusiveMaximum => {
                self.open.keywords.push(Keyword::ExclusiveMaximum(self.json.number()?));
            }
            Word::UniqueItems => {
                if self.json.truth()? {
                    self.open.keywords.push(Keyword::UniqueItems);
                }
            }
            Word::Format => {
                if draft::has_format(self.draft, &self.json.text()?) {
                    self.open.keywords.push(Keyword::Format);
                }
            }
            _ => return Err(Unsure),
        }
        Ok(())
    }

    /// Adds the keywords made of several words; `start` is where those of the schema start.
    fn finish(&mut self, start: usize, parts: &Parts) -> Surely<()> {
        if self.draft == Draft::V4 {
            self.exclude(start, parts)?;
        }
        if let Some(members) = parts.members {
            self.open.keywords.push(Keyword::Members(members));
        }
        if let Some(mut elements) = parts.elements {
            // Until 2019, `additionalItems` is for what a list of `items` has no schema for.
            if self.draft < Draft::V2020_12 && !elements.first.is_empty() {
                elements.others = parts.additional_items;
            }
            self.open.keywords.push(Keyword::Elements(elements));
        }
        if let Some(item) = parts.contains {
            let min = parts.min_contains.unwrap_or(1);
            let max = parts.max_contains.unwrap_or(usize::MAX);
            self.open.keywords.push(Keyword::Contains { item, min, max });
        }
        if let Some(condition) = parts.condition {
            let Parts { then, otherwise, .. } = *parts;
            self.open.keywords.push(Keyword::If { condition, then, otherwise });
        }
        Ok(())
    }

    /// In the oldest draft, bounds are said to be exclusive by another word, which needs them.
    fn exclude(&mut self, start: usize, parts: &Parts) -> Surely<()> {
        let (mut has_minimum, mut has_maximum) = (false, false);
        for keyword in &mut self.open.keywords[start..] {
            match *keyword {
                Keyword::Minimum(bound) => {
                    has_minimum = true;
                    if parts.is_minimum_exclusive {
                        *keyword = Keyword::ExclusiveMinimum(bound);
                    }
                }
                Keyword::Maximum(bound) => {
                    has_maximum = true;
                    if parts.is_maximum_exclusive {
                        *keyword = Keyword::ExclusiveMaximum(bound);
                    }
                }
                _ => {}
            }
        }
        let needs = |word: Word| parts.seen >> (word as u32) & 1 == 1;
        let is_complete = (has_minimum || !needs(Word::ExclusiveMinimum))
            && (has_maximum || !needs(Word::ExclusiveMaximum));
        if is_complete { Ok(()) } else { Err(Unsure) }
    }
}
