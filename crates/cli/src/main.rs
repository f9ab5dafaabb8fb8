//! The rhumb command line.

fn main() {}
