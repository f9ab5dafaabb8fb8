//! Go's regular expressions over a fast engine.
