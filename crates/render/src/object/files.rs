use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::File;
use rhumb_value::{CallError, Encoding, Entries, List, Map, Object, Signature, Text, Type, Value};

use crate::glob::Glob;

const BYTES_BY_PATH: Type = Type::Map(&List::BYTES);
const KIND: Type = Type::Named("engine.files", &BYTES_BY_PATH);

/// `.Files`: the files of a chart that are neither templates nor its own.
#[derive(Clone, Debug)]
pub(crate) struct Files(Rc<BTreeMap<Arc<str>, Bytes>>);

/// A `[]byte`.
fn bytes(data: &[u8]) -> Value {
    Value::List(List::bytes(data.into()))
}

fn texts(items: Vec<Value>) -> Value {
    Value::List(List::typed(Type::List(&Type::String), items))
}

impl Files {
    pub(crate) fn new<'f>(files: impl IntoIterator<Item = &'f File>) -> Self {
        let entries = files.into_iter().map(|file| (Arc::clone(&file.name), file.data.clone()));
        Self(Rc::new(entries.collect()))
    }

    /// The value that templates see.
    pub(crate) fn value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    fn get(&self, path: &Text) -> &[u8] {
        path.to_str().and_then(|path| self.0.get(path)).map_or(&[], Bytes::as_ref)
    }

    /// The files whose path matches; all of them if the pattern is none.
    fn glob(&self, pattern: &Text) -> Self {
        let glob = pattern.to_str().and_then(Glob::parse);
        let matches = |path: &str| glob.as_ref().is_none_or(|glob| glob.matches(path));
        let found = self.0.iter().filter(|(path, _)| matches(path));
        Self(Rc::new(found.map(|(path, data)| (Arc::clone(path), data.clone())).collect()))
    }

    /// The content of each file under the last part of its path, as YAML.
    fn to_yaml(&self, print: impl Fn(&[u8]) -> Text) -> Result<Value, CallError> {
        let entries: Entries = self
            .0
            .iter()
            .map(|(path, data)| (Text::from(base(path)), Value::Text(print(data))))
            .collect();
        let map = Map::typed(Type::Map(&Type::String), entries);
        crate::function::yaml::to_yaml(&Value::Map(map)).map(Value::text)
    }

    /// The lines of a file; one newline at its end starts no further line.
    fn lines(&self, path: &Text) -> Value {
        let data = self.get(path);
        if data.is_empty() {
            return texts(Vec::new());
        }
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        texts(data.split(|byte| *byte == b'\n').map(Value::text).collect())
    }
}

/// The last part of a path, as Go's `path.Base` sees it.
fn base(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    match (trimmed.rsplit('/').next(), path.is_empty()) {
        (_, true) => ".",
        (Some("") | None, _) => "/",
        (Some(last), _) => last,
    }
}

impl Object for Files {
    fn kind(&self) -> Type {
        KIND
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let (params, returns): (&'static [Type], _) = match name {
            "AsConfig" | "AsSecrets" => (&[], Type::String),
            "Get" => (&[Type::String], Type::String),
            "GetBytes" => (&[Type::String], List::BYTES),
            "Glob" => (&[Type::String], KIND),
            "Lines" => (&[Type::String], Type::List(&Type::String)),
            _ => return None,
        };
        Some(Signature { params, variadic: false, returns })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        match (name, arguments) {
            ("AsConfig", []) => self.to_yaml(|data| Text::from(data)),
            ("AsSecrets", []) => self.to_yaml(|data| Text::from(base64(data))),
            ("Get", [Value::Text(path)]) => Ok(Value::text(self.get(path))),
            ("GetBytes", [Value::Text(path)]) => Ok(bytes(self.get(path))),
            ("Glob", [Value::Text(pattern)]) => Ok(self.glob(pattern).value()),
            ("Lines", [Value::Text(path)]) => Ok(self.lines(path)),
            _ => Err(CallError::new(format!("no method {name}"))),
        }
    }

    fn underlying(&self) -> Option<Value> {
        let entries = self.0.iter().map(|(path, data)| (Text::from(&**path), bytes(data)));
        Some(Value::Map(Map::typed(BYTES_BY_PATH, entries.collect())))
    }

    fn encoding(&self) -> Encoding {
        let entries =
            self.0.iter().map(|(path, data)| (Text::from(&**path), Value::text(base64(data))));
        Encoding::Plain(Value::Map(entries.collect()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn base64(data: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let file = |name: &'static str, data: &'static str| File::new(name, data.into(), 0);
        Files::new(&[file("a.txt", "x\ny\n"), file("conf/b.txt", "é"), file("c", "\n")])
    }

    #[test]
    fn missing_files_are_empty() {
        assert!(files().get(&"nope".into()).is_empty());
        assert_eq!(files().get(&"a.txt".into()), b"x\ny\n");
    }

    #[test]
    fn one_newline_at_the_end_starts_no_line() {
        let count = |path: &str| match files().lines(&path.into()) {
            Value::List(list) => list.items().len(),
            other => panic!("{other:?}"),
        };
        assert_eq!((count("a.txt"), count("c"), count("nope")), (2, 1, 0));
    }

    #[test]
    fn a_bad_pattern_matches_everything() {
        assert_eq!(files().glob(&"[".into()).0.len(), 3);
        assert_eq!(files().glob(&"conf/*".into()).0.len(), 1);
    }

    #[test]
    fn base_is_the_last_part() {
        assert_eq!((base("a/b"), base("a/b/"), base("/"), base("")), ("b", "b", "/", "."));
    }
}
