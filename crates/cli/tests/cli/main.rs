//! The commands as their users call them: the real program, a home of its own, the embedded registry.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails like the test itself")]

mod support;

mod chart_repo;
mod completion;
mod create;
mod demo;
mod dependency;
mod explain;
mod explained;
mod lint;
mod package;
mod post_renderer;
mod pull;
mod push;
mod registry_gc;
mod registry_login;
mod registry_logout;
mod registry_serve;
mod repo;
mod search_repo;
mod show;
mod template;
mod verify;
