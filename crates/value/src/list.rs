use std::rc::Rc;

use crate::{Type, Value};

/// A Go slice with its type. Lists do not change once made.
#[derive(Clone, Debug)]
pub struct List(Rc<(Type, Vec<Value>)>);

impl List {
    /// A `[]interface {}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::typed(Type::LIST, items)
    }

    /// A list of another Go type, such as `[]string`; the items must be of its element type.
    pub fn typed(kind: Type, items: Vec<Value>) -> Self {
        Self(Rc::new((kind, items)))
    }

    /// The Go type.
    pub fn kind(&self) -> Type {
        self.0.0
    }

    /// The items.
    pub fn items(&self) -> &[Value] {
        &self.0.1
    }

    /// Whether both are the same list, not just equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
