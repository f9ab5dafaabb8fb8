//! Random changes of JSON.

use serde_json::{Value, json};

/// Random numbers from a seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(super) fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    /// Changes one character of JSON.
    pub(super) fn scramble(&mut self, json: &mut String) {
        let places: Vec<usize> = json.char_indices().map(|(place, _)| place).collect();
        let place = *self.pick(&places);
        if self.below(2) == 0 {
            json.remove(place);
        }
        json.insert(place, *self.pick(&['{', '}', '[', ']', '"', ',', ':', '\\', '0', 'e', '\n']));
    }

    /// Changes one place within a value.
    pub(super) fn change(&mut self, value: &mut Value, parts: &Parts) {
        let place = self.below(size(value));
        let place = nth(value, &mut { place });
        let part = self.pick(&parts.values).clone();
        match (self.below(6), place) {
            (0, Value::Object(entries)) if !entries.is_empty() => {
                let index = self.below(entries.len());
                let key = entries.keys().nth(index).unwrap().clone();
                entries.remove(&key);
            }
            (1, Value::Object(entries)) if !entries.is_empty() => {
                let index = self.below(entries.len());
                let key = entries.keys().nth(index).unwrap().clone();
                let value = entries.remove(&key).unwrap();
                entries.insert(self.pick(&parts.keys).clone(), value);
            }
            (2 | 3, Value::Object(entries)) => {
                let (key, value) = self.pick(&parts.entries).clone();
                entries.insert(key, value);
            }
            (0..=2, Value::Array(items)) => {
                let index = self.below(items.len() + 1);
                items.insert(index, part);
            }
            (3, Value::Array(items)) if !items.is_empty() => {
                let index = self.below(items.len());
                items.remove(index);
            }
            (0..=3, place @ Value::Number(_)) => {
                *place =
                    self.pick(&[json!(0), json!(1), json!(-1), json!(1.5), json!(2.0)]).clone();
            }
            (0..=3, Value::String(text)) => {
                let cut = text.char_indices().nth(self.below(4)).map_or(0, |(index, _)| index);
                text.truncate(cut);
            }
            (_, place) => *place = part,
        }
    }
}

/// What changes are made of.
pub(super) struct Parts {
    values: Vec<Value>,
    keys: Vec<String>,
    entries: Vec<(String, Value)>,
}

/// Takes documents to pieces.
pub(super) fn parts<'v>(documents: impl Iterator<Item = &'v Value>) -> Parts {
    let mut parts = Parts { values: Vec::new(), keys: Vec::new(), entries: Vec::new() };
    documents.for_each(|document| collect(document, &mut parts));
    parts
}

fn collect(value: &Value, parts: &mut Parts) {
    const MAX_SIZE: usize = 50;
    if size(value) < MAX_SIZE {
        parts.values.push(value.clone());
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, parts)),
        Value::Object(entries) => {
            for (key, value) in entries {
                parts.keys.push(key.clone());
                if size(value) < MAX_SIZE {
                    parts.entries.push((key.clone(), value.clone()));
                }
                collect(value, parts);
            }
        }
        _ => {}
    }
}

/// How many values there are.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(entries) => entries.values().map(size).sum(),
        _ => 0,
    }
}

/// The value of that number.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> &'v mut Value {
    if *left == 0 {
        return value;
    }
    *left -= 1;
    let inner: Vec<_> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    };
    for inner in inner {
        let size = size(inner);
        if *left < size {
            return nth(inner, left);
        }
        *left -= size;
    }
    unreachable!("the number is below the size");
}
