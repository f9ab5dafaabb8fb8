//! Finds and fetches charts from registries and folders.
