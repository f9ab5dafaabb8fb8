//! The template language of Go: parser, evaluator, limits.
