//! What a user reads when the outside is not as it should be: one line, the next step, and nothing left behind.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test itself")]

mod support;

mod answer;
mod archive;
mod disk;
mod killed;
mod link;
mod place;
