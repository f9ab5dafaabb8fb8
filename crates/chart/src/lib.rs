//! Charts: metadata, loading, packing, ignore rules.
