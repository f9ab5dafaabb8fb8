//! Times and durations as templates see them, with the methods that they have in Go.

mod duration;
mod named;

use std::any::Any;
use std::rc::Rc;

use rhumb_gotmpl::{FromValue, IntoReturn};
use rhumb_value::{CallError, Encoding, IntKind, List, Object, Signature, Text, Type, Value};

use super::binary;
use super::calendar::{Date, from_days, to_days, year_day};
use super::instant::Instant;
use super::location::{self, LOCATION, Location};
use super::zone::Zone;
use crate::cast::NIL_DEREFERENCE;
use duration::DURATION;
pub(super) use duration::{Duration, duration};
use named::{MONTH, Named, WEEKDAY};

const INT: Type = Type::Int(IntKind::Int);
const INT64: Type = Type::Int(IntKind::Int64);
const TIME: Type = Type::Opaque("time.Time");

/// A `time.Time`, as a parameter or as a result.
#[derive(Clone, Debug)]
pub(super) struct Time(pub(super) Instant);

fn object(object: impl Object) -> Value {
    Value::Object(Rc::new(object))
}

/// The time that a value is.
pub(super) fn time(value: &Value) -> Option<Instant> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Time>().map(|time| time.0.clone()),
        _ => None,
    }
}

impl<'v> FromValue<'v> for Time {
    const TYPE: Type = TIME;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        time(value).map(Self).ok_or_else(|| CallError::new(NIL_DEREFERENCE))
    }
}

impl IntoReturn for Time {
    const TYPE: Type = TIME;

    fn into_return(self) -> Result<Value, CallError> {
        Ok(object(self))
    }
}

const fn returns(params: &'static [Type], returns: Type) -> Signature {
    Signature { params, variadic: false, returns }
}

impl Object for Time {
    fn kind(&self) -> Type {
        TIME
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let Instant { seconds, nanoseconds, zone, .. } = &self.0;
        let zone = match zone {
            Zone::Utc => location::nil(),
            zone => object(Location(zone.clone())),
        };
        let since_zero = seconds.wrapping_sub(Instant::ZERO.seconds);
        vec![
            ("wall", Value::Uint(rhumb_value::UintKind::Uint64, (*nanoseconds).into())),
            ("ext", Value::int64(since_zero)),
            ("loc", zone),
        ]
    }

