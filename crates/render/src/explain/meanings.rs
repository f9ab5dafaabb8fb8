use rhumb_chart::Values;
use rhumb_chart::values::{Data, Node, Origin};
use rhumb_gotmpl::reads::{Known, Meaning, Meanings, Step};
use rhumb_report::Span;

use super::look_up;

/// Values that are templates, in one place.
const MAX_TEXTS: usize = 200;

/// What the functions of templates do, as far as it matters for what they read.
pub(super) struct Functions<'v> {
    pub(super) values: &'v Values,
}

impl Meanings for Functions<'_> {
    fn call(&self, function: &str, arguments: &[Known]) -> Meaning {
        let one = |index: usize| arguments.get(index).cloned().unwrap_or_default();
        let last = || arguments.last().cloned().unwrap_or_default();
        let all = || arguments.iter().cloned().reduce(Known::or).unwrap_or_default();
        match function.strip_prefix("must").map(small).as_deref().unwrap_or(function) {
            "index" | "get" | "hasKey" => {
                Meaning::Reads(steps(one(0), &arguments[1.min(arguments.len())..]))
            }
            "pluck" => {
                let from = arguments.iter().skip(1).cloned().reduce(Known::or).unwrap_or_default();
                Meaning::Reads(steps(from, &arguments[..1.min(arguments.len())]))
            }
            "dig" => Meaning::Reads(dig(arguments)),
            "dict" => Meaning::Gives(dict(arguments)),
            "list" | "tuple" => {
                let items = arguments.iter().cloned().enumerate();
                Meaning::Gives(Known::made_of(items.map(|(at, item)| (at.to_string(), item))))
            }
            "set" => {
                let entry = Known::made_of(one(1).as_key().map(|key| (key.to_owned(), one(2))));
                Meaning::Gives(entry.or(one(0)))
            }
            "first" | "last" | "values" => Meaning::Gives(one(0).element()),
            "append" | "prepend" | "push" | "concat" | "coalesce" | "or" | "and" | "merge"
            | "mergeOverwrite" => Meaning::Gives(all()),
            "default" | "ternary" => Meaning::Gives(one(0).or(one(1))),
            "required" | "toYaml" | "toYamlPretty" | "toJson" | "toPrettyJson" | "toRawJson"
            | "fromYaml" | "fromJson" | "toString" | "quote" | "trim" | "indent" | "nindent"
            | "print" => Meaning::Gives(last()),
            "deepCopy" | "compact" | "uniq" | "rest" | "initial" | "reverse" | "sortAlpha"
            | "slice" | "omit" | "pick" | "without" | "unset" => Meaning::Gives(one(0)),
            "include" => match one(0).as_key() {
                Some(name) => Meaning::Template(name.to_owned(), one(1)),
                None => Meaning::Gives(Known::default()),
            },
            "tpl" => Meaning::Text(one(0), one(1)),
            _ => Meaning::Gives(Known::default()),
        }
    }

    fn texts(&self, value: &Known) -> Vec<(String, Option<Span>)> {
        let mut texts = Vec::new();
        for path in value.paths() {
            if let Some(node) = any(self.values, path) {
                gather(node, &mut texts);
            }
        }
        texts.extend(value.as_key().map(|text| (text.to_owned(), None)));
        texts
    }
}

/// A name without the `must` before it.
fn small(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// The value of keys, one after another; a key that is not known may be any.
fn steps(value: Known, keys: &[Known]) -> Known {
    keys.iter().fold(value, |value, key| match key.as_key() {
        Some(key) => value.field(key),
        None => value.element(),
    })
}

/// `dig` takes the keys, a default, and the dictionary.
fn dig(arguments: &[Known]) -> Known {
    match arguments {
        [keys @ .., default, dict] => steps(dict.clone(), keys).or(default.clone()),
        _ => Known::default(),
    }
}

fn dict(arguments: &[Known]) -> Known {
    let pairs = arguments.chunks(2).filter_map(|pair| {
        let value = pair.get(1).cloned().unwrap_or_default();
        Some((pair.first()?.as_key()?.to_owned(), value))
    });
    Known::made_of(pairs)
}

/// The value at a path, the first of several.
fn any<'v>(values: &'v Values, path: &[Step]) -> Option<&'v Node> {
    let end = path.iter().position(|step| *step == Step::Each).unwrap_or(path.len());
    look_up(values, &path[..end])
}

/// The texts in a value that have actions.
fn gather(node: &Node, texts: &mut Vec<(String, Option<Span>)>) {
    if texts.len() >= MAX_TEXTS {
        return;
    }
    match &node.data {
        Data::Text(text) => {
            let text = String::from_utf8_lossy(text);
            if text.contains("{{") {
                texts.push((text.into_owned(), node.origin.as_ref().map(Origin::span)));
            }
        }
        Data::List(items) => items.iter().for_each(|item| gather(item, texts)),
        Data::Map(table) => table.iter().for_each(|(_, item)| gather(item, texts)),
        _ => {}
    }
}
