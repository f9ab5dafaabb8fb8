//! Dates, times and durations.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a parameter's Rust type stands for its Go type"
)]

mod binary;
mod calendar;
mod foreign;
mod instant;
mod layout;
mod location;
mod object;
mod parse;
mod span;
mod span_functions;
mod zone;

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::{CallError, IntKind, Text, Value};

use crate::number::{NumberError, parse_int};
use instant::Instant;
use object::{Duration, Time};
use zone::Zone;

pub use foreign::{print_time, read_time, time_zone};
pub(crate) use span_functions::FUNCS as SPAN_FUNCS;

const HTML_DATE: &[u8] = b"2006-01-02";

/// The time of the rendering, in the local zone.
fn read_clock(call: &Call<'_>) -> Instant {
    let moment = call.now();
    let zone = local_zone(call);
    Instant { is_reading: true, ..Instant::new(moment.seconds, moment.nanoseconds, zone) }
}

fn local_zone(call: &Call<'_>) -> Zone {
    Zone::local(&call.session().host().time_zone())
}

/// `now`: the time.
///
/// `{{ now | kindOf }}` gives `struct`.
fn now(call: &Call<'_>) -> Time {
    Time(read_clock(call))
}

/// A time, or whole seconds since 1970 of certain types; anything else is the time now.
fn instant(call: &Call<'_>, value: &Value) -> Instant {
    match value {
        Value::Int(IntKind::Int | IntKind::Int64 | IntKind::Int32, seconds) => {
            Instant::new(*seconds, 0, local_zone(call))
        }
        other => object::time(other).unwrap_or_else(|| read_clock(call)),
    }
}

/// `date LAYOUT TIME`: the time in a layout, in the local zone.
///
/// `{{ toDate "2006-01-02" "2024-05-06" | date "02.01.2006" }}` gives `06.05.2024`.
fn date(call: &Call<'_>, layout: &Text, time: &Value) -> Vec<u8> {
    instant(call, time).in_zone(local_zone(call)).format(layout.as_bytes())
}

/// `dateInZone LAYOUT TIME ZONE`: the time in a layout, in a zone; UTC for one that is not known.
///
/// `{{ dateInZone "15:04" (toDate "2006-01-02" "2024-05-06") "UTC" }}` gives `00:00`.
fn date_in_zone(call: &Call<'_>, layout: &Text, time: &Value, zone: &Text) -> Vec<u8> {
    let zone = match &*zone.to_lossy() {
        "Local" => local_zone(call),
        name => Zone::named(name).unwrap_or(Zone::Utc),
    };
    instant(call, time).in_zone(zone).format(layout.as_bytes())
}

/// `htmlDate TIME`: the date as forms of web pages want it.
///
/// `{{ toDate "2006-01-02" "2024-05-06" | htmlDate }}` gives `2024-05-06`.
fn html_date(call: &Call<'_>, time: &Value) -> Vec<u8> {
    instant(call, time).in_zone(local_zone(call)).format(HTML_DATE)
}

/// `htmlDateInZone TIME ZONE`: the date as forms of web pages want it, in a zone.
///
/// `{{ htmlDateInZone (toDate "2006-01-02" "2024-05-06") "UTC" }}` gives `2024-05-06`.
fn html_date_in_zone(call: &Call<'_>, time: &Value, zone: &Text) -> Vec<u8> {
    date_in_zone(call, &HTML_DATE.into(), time, zone)
}

/// `dateModify DURATION TIME`: the time so much later; the time itself for a bad duration.
///
/// `{{ toDate "2006-01-02" "2024-05-06" | dateModify "36h" | date "2006-01-02" }}` gives
/// `2024-05-07`.
fn date_modify(duration: &Text, time: Time) -> Time {
    let Time(time) = time;
    Time(span::parse(duration.as_bytes()).map_or_else(|_| time.clone(), |span| time.plus(span)))
}

/// `mustDateModify DURATION TIME`: the time so much later.
///
/// `{{ toDate "2006-01-02" "2024-05-06" | mustDateModify "36h" | date "2006-01-02" }}` gives
/// `2024-05-07`.
fn must_date_modify(duration: &Text, time: Time) -> Result<Time, CallError> {
    let span = span::parse(duration.as_bytes()).map_err(CallError::new)?;
    Ok(Time(time.0.plus(span)))
}

