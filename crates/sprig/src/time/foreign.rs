//! Times for functions that are not Sprig's, such as those of TOML.

use rhumb_value::{Object, Value};

use super::object::Time;
use super::parse::parse;
use super::zone::Zone;

/// Reads a time by a layout of Go. If the text names no zone, it is in one at Greenwich that is
/// called `zone`.
pub fn read_time(layout: &str, text: &str, zone: &str) -> Option<Value> {
    let zone = match zone {
        "UTC" => Zone::Utc,
        name => Zone::Fixed { name: name.into(), offset: 0 },
    };
    let time = parse(layout.as_bytes(), text.as_bytes(), &zone).ok()?;
    Some(Value::Object(std::rc::Rc::new(Time(time))))
}

/// The name of a time's zone, or nothing if the object is no time.
pub fn time_zone(object: &dyn Object) -> Option<String> {
    let Time(time) = object.as_any().downcast_ref()?;
    Some(time.zone.name().to_owned())
}

/// Prints a time by a layout of Go, or nothing if the object is no time.
pub fn print_time(object: &dyn Object, layout: &str) -> Option<Vec<u8>> {
    let Time(time) = object.as_any().downcast_ref()?;
    Some(time.format(layout.as_bytes()))
}
