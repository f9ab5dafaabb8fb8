//! The client against servers that behave as registries do, well and badly.
//!
//! Each fake records what it was asked, so a test says what went over the wire, not only what
//! came of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod auth;
mod bad_answer;
mod challenge;
mod download;
mod fake;
mod list;
mod offline;
mod proxy;
mod push;
mod retry;
mod secret;
mod tls;
