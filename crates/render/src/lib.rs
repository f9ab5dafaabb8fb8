//! Chart plus values to resources, hooks and notes.

mod capabilities;
mod function;
mod glob;
pub mod resource;
mod toml;
mod trace;

pub use capabilities::{Capabilities, HelmVersion, KubeVersion, KubeVersionError};
