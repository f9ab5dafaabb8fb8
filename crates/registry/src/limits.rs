use std::time::Duration;

/// Bytes of a manifest that are read at most: what the specification says registries should
/// take, and what most of them do.
pub const MAX_MANIFEST: u64 = 4 << 20;

/// Bytes of a token, tag list page, catalog page or error that are read at most. A page of 1,000
/// tags has 130 KB at most.
pub const MAX_ANSWER: u64 = 4 << 20;

/// Tags or repositories that are asked for per page; distribution gives no more.
pub const PAGE_SIZE: usize = 1000;

/// Pages that are read at most, so that a list without an end ends. A million tags.
pub const MAX_PAGES: usize = 1000;

/// Entries of such a list that are kept at most, for the same reason.
pub const MAX_ENTRIES: usize = 1_000_000;

/// Redirects that are followed at most for one request.
pub const MAX_REDIRECTS: usize = 5;

/// How patient a client is, and how much it does at once.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Until a connection must stand. Default: 30 s.
    pub connect: Duration,
    /// Without a byte moving, until a request is given up and tried again. Default: 60 s.
    pub stall: Duration,
    /// Times that a request is sent at most. Default: 5.
    pub attempts: u32,
    /// The first pause before trying again, doubled each time. Default: 200 ms.
    pub first_pause: Duration,
    /// The longest pause that a server may ask for before the request fails. Default: 90 s.
    pub longest_pause: Duration,
    /// Requests to one host at once. Default: 8.
    pub concurrency: usize,
    /// Until a credential helper must have answered. Default: 30 s.
    pub helper: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            stall: Duration::from_secs(60),
            attempts: 5,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(90),
            concurrency: 8,
            helper: Duration::from_secs(30),
        }
    }
}