/// `toDate LAYOUT TEXT`: the time that a text is in a layout; the zero time for a bad text.
///
/// `{{ (toDate "2006-01-02" "2024-05-06").Year }}` gives `2024`.
fn to_date(call: &Call<'_>, layout: &Text, text: &Text) -> Time {
    let home = local_zone(call);
    let time = parse::parse(layout.as_bytes(), text.as_bytes(), &home);
    Time(time.unwrap_or_else(|_| Instant { home, ..Instant::ZERO }))
}

/// `mustToDate LAYOUT TEXT`: the time that a text is in a layout.
///
/// `{{ (mustToDate "2006-01-02" "2024-05-06").Year }}` gives `2024`.
fn must_to_date(call: &Call<'_>, layout: &Text, text: &Text) -> Result<Time, CallError> {
    let time = parse::parse(layout.as_bytes(), text.as_bytes(), &local_zone(call));
    time.map(Time).map_err(CallError::new)
}

/// `unixEpoch TIME`: whole seconds since 1970.
///
/// `{{ toDate "2006-01-02" "1970-01-02" | unixEpoch }}` gives `86400`.
fn unix_epoch(time: Time) -> String {
    time.0.seconds.to_string()
}

/// `ago TIME`: how long since, in whole seconds.
///
/// `{{ ago now }}` gives `0s`.
fn ago(call: &Call<'_>, time: &Value) -> String {
    let time = match time {
        Value::Int(IntKind::Int32, _) => read_clock(call),
        other => instant(call, other),
    };
    span::print(span::round(read_clock(call).since(&time), span::SECOND))
}

/// `duration SECONDS`: a duration in Go's form.
///
/// `{{ duration "95" }}` gives `1m35s`.
fn duration(seconds: &Value) -> String {
    let seconds = match seconds {
        Value::Text(text) => match parse_int(text.as_bytes(), 10) {
            Ok(number) | Err(NumberError::Range(number)) => number,
            Err(NumberError::Syntax) => 0,
        },
        Value::Int(IntKind::Int64, number) => *number,
        _ => 0,
    };
    span::print(seconds.wrapping_mul(span::SECOND))
}

/// `durationRound DURATION`: a duration in its greatest unit.
///
/// `{{ durationRound "36h" }}` gives `1d`.
fn duration_round(call: &Call<'_>, duration: &Value) -> String {
    const HOUR: u64 = 3_600_000_000_000;
    let span = match duration {
        Value::Text(text) => span::parse(text.as_bytes()).unwrap_or_default(),
        Value::Int(IntKind::Int64, number) => *number,
        other => object::time(other).map_or(0, |time| read_clock(call).since(&time)),
    };
    let amount = span.unsigned_abs();
    for (unit, name) in [
        (HOUR * 24 * 365, "y"),
        (HOUR * 24 * 30, "mo"),
        (HOUR * 24, "d"),
        (HOUR, "h"),
        (HOUR / 60, "m"),
        (HOUR / 3600, "s"),
    ] {
        if amount > unit {
            return format!("{}{name}", amount / unit);
        }
    }
    "0s".to_owned()
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("ago", ago, call, [time]),
    func!("date", date, call, [layout, time]),
    func!("dateInZone", date_in_zone, call, [layout, time, zone]),
    func!("dateModify", date_modify, [duration, time]),
    func!("date_in_zone", date_in_zone, call, [layout, time, zone]),
    func!("date_modify", date_modify, [duration, time]),
    func!("duration", duration, [seconds]),
    func!("durationRound", duration_round, call, [duration]),
    func!("htmlDate", html_date, call, [time]),
    func!("htmlDateInZone", html_date_in_zone, call, [time, zone]),
    func!("mustDateModify", must_date_modify, [duration, time]),
    func!("mustToDate", must_to_date, call, [layout, text]),
    func!("must_date_modify", must_date_modify, [duration, time]),
    func!("now", now, call, []),
    func!("toDate", to_date, call, [layout, text]),
    func!("unixEpoch", unix_epoch, [time]),
];

/// A time as certificates have it.
#[cfg(feature = "crypto")]
pub(crate) enum CertificateTime {
    /// With two digits of the year, until 2049.
    Utc(Vec<u8>),
    /// With four digits.
    General(Vec<u8>),
}

/// A time as certificates have it; they have no years past 9999.
#[cfg(feature = "crypto")]
pub(crate) fn certificate_time(seconds: i64) -> Option<CertificateTime> {
    let time = Instant::new(seconds, 0, Zone::Utc);
    match time.clock().date.year {
        1950..2050 => Some(CertificateTime::Utc(time.format(b"060102150405Z"))),
        0..=9999 => Some(CertificateTime::General(time.format(b"20060102150405Z"))),
        _ => None,
    }
}