    fn uncallable(&self, name: &str) -> Option<String> {
        let second = match name {
            "Date" | "Clock" => {
                return Some(format!("function {name} has 3 return values; should be 1 or 2"));
            }
            "Zone" | "ISOWeek" => "int",
            "ZoneBounds" => "time.Time",
            _ => return None,
        };
        let message = "second return value should be error; is";
        Some(format!("invalid function signature for {name}: {message} {second}"))
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Year" | "Day" | "Hour" | "Minute" | "Second" | "Nanosecond" | "YearDay" => {
                returns(&[], INT)
            }
            "Unix" | "UnixMilli" | "UnixMicro" | "UnixNano" => returns(&[], INT64),
            "Month" => returns(&[], MONTH),
            "Weekday" => returns(&[], WEEKDAY),
            "Location" => returns(&[], LOCATION),
            "IsZero" | "IsDST" => returns(&[], Type::Bool),
            "String" | "GoString" => returns(&[], Type::String),
            "Format" => returns(&[Type::String], Type::String),
            "UTC" | "Local" => returns(&[], TIME),
            "In" => returns(&[LOCATION], TIME),
            "Add" | "Round" | "Truncate" => returns(&[DURATION], TIME),
            "AddDate" => returns(&[INT, INT, INT], TIME),
            "Sub" => returns(&[TIME], DURATION),
            "After" | "Before" | "Equal" => returns(&[TIME], Type::Bool),
            "Compare" => returns(&[TIME], INT),
            "MarshalJSON" | "MarshalText" | "MarshalBinary" | "GobEncode" => {
                returns(&[], List::BYTES)
            }
            "AppendFormat" => returns(&[List::BYTES, Type::String], List::BYTES),
            "AppendText" | "AppendBinary" => returns(&[List::BYTES], List::BYTES),
            _ => return None,
        })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let time = &self.0;
        let clock = time.clock();
        Ok(match name {
            "Year" => Value::int(clock.date.year),
            "Day" => Value::int(clock.date.day),
            "Hour" => Value::int(clock.hour),
            "Minute" => Value::int(clock.minute),
            "Second" => Value::int(clock.second),
            "Nanosecond" => Value::int(time.nanoseconds.into()),
            "YearDay" => Value::int(year_day(clock.date)),
            "Unix" => Value::int64(time.seconds),
            "UnixMilli" => Value::int64(wrapped(time.total().div_euclid(1_000_000))),
            "UnixMicro" => Value::int64(wrapped(time.total().div_euclid(1_000))),
            "UnixNano" => Value::int64(wrapped(time.total())),
            "Month" => object(Named::month(clock.date.month)),
            "Weekday" => object(Named::weekday(clock.weekday)),
            "Location" => object(Location(time.zone.clone())),
            "IsZero" => Value::Bool(time.since_zero() == 0),
            "IsDST" => Value::Bool(clock.local.is_summer),
            "String" => Value::text(time.print()),
            "Format" => Value::text(time.format(text(arguments))),
            "UTC" => object(Self(time.in_zone(Zone::Utc))),
            "Local" => object(Self(time.in_zone(time.home.clone()))),
            "GoString" => self.go_text().map(Value::Text).unwrap_or_default(),
            "MarshalJSON" => bytes(format!("\"{}\"", strict_rfc3339(time, name)?).as_bytes()),
            "MarshalText" => bytes(strict_rfc3339(time, name)?.as_bytes()),
            "MarshalBinary" | "GobEncode" => bytes(&binary::encode(time)?),
            "AppendText" => appended(arguments, strict_rfc3339(time, name)?.as_bytes()),
            "AppendBinary" => appended(arguments, &binary::encode(time)?),
            "AppendFormat" => {
                appended(arguments, &time.format(text(arguments.get(1..).unwrap_or_default())))
            }
            _ => return self.call_with(name, arguments),
        })
    }

    fn text(&self) -> Option<Text> {
        Some(self.0.print().into())
    }

    fn go_text(&self) -> Option<Text> {
        let clock = self.0.clock();
        let Date { year, month, day } = clock.date;
        let month = Named::month(month).name();
        let (hour, minute, second) = (clock.hour, clock.minute, clock.second);
        let (nanoseconds, zone) = (self.0.nanoseconds, Location(self.0.zone.clone()).go_text());
        let text = format!(
            "time.Date({year}, time.{month}, {day}, {hour}, {minute}, {second}, {nanoseconds}, {zone})"
        );
        Some(text.into())
    }

    fn refusal(&self) -> Option<String> {
        strict_rfc3339(&self.0, "MarshalJSON").err().map(|error| error.to_string())
    }

    fn encoding(&self) -> Encoding {
        Encoding::Plain(Value::text(rfc3339(&self.0)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Time {
    /// The methods that take another time, a duration or a date.
    fn call_with(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let time = &self.0;
        let span = || {
            arguments
                .first()
                .map_or(0, |value| duration(value).unwrap_or_else(|| crate::cast::to_int64(value)))
        };
        if name == "In" {
            return match arguments.first() {
                Some(Value::Object(zone)) => zone
                    .as_any()
                    .downcast_ref::<Location>()
                    .map(|Location(zone)| object(Self(time.in_zone(zone.clone()))))
                    .ok_or_else(|| CallError::new(NIL_DEREFERENCE)),
                _ => Err(CallError::new("time: missing Location in call to Time.In")),
            };
        }
        if ["Sub", "After", "Before", "Equal", "Compare"].contains(&name) {
            let other = arguments.first().and_then(self::time);
            let other = other.ok_or_else(|| CallError::new(NIL_DEREFERENCE))?;
            let order = time.since_zero().cmp(&other.since_zero());
            return Ok(match name {
                "Sub" => object(Duration(time.since(&other))),
                "After" => Value::Bool(order.is_gt()),
                "Before" => Value::Bool(order.is_lt()),
                "Equal" => Value::Bool(order.is_eq()),
                _ => Value::int(order as i64),
            });
        }
        Ok(object(Self(match name {
            "Add" => time.plus(span()),
            "AddDate" => add_date(time, arguments),
            "Round" => to_multiple(time, span(), true),
            "Truncate" => to_multiple(time, span(), false),
            _ => return Err(CallError::new(format!("no method {name}"))),
        })))
    }
}

/// Years, months and days later, by the calendar; the 31st of a shorter month is in the next.
fn add_date(time: &Instant, arguments: &[Value]) -> Instant {
    /// Beyond any date that a clock of 64 bits has.
    const LIMIT: i64 = 1 << 40;
    let argument =
        |index: usize| arguments.get(index).map_or(0, crate::cast::to_int64).clamp(-LIMIT, LIMIT);
    let clock = time.clock();
    let month = clock.date.month - 1 + argument(1);
    let year = (clock.date.year + argument(0) + month.div_euclid(12)).clamp(-LIMIT, LIMIT);
    let first = Date { year, month: month.rem_euclid(12) + 1, day: 1 };
    let date = from_days(to_days(first) + clock.date.day - 1 + argument(2));
    let second = (clock.hour * 60 + clock.minute) * 60 + clock.second;
    let added = Instant::at_clock(date, second, time.nanoseconds, time.zone.clone());
    Instant { home: time.home.clone(), ..added }
}

/// A multiple of a span since the zero time, down to it or the nearest.
fn to_multiple(time: &Instant, span: i64, rounds: bool) -> Instant {
    let plain = time.in_zone(time.zone.clone());
    if span <= 0 {
        return plain;
    }
    let since_zero = time.since_zero();
    let rest = i64::try_from(since_zero.rem_euclid(span.into())).unwrap_or_default();
    if rounds && rest.unsigned_abs() * 2 >= span.unsigned_abs() {
        return plain.plus(span - rest);
    }
    plain.plus(-rest)
}

fn rfc3339(time: &Instant) -> String {
    String::from_utf8_lossy(&time.format(b"2006-01-02T15:04:05.999999999Z07:00")).into_owned()
}

/// The same for a method that minds what the format has no room for.
fn strict_rfc3339(time: &Instant, method: &str) -> Result<String, CallError> {
    let clock = time.clock();
    let wrong = |what| Err(CallError::new(format!("Time.{method}: {what}")));
    if !(0..10_000).contains(&clock.date.year) {
        return wrong("year outside of range [0,9999]");
    }
    if clock.local.offset.abs() >= 24 * 3600 {
        return wrong("timezone hour outside of range [0,23]");
    }
    Ok(rfc3339(time))
}

/// The lowest 64 bits, which is what Go keeps.
fn wrapped(number: i128) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "Go's numbers wrap")]
    let number = number as i64;
    number
}

fn text(arguments: &[Value]) -> &[u8] {
    match arguments {
        [Value::Text(text)] => text.as_bytes(),
        _ => b"",
    }
}

fn bytes(bytes: &[u8]) -> Value {
    List::bytes(bytes.to_vec().into()).into()
}

/// The bytes that come first in the arguments, and behind them others.
fn appended(arguments: &[Value], more: &[u8]) -> Value {
    let first = match arguments.first() {
        Some(Value::List(list)) => list.to_bytes(),
        _ => "".into(),
    };
    bytes(&[first.as_bytes(), more].concat())
}
