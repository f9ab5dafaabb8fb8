use rhumb_value::{Object, Value};

/// Reads a date, a time, or both.
pub(super) fn parse(text: &str) -> Option<Value> {
    let _ = text;
    None
}

/// A date as errors show it.
pub(super) fn normalized(text: &str) -> String {
    text.replace('z', "Z").replace(['t', ' '], "T")
}

/// The text of a time, or nothing for any other object.
pub(super) fn print(object: &dyn Object) -> Option<Vec<u8>> {
    let _ = object;
    None
}
