//! A home folder, a registry, and the program to try.

mod artifact;
mod home;
mod registry;
mod web;

pub(crate) use artifact::{Artifact, push_index};
pub(crate) use home::{Home, Ran};
pub(crate) use registry::{PASSWORD, Registry, USER};
pub(crate) use web::Web;
