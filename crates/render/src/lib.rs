//! Chart and values to resources, hooks and notes.
