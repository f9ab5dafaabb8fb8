//! JSON as Go's `encoding/json` reads and prints it.

mod parse;
mod print;

pub use parse::{ParseError, end_of_first, parse};
pub use print::{PrintError, Style, append};

/// How deeply lists and maps may nest: what Go allows when it reads. It prints anything.
pub const MAX_DEPTH: usize = 10_000;

#[cfg(test)]
mod tests;
