use rhumb_value::CallError;

use super::instant::Instant;
use super::zone::Zone;

/// A time as `Time.MarshalBinary` writes it: a version, seconds since the year 1, nanoseconds, and the
/// minutes of the zone to the east of Greenwich.
///
/// # Errors
///
/// Go's, if that many minutes have no room.
pub(super) fn encode(time: &Instant) -> Result<Vec<u8>, CallError> {
    const UTC: i16 = -1;
    let offset = time.clock().local.offset;
    let (minutes, rest) = match time.zone {
        Zone::Utc => (UTC, 0),
        _ => match i16::try_from(offset / 60) {
            Ok(UTC) | Err(_) => {
                return Err(CallError::new("Time.MarshalBinary: unexpected zone offset"));
            }
            Ok(minutes) => (minutes, i8::try_from(offset % 60).unwrap_or_default()),
        },
    };
    let since_zero = time.seconds.wrapping_sub(Instant::ZERO.seconds);
    let mut bytes = vec![if rest == 0 { 1 } else { 2 }];
    bytes.extend_from_slice(&since_zero.to_be_bytes());
    bytes.extend_from_slice(&time.nanoseconds.to_be_bytes());
    bytes.extend_from_slice(&minutes.to_be_bytes());
    if rest != 0 {
        bytes.extend_from_slice(&rest.to_be_bytes());
    }
    Ok(bytes)
}
