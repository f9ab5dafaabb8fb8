//! Reads what keywords stand before.

use std::borrow::Cow;

use boon::Draft;
use serde_json::Value;

use super::Reader;
use crate::schema::quick::json::Json as _;
use crate::schema::quick::schema::{Dependency, Keyword, Run, Types, number};
use crate::schema::quick::{Surely, Unsure, pattern, reference, value};

impl Reader<'_> {
    pub(super) fn types(&mut self) -> Surely<Types> {
        if self.json.peek() == b'"' {
            return Types::named(&self.json.text()?);
        }
        let mut types = Types::NONE;
        self.list(|reader| {
            let kind = Types::named(&reader.json.text()?)?;
            if types.meets(kind) {
                return Err(Unsure);
            }
            types = types.with(kind);
            Ok(())
        })?;
        if types == Types::NONE { Err(Unsure) } else { Ok(types) }
    }

    pub(super) fn reference(&mut self) -> Surely<Keyword> {
        let (raw, _) = self.json.raw_text()?;
        let pointer = reference::pointer(raw.trim_matches('"'))?;
        self.schemas.pointers.push(pointer);
        Ok(Keyword::Reference(number(self.schemas.pointers.len() - 1)?))
    }

    /// Schemas by name.
    pub(super) fn named(&mut self) -> Surely<Run> {
        let start = self.open.named.len();
        self.object(|reader, name| {
            let id = reader.schema()?;
            reader.open.named.push((name, id));
            Ok(())
        })?;
        let length = self.schemas.named.len();
        self.schemas.named.extend(self.open.named.drain(start..));
        sort_by_name(&mut self.schemas.named[length..])?;
        Run::since(length, &self.schemas.named)
    }

    /// Schemas by pattern.
    pub(super) fn matched(&mut self) -> Surely<Run> {
        let run = self.named()?;
        let start = self.schemas.matched.len();
        for (name, id) in run.of(&self.schemas.named) {
            self.schemas.matched.push((pattern::compile(name)?, *id));
        }
        Run::since(start, &self.schemas.matched)
    }

    /// A list of schemas, which must have one.
    pub(super) fn listed(&mut self) -> Surely<Run> {
        let start = self.open.listed.len();
        self.list(|reader| {
            let id = reader.schema()?;
            reader.open.listed.push(id);
            Ok(())
        })?;
        let length = self.schemas.listed.len();
        self.schemas.listed.extend(self.open.listed.drain(start..));
        let run = Run::since(length, &self.schemas.listed)?;
        if run.is_empty() { Err(Unsure) } else { Ok(run) }
    }

    /// A list of names, which must differ.
    pub(super) fn names(&mut self) -> Surely<Run> {
        let start = self.schemas.names.len();
        self.list(|reader| {
            let name = reader.json.text()?;
            reader.schemas.names.push(name);
            Ok(())
        })?;
        let names = &mut self.schemas.names[start..];
        names.sort_unstable();
        let differ = names.windows(2).all(|pair| pair[0] != pair[1]);
        if !differ || names.is_empty() && self.draft == Draft::V4 {
            return Err(Unsure);
        }
        Run::since(start, &self.schemas.names)
    }

    pub(super) fn names_or_schema(&mut self) -> Surely<Dependency> {
        if self.json.peek() == b'[' {
            self.names().map(Dependency::Names)
        } else {
            self.schema().map(Dependency::Schema)
        }
    }

    pub(super) fn dependencies(
        &mut self,
        read: impl Fn(&mut Self) -> Surely<Dependency>,
    ) -> Surely<Keyword> {
        let start = self.open.dependencies.len();
        self.object(|reader, name| {
            let dependency = read(reader)?;
            reader.open.dependencies.push((name, dependency));
            Ok(())
        })?;
        let length = self.schemas.dependencies.len();
        self.schemas.dependencies.extend(self.open.dependencies.drain(start..));
        sort_by_name(&mut self.schemas.dependencies[length..])?;
        Run::since(length, &self.schemas.dependencies).map(Keyword::Dependencies)
    }

    /// Allowed values.
    pub(super) fn values(&mut self) -> Surely<Run> {
        let json = self.json.any()?;
        let values: Vec<Value> = serde_json::from_str(json).map_err(|_| Unsure)?;
        // Newer drafts only advise against it.
        if self.draft < Draft::V2019_09 && (values.is_empty() || !value::differ(&values)) {
            return Err(Unsure);
        }
        self.add_values(values)
    }

    /// The only allowed value.
    pub(super) fn value(&mut self) -> Surely<Run> {
        let value = serde_json::from_str(self.json.any()?).map_err(|_| Unsure)?;
        self.add_values(vec![value])
    }

    fn add_values(&mut self, values: Vec<Value>) -> Surely<Run> {
        if !values.iter().all(value::is_exact) {
            return Err(Unsure);
        }
        let start = self.schemas.values.len();
        self.schemas.values.extend(values);
        Run::since(start, &self.schemas.values)
    }
}

/// Sorts what has names, of which none may be there twice: only the last of two counts.
fn sort_by_name<T>(list: &mut [(Cow<'_, str>, T)]) -> Surely<()> {
    list.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let differ = list.windows(2).all(|pair| pair[0].0 != pair[1].0);
    if differ { Ok(()) } else { Err(Unsure) }
}
