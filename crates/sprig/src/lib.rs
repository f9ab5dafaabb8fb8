//! The Sprig functions of templates, as tables.
//!
//! One typed Rust function is one template function, in the file of its topic; each file ends with
//! a table of its functions, sorted by name. [`tables`] has them all. What a function needs of the
//! world (clock, randomness, names of hosts) comes through its call.

mod cast;
mod copy;
#[cfg(feature = "crypto")]
mod crypto;
mod decimal;
mod dict;
mod encoding;
mod equal;
mod hash;
mod json;
mod list;
mod logic;
mod math;
mod merge;
mod network;
mod number;
mod path;
mod random;
mod reflect;
mod regex;
mod rune;
mod string;
mod table;
mod time;
mod url;
mod version;
mod word;
mod word_case;

pub use table::{functions, tables};
pub use time::{print_time, read_time, time_zone};
