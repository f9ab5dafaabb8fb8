//! Chart plus values to resources, hooks and notes.
//!
//! A [`Renderer`] takes a [`Request`]: a chart whose dependencies have been processed, its coalesced
//! values, a [`Release`] and [`Capabilities`]. It gives a [`Rendered`]; what lies outside of a chart
//! (time, randomness, cluster, network) it asks of a [`World`]. Everything happens on one thread,
//! since templates may change values that later ones see.

mod capabilities;
mod error;
mod explain;
mod function;
mod glob;
mod nearest;
mod object;
mod release;
mod rendered;
mod renderer;
pub mod resource;
mod template_line;
mod text;
mod toml;
mod trace;
mod world;

pub use capabilities::{Capabilities, HelmVersion, KubeVersion, KubeVersionError};
pub use error::Error;
pub use explain::{Explanation, Found, Read, find_value, template_file};
pub use nearest::nearest;
pub use release::Release;
pub use rendered::{Rendered, check_kube_version, is_notes, notes, sort};
pub use renderer::{Renderer, Request, Templates};
pub use rhumb_gotmpl::{Frame, Moment};
pub use template_line::template_line;
pub use text::text;
pub use world::{Lookup, World};
