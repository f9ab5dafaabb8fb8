//! YAML as Helm reads and prints it.
//!
//! Helm reads YAML 1.1 as Go's `go-yaml` v2 does, and nearly always by way of JSON. So `yes` is
//! true, `017` is 15, keys are texts, and `1.0` becomes `1` on the way. [`parse`] gives a [`Node`]
//! that knows where everything stands, [`parse_value`] the [`Value`](rhumb_value::Value) that
//! `fromYaml` gives, [`build`] what the caller makes of it, and [`check`] only whether the text can be read. Errors are Helm's, word for word.

mod compose;
mod decode;
pub mod edit;
mod error;
mod event;
mod head;
mod limits;
mod node;
mod number;
mod parse;
mod print;
mod read;
mod resolve;
mod scan;
mod source;
mod span;
mod tag;
mod token;
mod value;

pub use decode::{Build, Key, text_of};
pub use error::{DuplicateKey, Error, LoadError};
pub use head::{Head, HeadReader, read_head};
pub use limits::{Duplicates, Limits, Options};
pub use node::{Content, Entry, Mapping, Node};
pub use print::{PrintError, PrintLimits, print, print_node, print_pretty};
pub use read::{build, check, parse, parse_documents, parse_value};
pub use resolve::Scalar;
pub use span::Span;
