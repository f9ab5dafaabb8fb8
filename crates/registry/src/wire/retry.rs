use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::{Message, Response, Wire};
use crate::{Error, Limits, Trouble};

/// What is tried again when it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    /// Whatever may go better: the request changes nothing, or the same each time.
    Always,
    /// Only what the server says it did not look at, because its body was sent.
    Unread,
}

impl Wire {
    /// Sends a message, and again if it may go better, pausing as the host asks.
    ///
    /// Returns the last answer, whatever its status.
    pub(crate) async fn persist(
        &self,
        message: &Message,
        authorization: Option<&HeaderValue>,
        retry: Retry,
    ) -> Result<Response, Error> {
        let limits = self.connector.limits();
        let mut attempt = 1;
        loop {
            let result = self.exchange(message, authorization).await;
            let last = attempt >= limits.attempts;
            let pause = match &result {
                Ok(answer) => {
                    let asked = rhumb_oci::response::retry_after(answer.headers(), (self.clock)());
                    let worth = is_transient(answer.status(), retry);
                    if !worth || last || asked.is_some_and(|wait| wait > limits.longest_pause) {
                        return result;
                    }
                    // One that says `0` while it refuses gets our own pause.
                    asked.unwrap_or_default().max(back_off(limits, attempt))
                }
                Err(Error::Connection { cause, .. })
                    if retry == Retry::Always && cause.is_transient() && !last =>
                {
                    back_off(limits, attempt)
                }
                Err(_) => return result,
            };
            tracing::debug!(url = %message.safe_url(), attempt, ?pause, "trying again");
            // Whoever else wants to ask this host waits as well. The answer is dropped first, for
            // it holds one of the host's places.
            drop(result);
            self.hosts.get(&message.url).pause(pause);
            attempt += 1;
        }
    }
}

fn is_transient(status: StatusCode, retry: Retry) -> bool {
    match status.as_u16() {
        429 | 503 => true,
        408 | 500 | 502 | 504 => retry == Retry::Always,
        _ => false,
    }
}

impl Trouble {
    /// Whether the same may go well in a moment.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Cut { .. } | Self::Stalled { .. })
    }
}

/// The pause before attempt `attempt + 1`: twice as long each time, less up to half of it, so
/// that clients that failed together do not come back together.
pub(crate) fn back_off(limits: &Limits, attempt: u32) -> Duration {
    let full = limits.first_pause.saturating_mul(1 << (attempt - 1).min(10));
    let full = full.min(limits.longest_pause);
    full.mul_f64(0.5 + 0.5 * jitter())
}

/// A number from 0 to 1 that differs each time; the standard library's hash keys are random.
fn jitter() -> f64 {
    let random = std::collections::hash_map::RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let limits = Limits::default();
        for (attempt, full) in [(1, 200), (2, 400), (4, 1600), (40, 90_000)] {
            let pause = back_off(&limits, attempt).as_millis();
            assert!((full / 2..=full).contains(&pause), "{attempt}: {pause}");
        }
    }
}
