use std::any::Any;
use std::fmt;
use std::rc::Rc;

use rhumb_value::{Map, Object};

/// A point in time: seconds and nanoseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Whole seconds; negative before 1970.
    pub seconds: i64,
    /// Nanoseconds after them, below a billion.
    pub nanoseconds: u32,
}

/// What lies outside the language: whoever renders brings it, and functions ask for it through
/// [`Call`](crate::Call).
pub trait Host: fmt::Debug {
    /// The time.
    fn now(&self) -> Moment;

    /// Fills `bytes` with random ones.
    fn fill_random(&self, bytes: &mut [u8]);

    /// The name of the local time zone in the IANA database. By default UTC.
    fn time_zone(&self) -> String {
        "UTC".to_owned()
    }

    /// The addresses of a host name, or nothing if templates may not ask. By default they may not.
    fn addresses(&self, name: &str) -> Option<Vec<String>> {
        let _ = name;
        None
    }

    /// An object with the method `name` of a map whose Go type has a name, if the type has such a
    /// method. By default there are none.
    fn method_of(&self, map: &Map, name: &[u8]) -> Option<Rc<dyn Object>> {
        let _ = (map, name);
        None
    }

    /// Itself, for functions that come with a host of their own.
    fn as_any(&self) -> &dyn Any;
}
