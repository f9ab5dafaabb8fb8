use rhumb_value::{Text, UintKind, Value, format, stack};

use super::JsonPathError;
use super::compare::compare;
use super::node::{Bound, Filter, Node};

/// What a part of a template finds.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Value(Value),
    /// Not even null: what a `range` goes over once if it goes over nothing.
    Nothing,
}

impl Item {
    /// The value; null and nothing have none.
    fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(Value::Nil) | Self::Nothing => None,
            Self::Value(value) => Some(value),
        }
    }

    /// What is in it: items, values, or the bytes of a text.
    fn children(&self) -> Vec<Self> {
        match self.value() {
            Some(Value::List(list)) => list.items().iter().cloned().map(Self::Value).collect(),
            Some(Value::Map(map)) => map.entries().values().cloned().map(Self::Value).collect(),
            Some(Value::Text(text)) => {
                let byte = |byte: &u8| Self::Value(Value::Uint(UintKind::Uint8, (*byte).into()));
                text.as_bytes().iter().map(byte).collect()
            }
            _ => Vec::new(),
        }
    }
}

type Items = Vec<Item>;

/// A template that is being filled in.
pub(super) struct Evaluation<'n> {
    nodes: &'n [Node],
    /// `range`s that were met and not started.
    starting: usize,
    /// `range`s that are open.
    open: usize,
    /// `end`s that were met and not acted on.
    ending: usize,
    last_end: Option<usize>,
}

impl<'n> Evaluation<'n> {
    pub(super) const fn new(nodes: &'n [Node]) -> Self {
        Self { nodes, starting: 0, open: 0, ending: 0, last_end: None }
    }

    /// What the parts from `start` find, up to the end of the innermost `range`.
    pub(super) fn find(&mut self, start: usize, data: &Item) -> Result<Vec<Items>, JsonPathError> {
        let current = vec![data.clone()];
        let mut all = Vec::new();
        let mut at = start;
        while let Some(node) = self.nodes.get(at) {
            let found = self.walk(current.clone(), node)?;
            if self.ending > 0 && self.ending <= self.open {
                self.ending -= 1;
                self.last_end = Some(at);
                break;
            }
            if self.starting > 0 {
                self.starting -= 1;
                self.open += 1;
                self.repeat(at + 1, &found, &mut all)?;
                self.open -= 1;
                if let Some(end) = self.last_end.filter(|end| *end > at) {
                    at = end;
                }
            } else {
                all.push(found);
            }
            at += 1;
        }
        Ok(all)
    }

    /// Fills in the inside of a `range` for each item.
    fn repeat(
        &mut self,
        start: usize,
        items: &[Item],
        all: &mut Vec<Items>,
    ) -> Result<(), JsonPathError> {
        if items.is_empty() {
            // Only to find the end.
            stack::grow(|| self.find(start, &Item::Nothing))?;
        }
        for item in items {
            let item = item.value().map_or(Item::Nothing, |value| Item::Value(value.clone()));
            all.extend(stack::grow(|| self.find(start, &item))?);
        }
        Ok(())
    }

    fn walk(&mut self, input: Items, node: &Node) -> Result<Items, JsonPathError> {
        let constant = |value: &Value| input.iter().map(|_| Item::Value(value.clone())).collect();
        Ok(match node {
            Node::Action(nodes) => return self.walk_all(input, nodes),
            Node::Text(text) => vec![Item::Value(Value::Text(Text::from(text.as_slice())))],
            Node::Field(name) => return field(&input, name),
            Node::Slice(bounds) => return slice(&input, *bounds),
            Node::Filter(filter) => return self.filter(&input, filter),
            Node::Int(number) => constant(&Value::int(*number)),
            Node::Float(number) => constant(&Value::float(*number)),
            Node::Bool(value) => constant(&Value::Bool(*value)),
            Node::Wildcard => input.iter().flat_map(Item::children).collect(),
            Node::Recursive => {
                let mut found = Vec::new();
                descend(&input, &mut found);
                found
            }
            Node::Union(parts) => {
                let mut found = Vec::new();
                for part in parts {
                    found.extend(self.walk_all(input.clone(), part)?);
                }
                found
            }
            Node::Word(word) => return self.word(input, word),
        })
    }

    fn walk_all(&mut self, mut items: Items, nodes: &[Node]) -> Result<Items, JsonPathError> {
        for node in nodes {
            items = self.walk(items, node)?;
        }
        Ok(items)
    }

