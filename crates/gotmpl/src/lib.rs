//! The template language of Go: parser, evaluator, limits.
//!
//! Functions are plain Rust functions listed in tables by [`func!`]; what they need of the world
//! comes through a [`Call`].

pub mod function;
mod host;
mod limits;
mod session;

pub use function::{FromRest, FromValue, Func, Int64, IntoReturn};
pub use host::{Host, Moment};
pub use limits::Limits;
pub use session::{Call, Session};
