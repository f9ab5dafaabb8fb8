//! An OCI registry to embed, over memory, a folder or an object store.