    fn word(&mut self, input: Items, word: &str) -> Result<Items, JsonPathError> {
        match word {
            "range" => {
                self.starting += 1;
                Ok(input)
            }
            "end" if self.open > 0 => {
                self.ending += 1;
                Ok(Vec::new())
            }
            "end" => Err(JsonPathError::End),
            word => Err(JsonPathError::Word { word: word.to_owned() }),
        }
    }

    fn filter(&mut self, input: &[Item], filter: &Filter) -> Result<Items, JsonPathError> {
        let mut kept = Vec::new();
        for item in input {
            let Some(Value::List(list)) = item.value() else {
                return Err(JsonPathError::NotFilterable { shown: shown(item) });
            };
            for value in list.items() {
                let item = Item::Value(value.clone());
                if self.passes(&item, filter)? {
                    kept.push(item);
                }
            }
        }
        Ok(kept)
    }

    fn passes(&mut self, item: &Item, filter: &Filter) -> Result<bool, JsonPathError> {
        let lefts = self.walk_all(vec![item.clone()], &filter.left);
        let Some((operator, right)) = &filter.comparison else {
            return Ok(lefts.is_ok_and(|lefts| !lefts.is_empty()));
        };
        let Some(left) = only(lefts?)? else { return Ok(false) };
        let Some(right) = only(self.walk_all(vec![item.clone()], right)?)? else {
            return Ok(false);
        };
        let plain = |item: Item| item.value().cloned().unwrap_or_default();
        compare(&plain(left), operator, &plain(right))
    }
}

/// The only item, if there is any.
fn only(items: Items) -> Result<Option<Item>, JsonPathError> {
    if items.len() > 1 {
        return Err(JsonPathError::SeveralCompared);
    }
    Ok(items.into_iter().next())
}

fn field(input: &[Item], name: &str) -> Result<Items, JsonPathError> {
    let get = |item: &Item| match item.value() {
        Some(Value::Map(map)) => map.get(name.as_bytes()).map(Item::Value),
        _ => None,
    };
    let found: Items = input.iter().filter_map(get).collect();
    if found.is_empty() && !input.is_empty() {
        return Err(JsonPathError::NotFound { name: name.to_owned() });
    }
    Ok(found)
}

fn slice(input: &[Item], bounds: [Bound; 3]) -> Result<Items, JsonPathError> {
    let mut found = Vec::new();
    for item in input {
        let list = match item {
            Item::Value(Value::Nil) => continue,
            Item::Value(Value::List(list)) => list.items(),
            Item::Value(value) => {
                let kind = value.kind().map(|kind| kind.to_string()).unwrap_or_default();
                return Err(JsonPathError::NotList { kind });
            }
            // Kubernetes does not survive this.
            Item::Nothing => return Err(JsonPathError::NotList { kind: "<nil>".to_owned() }),
        };
        let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
        let (start, end) = ends(bounds, length);
        if start == end {
            return Ok(found);
        }
        let out = |index| Err(JsonPathError::OutOfBounds { index, length });
        if start >= length || start < 0 {
            return out(start);
        }
        if end > length || end < 0 {
            return out(end - 1);
        }
        if start > end {
            return Err(JsonPathError::Backwards { start, end });
        }
        let step = if bounds[2].is_known { bounds[2].value } else { 1 };
        let step =
            usize::try_from(step).ok().filter(|step| *step > 0).ok_or(JsonPathError::Step)?;
        let (skip, count) = (index(start), index(end - start));
        found.extend(list.iter().skip(skip).take(count).step_by(step).cloned().map(Item::Value));
    }
    Ok(found)
}

/// Where a slice of a list of this length starts and ends.
fn ends(bounds: [Bound; 3], length: i64) -> (i64, i64) {
    let [start, end, _] = bounds;
    let start = match (start.is_known, start.value) {
        (false, _) => 0,
        (true, value) if value < 0 => value.saturating_add(length),
        (true, value) => value,
    };
    let end = match (end.is_known, end.value) {
        (false, _) => length,
        (true, value) if value < 0 || value == 0 && end.is_derived => value.saturating_add(length),
        (true, value) => value,
    };
    (start, end)
}

fn index(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// Finds everything that has something in it, from the outside in.
fn descend(input: &[Item], found: &mut Items) {
    for item in input {
        let children = item.children();
        if !children.is_empty() {
            found.push(item.clone());
            stack::grow(|| descend(&children, found));
        }
    }
}

fn shown(item: &Item) -> String {
    let text = match item {
        Item::Nothing => return "<invalid reflect.Value>".to_owned(),
        Item::Value(Value::Nil) => return "<nil>".to_owned(),
        Item::Value(value) => format::print(value).unwrap_or_default(),
    };
    String::from_utf8_lossy(&text).into_owned()
}
