//! A home folder, a registry, and the program to try.

mod home;
mod registry;

pub(crate) use home::Home;
pub(crate) use registry::{PASSWORD, Registry, USER};
