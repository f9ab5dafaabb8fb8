use std::any::Any;
use std::rc::Rc;

use rhumb_value::{CallError, Encoding, List, Object, Signature, Text, Type, Value};

use super::zone::Zone;

/// The type of time zones.
pub(super) const LOCATION: Type = Type::Opaque("*time.Location");

/// A `*time.Location`.
#[derive(Clone, Debug)]
pub(super) struct Location(pub(super) Zone);

impl Location {
    /// The zone as Go's syntax names it.
    pub(super) fn go_text(&self) -> String {
        match &self.0 {
            Zone::Utc => "time.UTC".to_owned(),
            Zone::Named { .. } => "time.Local".to_owned(),
            Zone::Fixed { name, .. } => format!("time.Location({name:?})"),
        }
    }
}

/// A nil pointer of a type.
#[derive(Debug)]
struct NilPointer(Type);

/// The nil pointer that stands for UTC in a time.
pub(super) fn nil() -> Value {
    Value::Object(Rc::new(NilPointer(LOCATION)))
}

impl Object for NilPointer {
    fn kind(&self) -> Type {
        self.0
    }

    fn is_nil(&self) -> bool {
        true
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        other.is_nil() && other.kind() == self.0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for Location {
    fn kind(&self) -> Type {
        LOCATION
    }

    /// Those of UTC, and of a machine's zone that is like it. Others have the address of one of
    /// their parts among them, and so print anew each time in Go; of them this is but the name.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        const ZONES: Type = Type::Named("[]time.zone", &Type::LIST);
        const CHANGES: Type = Type::Named("[]time.zoneTrans", &Type::LIST);
        vec![
            ("name", Value::text(self.0.name())),
            ("zone", List::nil(ZONES).into()),
            ("tx", List::nil(CHANGES).into()),
            ("extend", Value::text("")),
            ("cacheStart", Value::int64(0)),
            ("cacheEnd", Value::int64(0)),
            ("cacheZone", Value::Object(Rc::new(NilPointer(Type::Opaque("*time.zone"))))),
        ]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let text = Signature { params: &[], variadic: false, returns: Type::String };
        (name == "String").then_some(text)
    }

    fn call(&self, _name: &str, _arguments: &[Value]) -> Result<Value, CallError> {
        Ok(Value::text(self.0.name()))
    }

    fn text(&self) -> Option<Text> {
        Some(self.0.name().into())
    }

    fn encoding(&self) -> Encoding {
        Encoding::Struct(Vec::new())
    }

    fn deep_copied(&self) -> Option<Value> {
        Some(Value::Object(Rc::new(Self(Zone::Fixed { name: "".into(), offset: 0 }))))
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>().map(|Self(zone)| zone);
        matches!(
            (&self.0, other),
            (Zone::Utc, Some(Zone::Utc)) | (Zone::Named { .. }, Some(Zone::Named { .. }))
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
