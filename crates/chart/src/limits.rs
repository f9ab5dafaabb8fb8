//! How much is read from outside, as Helm limits it where it does.

/// Bytes of all files of a chart together, and of each archive within it: Helm's 100 MiB.
pub const MAX_CHART_BYTES: u64 = 100 << 20;

/// Bytes of an unpacked archive with its headers; leaves headers as much room as files.
pub(crate) const MAX_ARCHIVE_BYTES: u64 = 2 * MAX_CHART_BYTES;

/// Bytes of a packed archive. Nothing that unpacks to what is allowed is larger.
pub(crate) const MAX_PACKED_BYTES: u64 = MAX_ARCHIVE_BYTES;

/// How deep charts lie in charts, and folders in folders. Helm has no limit and no chart a reason
/// for a tenth of it.
pub(crate) const MAX_DEPTH: usize = 100;

/// Bytes of one line of `.helmignore`: what Go's scanner takes.
pub(crate) const MAX_IGNORE_LINE: usize = 64 << 10;

/// Bytes that all archives in a chart's `charts` folders unpack to together.
pub(crate) const MAX_NESTED_BYTES: u64 = 5 * MAX_CHART_BYTES;
