//! One request type and one function per operation.
