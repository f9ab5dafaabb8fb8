use std::any::Any;
use std::rc::Rc;

use rhumb_value::quote::quote;
use rhumb_value::{CallError, Map, Object, Signature, Text, Type, Value};
use rhumb_yaml::PrintLimits;

/// The type of each template's dot, of `.Values` and of `.Template`.
pub(crate) const VALUES: Type = Type::Named("common.Values", &Type::MAP);

/// The methods of a `common.Values`, which hardly any chart knows of.
#[derive(Debug)]
pub(crate) struct ValuesMethods(Map);

impl ValuesMethods {
    /// The methods of a map, if it has one of that name.
    pub(crate) fn of(map: &Map, name: &[u8]) -> Option<Rc<dyn Object>> {
        let is_known = matches!(name, b"AsMap" | b"Encode" | b"PathValue" | b"Table" | b"YAML");
        let found = is_known && map.kind() == VALUES;
        found.then(|| Rc::new(Self(map.clone())) as Rc<dyn Object>)
    }

    /// The map that is found by going from name to name.
    fn table(&self, path: &[&str]) -> Result<Map, CallError> {
        let mut map = self.0.clone();
        for name in path {
            let Some(Value::Map(inner)) = map.get(name.as_bytes()) else {
                let name = quote(name.as_bytes());
                return Err(CallError::new(format!("{name} is not a table")));
            };
            map = inner;
        }
        Ok(map)
    }

    fn path_value(&self, path: &Text) -> Result<Value, CallError> {
        let path = path.to_lossy();
        if path.is_empty() {
            return Err(CallError::new("YAML path cannot be empty"));
        }
        let names: Vec<_> = path.split('.').collect();
        let (last, above) = names.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
        let found = self.table(above).ok().and_then(|map| map.get(last.as_bytes()));
        match found {
            None | Some(Value::Map(_)) => {
                let name = quote(last.as_bytes());
                Err(CallError::new(format!("{name} is not a value")))
            }
            Some(value) => Ok(value),
        }
    }
}

impl Object for ValuesMethods {
    fn kind(&self) -> Type {
        VALUES
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let (params, returns): (&'static [Type], _) = match name {
            "AsMap" => (&[], Type::MAP),
            "Encode" => (&[Type::Opaque("io.Writer")], Type::Opaque("error")),
            "PathValue" => (&[Type::String], Type::Interface),
            "Table" => (&[Type::String], VALUES),
            "YAML" => (&[], Type::String),
            _ => return None,
        };
        Some(Signature { params, variadic: false, returns })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        match (name, arguments) {
            ("AsMap", []) if self.0.is_empty() => Ok(Value::Map(Map::new())),
            ("AsMap", []) => Ok(Value::Map(self.0.seen_as(&Type::MAP))),
            ("PathValue", [Value::Text(path)]) => self.path_value(path),
            ("Table", [Value::Text(path)]) => {
                let path = path.to_lossy();
                let names: Vec<_> = path.split('.').collect();
                Ok(Value::Map(self.table(&names)?.seen_as(&VALUES)))
            }
            ("YAML", []) => rhumb_yaml::print(&Value::Map(self.0.clone()), PrintLimits::default())
                .map(Value::text)
                .map_err(|error| CallError::new(error.to_string())),
            _ => Err(CallError::new(format!("no method {name}"))),
        }
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Map(self.0.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
