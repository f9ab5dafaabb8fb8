//! Chart plus values to resources, hooks and notes.

mod capabilities;
mod error;
mod function;
mod glob;
mod object;
mod release;
mod renderer;
pub mod resource;
mod toml;
mod trace;
mod world;

pub use capabilities::{Capabilities, HelmVersion, KubeVersion, KubeVersionError};
pub use error::Error;
pub use release::Release;
pub use renderer::{Renderer, Request, Templates};
pub use rhumb_gotmpl::Moment;
pub use world::{Lookup, World};

/// How much stack a thread that renders should have. Deeper recursion takes memory of its own.
pub const STACK_BYTES: usize = 8 << 20;
