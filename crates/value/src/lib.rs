//! The data of templates and values, with Go's kinds, and how Go prints them.
//!
//! A [`Value`] is what a template's dot, variables, arguments and results are. It is cheap to clone
//! and stays on one thread; lists are shared and fixed, maps are shared and mutable, since template
//! functions such as `set` change them in place and later templates see it.

pub mod address;
mod bury;
mod entries;
pub mod float;
pub mod format;
pub mod json;
mod list;
mod map;
pub mod number;
mod object;
pub mod path;
pub mod quote;
pub mod stack;
mod text;
mod types;
pub mod unicode;
pub mod url;
mod value;
mod watch;

pub use entries::Entries;
pub use list::List;
pub use map::Map;
pub use object::{CallError, Encoding, Object, Signature};
pub use text::Text;
pub use types::{FloatKind, IntKind, Type, UintKind};
pub use value::Value;
pub use watch::Watch;
