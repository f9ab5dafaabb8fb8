//! Charts that go between Rhumb and the clients of others, over real registries.
//!
//! What commands print beside what Helm prints is here, too.
//!
//! The modules are named after servers and the tests after clients: what cannot be had is skipped by these names.

mod beside_helm;
mod chart_repo;
mod dependency;
mod exchange;
mod gnupg;
mod lint;
mod post_renderer;
mod repo;
mod server;
mod template;
mod verify;
