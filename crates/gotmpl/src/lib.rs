//! The template language of Go: parser, evaluator, limits.
//!
//! Functions are plain Rust functions listed in tables by [`func!`]; what they need of the world
//! comes through a [`Call`].

mod ast;
mod builtin;
mod error;
mod exec;
pub mod function;
mod functions;
mod host;
mod lexer;
mod limits;
mod memory;
mod parser;
mod print;
pub mod reads;
mod session;
mod set;
mod token;

pub use error::{Error, ExecuteError, Frame, ParseError};
pub use function::{FromRest, FromValue, Func, Int64, IntoReturn};
pub use functions::Functions;
pub use host::{Host, Moment};
pub use limits::Limits;
pub use memory::Memory;
pub use session::{Call, Session};
pub use set::{MissingKey, Parsed, Set};
