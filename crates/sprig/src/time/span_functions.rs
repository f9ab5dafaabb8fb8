//! Durations as Helm's own functions take and give them.

use rhumb_gotmpl::{Func, Int64, func};
use rhumb_value::quote::quote;
use rhumb_value::{CallError, Value};

use super::Duration;
use super::object::duration;
use super::span::{self, SECOND, in_units, round, truncate};
use crate::cast::{plain, type_name};
use crate::number::parse_float;

/// A duration, a text of one, or a number of seconds.
///
/// # Errors
///
/// Helm's words.
fn to_span(value: &Value) -> Result<i64, String> {
    if let Some(span) = duration(value) {
        return Ok(span);
    }
    let overflow = |shown: String| format!("duration seconds overflow: {shown}");
    match plain(value) {
        Value::Nil => Err("invalid duration".to_owned()),
        Value::Text(whole) => {
            let whole = whole.as_bytes();
            let text = crate::string::trim(whole);
            if text.is_empty() {
                return Err("empty duration".to_owned());
            }
            if let Ok(span) = span::parse(text) {
                return Ok(span);
            }
            match parse_float(text) {
                Some(seconds) => from_float(seconds),
                None => Err(format!("could not parse duration {}", quote(whole))),
            }
        }
        Value::Int(_, seconds) => {
            seconds.checked_mul(SECOND).ok_or_else(|| overflow(seconds.to_string()))
        }
        Value::Uint(_, seconds) => i64::try_from(seconds)
            .ok()
            .and_then(|seconds| seconds.checked_mul(SECOND))
            .ok_or_else(|| overflow(seconds.to_string())),
        Value::Float(_, seconds) => from_float(seconds),
        _ => Err(format!("unsupported duration type {}", type_name(value))),
    }
}

fn from_float(seconds: f64) -> Result<i64, String> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let shown = rhumb_value::float::text;
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {}", shown(seconds)));
    }
    if seconds.abs() > LIMIT / 1e9 {
        return Err(format!("duration seconds overflow: {}", shown(seconds)));
    }
    let nanoseconds = seconds * 1e9;
    if nanoseconds.abs() > LIMIT {
        return Err(format!("duration nanoseconds overflow: {}", shown(nanoseconds)));
    }
    Ok(crate::cast::truncate(nanoseconds))
}

/// The span, or none of it for what is no duration.
fn lenient(value: &Value) -> i64 {
    to_span(value).unwrap_or_default()
}

/// `mustToDuration VALUE`: a duration, from one, a text or seconds.
///
/// `{{ mustToDuration "90m" }}` gives `1h30m0s`.
fn must_to_duration(value: &Value) -> Result<Duration, CallError> {
    to_span(value).map(Duration).map_err(CallError::new)
}

/// `durationNanoseconds VALUE`: its nanoseconds.
///
/// `{{ durationNanoseconds "1us" }}` gives `1000`.
fn nanoseconds(value: &Value) -> Int64 {
    Int64(lenient(value))
}

/// `durationMicroseconds VALUE`: its whole microseconds.
///
/// `{{ durationMicroseconds "1ms" }}` gives `1000`.
fn microseconds(value: &Value) -> Int64 {
    Int64(lenient(value) / 1_000)
}

/// `durationMilliseconds VALUE`: its whole milliseconds.
///
/// `{{ durationMilliseconds "1s" }}` gives `1000`.
fn milliseconds(value: &Value) -> Int64 {
    Int64(lenient(value) / 1_000_000)
}

/// `durationSeconds VALUE`: its seconds.
///
/// `{{ durationSeconds "1m" }}` gives `60`.
fn seconds(value: &Value) -> f64 {
    in_units(lenient(value), SECOND)
}

/// `durationMinutes VALUE`: its minutes.
///
/// `{{ durationMinutes "1h" }}` gives `60`.
fn minutes(value: &Value) -> f64 {
    in_units(lenient(value), 60 * SECOND)
}

/// `durationHours VALUE`: its hours.
///
/// `{{ durationHours "90m" }}` gives `1.5`.
fn hours(value: &Value) -> f64 {
    in_units(lenient(value), 3600 * SECOND)
}

/// `durationDays VALUE`: its days.
///
/// `{{ durationDays "36h" }}` gives `1.5`.
fn days(value: &Value) -> f64 {
    hours(value) / 24.0
}

/// `durationWeeks VALUE`: its weeks.
///
/// `{{ durationWeeks "84h" }}` gives `0.5`.
fn weeks(value: &Value) -> f64 {
    days(value) / 7.0
}

/// `durationRoundTo VALUE UNIT`: to a multiple of the unit.
///
/// `{{ durationRoundTo "95m" "1h" }}` gives `2h0m0s`.
fn round_to(value: &Value, unit: &Value) -> Duration {
    Duration(to_span(value).map_or(0, |span| to_span(unit).map_or(span, |unit| round(span, unit))))
}

/// `durationTruncateTo VALUE UNIT`: to a multiple of the unit, toward zero.
///
/// `{{ durationTruncateTo "119m" "1h" }}` gives `1h0m0s`.
fn truncate_to(value: &Value, unit: &Value) -> Duration {
    let span = to_span(value);
    Duration(span.map_or(0, |span| to_span(unit).map_or(span, |unit| truncate(span, unit))))
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("durationDays", days, [value]),
    func!("durationHours", hours, [value]),
    func!("durationMicroseconds", microseconds, [value]),
    func!("durationMilliseconds", milliseconds, [value]),
    func!("durationMinutes", minutes, [value]),
    func!("durationNanoseconds", nanoseconds, [value]),
    func!("durationRoundTo", round_to, [value, unit]),
    func!("durationSeconds", seconds, [value]),
    func!("durationTruncateTo", truncate_to, [value, unit]),
    func!("durationWeeks", weeks, [value]),
    func!("mustToDuration", must_to_duration, [value]),
];
