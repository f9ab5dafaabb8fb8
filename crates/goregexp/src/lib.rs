//! Go's regular expressions over a fast engine.
//!
//! [`Regex::compile`] takes the syntax of Go's `regexp` package (RE2 with Perl's extensions) and
//! refuses what Go refuses, in Go's words. Texts are bytes: what is not UTF-8 counts as one
//! U+FFFD per byte, as it does in Go. Matching takes linear time; the compiled size is bounded.
//!
//! ```
//! # use rhumb_goregexp::Regex;
//! let regex = Regex::compile(b"(?P<key>[a-z]+)=(\\d*)").expect("a pattern");
//! let swapped = regex.replace_all(b"a=1;b=22", b"$2=${key}").expect("small");
//! assert_eq!(swapped, b"1=a;22=b");
//!
//! let error = Regex::compile(b"(a").expect_err("not closed");
//! assert_eq!(error.to_string(), "error parsing regexp: missing closing ): `(a`");
//! ```

mod class;
mod error;
mod haystack;
mod node;
mod parse;
mod regex;
mod scan;
mod template;
mod unicode;

pub use error::{Error, ErrorKind};
pub use regex::{Regex, quote_meta};
