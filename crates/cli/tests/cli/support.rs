//! A home folder, a registry, and the program to try.

mod artifact;
mod home;
mod registry;

pub(crate) use artifact::{Artifact, push_index};
pub(crate) use home::{Home, Ran};
pub(crate) use registry::{PASSWORD, Registry, USER};
pub(crate) use rhumb_testkit::Web;
