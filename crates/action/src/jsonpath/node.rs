/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// An action: each part works on what the one before found.
    Action(Vec<Self>),
    Text(Vec<u8>),
    Field(String),
    Slice([Bound; 3]),
    Filter(Filter),
    Int(i64),
    Float(f64),
    Bool(bool),
    /// `*`
    Wildcard,
    /// `..`
    Recursive,
    /// `[a,b]`
    Union(Vec<Vec<Self>>),
    /// `range`, `end`, or a word that means nothing.
    Word(String),
}

/// `[?(left operator right)]`, or without an operator, whether the left side finds anything.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filter {
    pub(super) left: Vec<Node>,
    pub(super) comparison: Option<(String, Vec<Node>)>,
}

/// The start, end or step of a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) value: i64,
    pub(super) is_known: bool,
    /// Whether it follows from the start: a slice of one.
    pub(super) is_derived: bool,
}
