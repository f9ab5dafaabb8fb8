/// The tags that the resolver knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    None,
    /// `!`
    NonSpecific,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
    /// Any other, which makes a text of the scalar.
    Other,
}

impl Tag {
    pub(crate) fn of(tag: &[u8]) -> Self {
        let Some(name) = tag.strip_prefix(b"tag:yaml.org,2002:") else {
            return if tag == b"!" { Self::NonSpecific } else { Self::Other };
        };
        match name {
            b"str" => Self::Str,
            b"bool" => Self::Bool,
            b"int" => Self::Int,
            b"float" => Self::Float,
            b"null" => Self::Null,
            b"timestamp" => Self::Timestamp,
            b"binary" => Self::Binary,
            b"merge" => Self::Merge,
            _ => Self::Other,
        }
    }

    /// The tag as errors print it.
    pub(crate) const fn short(self) -> &'static str {
        match self {
            Self::Str => "!!str",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
            Self::None | Self::NonSpecific | Self::Other => "",
        }
    }
}
