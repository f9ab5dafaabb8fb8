use std::rc::Rc;

use crate::bury::{bury, is_nested};
use crate::{Type, Value};

/// A Go slice with its type. Lists do not change once made.
#[derive(Clone, Debug)]
pub struct List(pub(crate) Rc<Content>);

/// What a list is.
#[derive(Debug)]
pub(crate) struct Content {
    kind: Type,
    pub(crate) items: Vec<Value>,
    is_nil: bool,
}

impl Drop for Content {
    fn drop(&mut self) {
        if self.items.iter().any(is_nested) {
            bury(std::mem::take(&mut self.items));
        }
    }
}

impl List {
    /// A `[]interface {}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::typed(Type::LIST, items)
    }

    /// A list of another Go type, such as `[]string`; the items must be of its element type.
    pub fn typed(kind: Type, items: Vec<Value>) -> Self {
        Self(Rc::new(Content { kind, items, is_nil: false }))
    }

    /// The nil slice of a type: empty, but `null` in JSON and not deeply equal to an empty list.
    pub fn nil(kind: Type) -> Self {
        Self(Rc::new(Content { kind, items: Vec::new(), is_nil: true }))
    }

    /// The Go type.
    pub fn kind(&self) -> Type {
        self.0.kind
    }

    /// The Go type of its items.
    pub fn element(&self) -> Type {
        match self.kind().underlying() {
            Type::List(element) => *element,
            _ => Type::Interface,
        }
    }

    /// The items.
    pub fn items(&self) -> &[Value] {
        &self.0.items
    }

    /// Whether this is the nil slice.
    pub fn is_nil(&self) -> bool {
        self.0.is_nil
    }

    /// Where it is in memory, as `%p` prints it.
    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// Whether both are the same list, not just equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nil_slice_is_empty_but_not_an_empty_list() {
        let nil = List::nil(Type::LIST);
        assert!(nil.is_nil() && nil.items().is_empty());
        assert!(!List::new(Vec::new()).is_nil());
    }
}
