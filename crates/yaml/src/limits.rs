use crate::scan::MAX_LEVELS;

/// What reading a text may cost. The text comes from outside and may be hostile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of YAML. Default: 128 MiB, ten times the largest chart index that is known.
    pub bytes: usize,
    /// The deepest nesting of sequences and mappings. Default: 256, since who reads the answer may
    /// use the stack for it; [`Options::deep`] allows more.
    pub depth: usize,
    /// The most values, counted as often as aliases repeat them. Default: 16 million.
    pub values: usize,
    /// The most bytes of text in them, counted likewise. Default: 512 MiB.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 128 << 20, depth: 256, values: 16_000_000, text: 512 << 20 }
    }
}

/// Whether a key may be twice in a mapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// The last one counts.
    #[default]
    LastWins,
    /// They are an error.
    Refuse,
}

/// How to read YAML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What it may cost.
    pub limits: Limits,
    /// What happens to keys that are there twice.
    pub duplicates: Duplicates,
}

impl Options {
    /// As deep as Helm reads: for answers that nobody needs the stack for, neither to walk nor to drop
    /// them.
    pub fn deep() -> Self {
        let limits = Limits { depth: MAX_LEVELS, ..Limits::default() };
        Self { limits, ..Self::default() }
    }

    /// As Helm reads strictly: duplicate keys are errors.
    pub fn strict() -> Self {
        Self { duplicates: Duplicates::Refuse, ..Self::default() }
    }
}
