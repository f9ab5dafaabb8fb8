//! JSON as Go's `encoding/json` reads and prints it.

mod parse;
mod print;

pub use parse::{ParseError, end_of_first, parse};
pub use print::{PrintError, Style, append};

/// How deeply lists and maps may nest, where Go allows 10,000 when it reads and anything when it
/// prints.
pub const MAX_DEPTH: usize = 1_000;

#[cfg(test)]
mod tests;
