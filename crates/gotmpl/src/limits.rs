/// How much one rendering may use, so that a runaway template ends with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of output and of texts that functions make, over all templates. Default: 1 GiB.
    pub bytes: usize,
    /// Actions, iterations and function calls, over all templates. Default: 1,000 million.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 30, steps: 1_000_000_000 }
    }
}
