//! Charts that go between Rhumb and the clients of others, over real registries.
//!
//! The modules are named after servers and the tests after clients: what cannot be had is skipped by these names.

mod exchange;
mod lint;
mod server;
