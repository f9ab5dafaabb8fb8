//! Types of flag values, read as Go's flag library reads them.

mod global;
mod list;
mod number;
mod output;
mod quote;
mod switch;

pub(crate) use global::GlobalArgs;
pub(crate) use list::Strings;
pub(crate) use number::{Float, Int, Uint};
pub(crate) use output::OutputFormat;
pub(crate) use quote::quote;
pub(crate) use switch::Switch;
