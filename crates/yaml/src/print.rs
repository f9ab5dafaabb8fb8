mod analysis;
mod block;
mod edit;
mod emitter;
mod json;
mod node;
mod quoted;
mod sort;
mod value;

use rhumb_value::Value;

use crate::edit::Document;
use crate::{Error, Node, Options};
use emitter::Emitter;

/// Whose rules the text follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// `toYaml`: lines of 80 characters, lists not indented in mappings.
    V2,
    /// `toYamlPretty`: lines of any length, lists indented.
    V3,
}

/// What printing may cost. Templates can build values of any size, and values that hold themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintLimits {
    /// The most bytes of YAML. Default: 128 MiB, what is read at most.
    pub bytes: usize,
    /// The deepest nesting. Default: 10,000, what Helm reads at most.
    pub depth: usize,
}

impl Default for PrintLimits {
    fn default() -> Self {
        Self { bytes: 128 << 20, depth: Options::deep().limits.depth }
    }
}

/// Why a value cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    /// A number that JSON cannot have.
    #[error("error marshaling into JSON: json: unsupported value: {shown}")]
    UnsupportedNumber {
        /// The number as Go prints it.
        shown: &'static str,
    },
    /// A value of a type that JSON cannot have, such as a complex number.
    #[error("error marshaling into JSON: json: unsupported type: {kind}")]
    UnsupportedType {
        /// The Go type.
        kind: String,
    },
    /// A value whose own method refuses to be JSON.
    #[error("error marshaling into JSON: json: error calling MarshalJSON for type {kind}: {why}")]
    Refused {
        /// The Go type.
        kind: String,
        /// What the method says.
        why: String,
    },
    /// A value of a type that YAML cannot have, where Go panics.
    #[error("cannot marshal type: {kind}")]
    Unprintable {
        /// The Go type.
        kind: String,
    },
    /// A map that holds itself.
    #[error("error marshaling into JSON: json: unsupported value: encountered a cycle via {kind}")]
    Cycle {
        /// The Go type of the map.
        kind: String,
    },
    /// The JSON on the way cannot be read as YAML, which `toYaml` does.
    #[error("{0}")]
    Reread(Error),
    /// The value is nested deeper than is allowed.
    #[error("value is nested deeper than the limit of {limit} levels")]
    TooDeep {
        /// The most levels.
        limit: usize,
    },
    /// The text is larger than is allowed.
    #[error("YAML is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
}

/// Prints a value as `toYaml` does, with the line break at the end that `toYaml` takes off.
///
/// Helm goes by way of JSON: numbers without a fraction are integers, structs are mappings of their
/// JSON names, and a text with control characters cannot be printed.
///
/// # Errors
///
/// If JSON or YAML cannot express the value, or a limit is broken.
pub fn print(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    value::print_by_json(value, limits)
}

/// Prints a value as `toYamlPretty` does, with the line break at the end that it takes off.
///
/// # Errors
///
/// If a limit is broken.
pub fn print_pretty(value: &Value, limits: PrintLimits) -> Result<String, PrintError> {
    value::print_pretty(value, limits)
}

/// Prints a node as Helm prints what it has read: keys sorted, comments gone.
///
/// # Errors
///
/// If a limit is broken.
pub fn print_node(node: &Node, limits: PrintLimits) -> Result<String, PrintError> {
    let mut emitter = Emitter::new(Dialect::V2, limits);
    node::emit(&mut emitter, node)?;
    emitter.finish()
}

/// Prints documents that were read to be edited.
pub(crate) fn print_documents(
    documents: &[Document],
    limits: PrintLimits,
) -> Result<String, PrintError> {
    edit::print_documents(documents, limits)
}
