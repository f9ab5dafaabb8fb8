//! Hostile registries and archives, and what must be true of every failure.

#[expect(dead_code, reason = "shared with the tests of what works")]
#[path = "../cli/support/artifact.rs"]
mod artifact;
#[path = "../cli/support/home.rs"]
mod home;
#[expect(dead_code, reason = "shared with the tests of what works")]
#[path = "../cli/support/registry.rs"]
mod registry;

mod failure;
mod fake;
mod proxy;
mod tarball;

pub(crate) use artifact::Artifact;
pub(crate) use failure::{Failure, OUT, fails, fails_as, left_over};
pub(crate) use fake::{Body, Fake, Reply, Site};
pub(crate) use home::{Home, Ran};
pub(crate) use proxy::Proxy;
pub(crate) use registry::{PASSWORD, Registry, USER};
pub(crate) use tarball::{bomb, cut, noise, tarball};
