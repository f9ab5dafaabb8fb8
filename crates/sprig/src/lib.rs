//! The Sprig template functions.
