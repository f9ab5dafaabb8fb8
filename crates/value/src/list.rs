use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use crate::bury::{bury, is_nested};
use crate::{Text, Type, UintKind, Value, Watch};

/// A Go slice with its type. Lists do not change once made, but for their order, and that once.
#[derive(Clone, Debug)]
pub struct List(pub(crate) Rc<Content>);

/// What a list is.
#[derive(Debug)]
pub(crate) struct Content {
    kind: Type,
    /// The items; those of bytes are made when someone first asks for them.
    items: OnceCell<Vec<Value>>,
    /// What a `[]byte` is made of.
    bytes: Option<Text>,
    /// The items in order, once the list was sorted in place.
    sorted: OnceCell<Box<[Value]>>,
    is_nil: bool,
    /// Who is told when it is sorted.
    watch: OnceCell<Watch>,
    /// How many more items Go has room for behind the last.
    spare: u32,
}

impl Content {
    fn new(kind: Type, items: Vec<Value>) -> Self {
        let (items, sorted, watch) = (items.into(), OnceCell::new(), OnceCell::new());
        Self { kind, items, bytes: None, sorted, is_nil: false, watch, spare: 0 }
    }

    /// Takes the items out, unless nobody ever asked for them.
    pub(crate) fn take(&mut self) -> Vec<Value> {
        self.items.take().unwrap_or_default()
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        if self.items.get().is_some_and(|items| items.iter().any(is_nested)) {
            bury(self.take());
        }
    }
}

impl List {
    /// `[]byte`
    pub const BYTES: Type = Type::List(&Type::Uint(UintKind::Uint8));

    /// A `[]interface {}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::typed(Type::LIST, items)
    }

    /// A `[]interface {}` that Go appended to item by item, and so has room for more.
    pub fn grown(items: Vec<Value>) -> Self {
        Self::grown_of(Type::LIST, items)
    }

    /// The same of another Go type. Only up to 512 items the room is what Go has, twice as much
    /// each time; longer lists have none.
    pub fn grown_of(kind: Type, items: Vec<Value>) -> Self {
        let length = items.len();
        let spare = if length <= 512 { length.next_power_of_two() - length } else { 0 };
        Self::roomy(kind, items, spare)
    }

    /// A list with room for so many more items.
    pub fn roomy(kind: Type, items: Vec<Value>, spare: usize) -> Self {
        let spare = if items.is_empty() { 0 } else { u32::try_from(spare).unwrap_or_default() };
        let mut content = Content::new(kind, items);
        content.spare = spare;
        Self(Rc::new(content))
    }

    /// How many more items it has room for, which a slice of it can show.
    pub fn spare(&self) -> usize {
        usize::try_from(self.0.spare).unwrap_or_default()
    }

    /// A list of another Go type, such as `[]string`; the items must be of its element type.
    pub fn typed(kind: Type, items: Vec<Value>) -> Self {
        Self(Rc::new(Content::new(kind, items)))
    }

    /// A `[]byte`. It takes the space of the bytes until someone asks for its items.
    pub fn bytes(bytes: Text) -> Self {
        let mut content = Content::new(Self::BYTES, Vec::new());
        (content.items, content.bytes) = (OnceCell::new(), Some(bytes));
        Self(Rc::new(content))
    }

    /// The nil slice of a type: empty, but `null` in JSON and not deeply equal to an empty list.
    pub fn nil(kind: Type) -> Self {
        let mut content = Content::new(kind, Vec::new());
        content.is_nil = true;
        Self(Rc::new(content))
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
        match self.0.sorted.get() {
            Some(sorted) => sorted,
            None => self.unsorted(),
        }
    }

    /// Puts the texts that a list is of in the order of their bytes, for all who share the list.
    pub fn sort_texts(&self) {
        let order = |one: &Value, two: &Value| match (one, two) {
            (Value::Text(one), Value::Text(two)) => one.cmp(two),
            _ => Ordering::Equal,
        };
        self.0.sorted.get_or_init(|| {
            if let Some(watch) = self.0.watch.get() {
                watch.note_change();
            }
            let mut items = self.unsorted().to_vec();
            items.sort_by(order);
            items.into()
        });
    }

    /// Tells `watch` when it is sorted, unless another one is told already.
    pub(crate) fn set_watch(&self, watch: &Watch) -> bool {
        self.0.watch.set(watch.clone()).is_ok()
    }

    fn unsorted(&self) -> &[Value] {
        self.0.items.get_or_init(|| {
            let bytes = self.0.bytes.as_ref().map(Text::as_bytes).unwrap_or_default();
            bytes.iter().map(|byte| Value::Uint(UintKind::Uint8, u64::from(*byte))).collect()
        })
    }

    /// The bytes of a list of bytes; what is no byte counts as zero.
    pub fn to_bytes(&self) -> Text {
        let byte = |item: &Value| match item {
            Value::Uint(_, number) => u8::try_from(*number).unwrap_or_default(),
            _ => 0,
        };
        match &self.0.bytes {
            Some(bytes) => bytes.clone(),
            None => self.items().iter().map(byte).collect::<Vec<u8>>().into(),
        }
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.0.bytes.as_ref().map_or_else(|| self.items().len(), |bytes| bytes.as_bytes().len())
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
    fn bytes_are_items_when_asked_for() {
        let list = List::bytes("hi".into());
        assert_eq!((list.len(), list.kind().to_string()), (2, "[]uint8".to_owned()));
        assert_eq!(list.to_bytes().as_bytes(), b"hi");
        assert!(list.0.items.get().is_none());
        assert!(matches!(list.items(), [Value::Uint(UintKind::Uint8, 104), _]));
    }

    #[test]
    fn a_list_is_sorted_for_all_who_share_it() {
        let list = List::typed(Type::List(&Type::String), vec![Value::text("b"), Value::text("a")]);
        let shared = list.clone();
        list.sort_texts();
        list.sort_texts();
        let texts: Vec<_> = shared.items().iter().map(|item| format!("{item:?}")).collect();
        let want: Vec<_> = ["a", "b"].map(|text| format!("{:?}", Value::text(text))).into();
        assert_eq!(texts, want);
    }

    #[test]
    fn grown_lists_have_room() {
        let spare = |count| List::grown(vec![Value::Nil; count]).spare();
        assert_eq!([0, 1, 2, 3, 5, 512, 513].map(spare), [0, 0, 0, 1, 3, 0, 0]);
        assert_eq!(List::new(vec![Value::Nil; 3]).spare(), 0);
    }

    #[test]
    fn a_nil_slice_is_empty_but_not_an_empty_list() {
        let nil = List::nil(Type::LIST);
        assert!(nil.is_nil() && nil.items().is_empty());
        assert!(!List::new(Vec::new()).is_nil());
    }
}
