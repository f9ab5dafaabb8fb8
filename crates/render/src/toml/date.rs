use rhumb_sprig::{print_time, read_time, time_zone};
use rhumb_value::{Object, Value};

const RFC_3339: &str = "2006-01-02T15:04:05.999999999Z07:00";

/// The layouts of times without a zone, by the name of the zone that stands for its lack.
const LOCAL: [(&str, &str); 3] = [
    ("datetime-local", "2006-01-02T15:04:05.999999999"),
    ("date-local", "2006-01-02"),
    ("time-local", "15:04:05.999999999"),
];

/// All layouts that may be read, in order, each with the zone of texts that name none.
const LAYOUTS: [(&str, &str); 7] = [
    (RFC_3339, "UTC"),
    (LOCAL[0].1, LOCAL[0].0),
    (LOCAL[1].1, LOCAL[1].0),
    (LOCAL[2].1, LOCAL[2].0),
    ("2006-01-02T15:04Z07:00", "UTC"),
    ("2006-01-02T15:04", "datetime-local"),
    ("15:04", "time-local"),
];

/// Reads a date, a time, or both.
pub(super) fn parse(text: &str) -> Option<Value> {
    let text = normalized(text);
    let found = LAYOUTS.iter().find_map(|(layout, zone)| {
        let layout_read = layout.replace(".999999999", "");
        Some((read_time(&layout_read, &text, zone)?, *layout))
    });
    let (value, layout) = found?;
    has_all_zeros(&text, layout).then_some(value)
}

/// Whether all numbers have as many digits as they should, which Go's layouts do not ask for.
fn has_all_zeros(text: &str, layout: &str) -> bool {
    let mut pairs = layout.bytes().zip(text.bytes()).take_while(|(want, _)| !b".Z".contains(want));
    pairs.all(|(want, got)| want.is_ascii_digit() || want == got)
}

/// A date as errors show it.
pub(super) fn normalized(text: &str) -> String {
    text.replace('z', "Z").replace(['t', ' '], "T")
}

/// The text of a time, or nothing for any other object.
pub(super) fn print(object: &dyn Object) -> Option<Vec<u8>> {
    let zone = time_zone(object)?;
    let local = LOCAL.iter().find(|(name, _)| *name == zone);
    print_time(object, local.map_or(RFC_3339, |(_, layout)| layout))
}
