//! A distribution client: auth, retries, uploads, verified downloads, cache.
