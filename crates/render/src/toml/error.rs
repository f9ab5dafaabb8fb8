/// Why a text is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Error {
    /// What is wrong.
    pub(super) message: String,
    /// The line, from 1; one less where the end of the text is the problem.
    pub(super) line: usize,
    /// The key that was being read, empty for none.
    pub(super) last_key: String,
    /// Whether the reference implementation dies of it instead.
    pub(super) fatal: bool,
}

impl Error {
    /// Whether the whole template fails, instead of the text being returned.
    pub(crate) fn is_fatal(&self) -> bool {
        self.fatal
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { message, line, last_key, fatal } = self;
        if *fatal {
            write!(f, "BUG: {message}\n\n")
        } else if last_key.is_empty() {
            write!(f, "toml: line {line}: {message}")
        } else {
            let key = rhumb_value::quote::quote(last_key.as_bytes());
            write!(f, "toml: line {line} (last key {key}): {message}")
        }
    }
}
