//! Inflating archives.

use std::io::{Error, ErrorKind};

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status};

use crate::ArchiveError;
use crate::limits::{MAX_ARCHIVE_BYTES, MAX_CHART_BYTES};

/// What each of the members starts with that gzip lets follow each other.
pub(super) const GZIP: &[u8] = b"\x1F\x8B\x08";

/// What every member has before anything else.
const HEADER_BYTES: usize = 10;

/// The window of gzip, as a power of two.
const WINDOW_BITS: u8 = 15;

/// Inflates a whole archive.
pub(super) fn inflate(packed: &[u8]) -> Result<Bytes, ArchiveError> {
    if packed.is_empty() {
        return Err(ArchiveError::Nothing);
    }
    if packed.len() < HEADER_BYTES {
        return Err(broken_off());
    }
    if !packed.starts_with(GZIP) {
        return Err(ArchiveError::Header);
    }
    // The last four bytes tell the size, if the archive is honest; a guess is all it is used for.
    let trailer = packed.last_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let guess = u64::from(trailer).min(MAX_CHART_BYTES).min(packed.len() as u64 * 32);
    let guess = usize::try_from(guess).unwrap_or_default();
    if let Some(unpacked) = at_once(packed, guess) {
        return Ok(unpacked.into());
    }
    let mut unpacked = Vec::with_capacity(guess);
    let mut rest = packed;
    while !rest.is_empty() {
        rest = member(rest, &mut unpacked)?;
    }
    Ok(unpacked.into())
}

/// Inflates an archive that is one member of this size, without a window, which is half as fast
/// again. Anything else is nothing, and read by [`member`].
#[cfg(not(target_family = "wasm"))]
fn at_once(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    // Nothing tells where the member ends: so there must be no place where another could start, and
    // the checksum at the end must be its own.
    if memchr::memmem::find(&packed[1..], GZIP).is_some() {
        return None;
    }
    let (packed, [sum @ .., _, _, _, _]) = packed.split_last_chunk::<8>()?;
    let mut unpacked = vec![0; size];
    let length =
        libdeflater::Decompressor::new().deflate_decompress(body(packed)?, &mut unpacked).ok()?;
    let is_whole = length == size && libdeflater::crc32(&unpacked).to_le_bytes() == *sum;
    is_whole.then_some(unpacked)
}

/// What is behind the header of a member, if there is nothing odd in that.
#[cfg(not(target_family = "wasm"))]
fn body(packed: &[u8]) -> Option<&[u8]> {
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;

    let ([_, _, _, flags, ..], mut rest) = packed.split_first_chunk::<10>()?;
    if flags & !(EXTRA | NAME | COMMENT) != 0 {
        return None;
    }
    if flags & EXTRA != 0 {
        let (length, behind) = rest.split_first_chunk()?;
        rest = behind.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = memchr::memchr(0, rest)?;
            rest = &rest[end + 1..];
        }
    }
    Some(rest)
}

/// Where that library cannot be built, everything is read by [`member`].
#[cfg(target_family = "wasm")]
const fn at_once(_: &[u8], _: usize) -> Option<Vec<u8>> {
    None
}

/// Inflates one member, and gives what is behind it.
fn member<'p>(packed: &'p [u8], unpacked: &mut Vec<u8>) -> Result<&'p [u8], ArchiveError> {
    let mut stream = Decompress::new_gzip(WINDOW_BITS);
    let mut rest = packed;
    loop {
        let before = stream.total_in();
        let status = stream
            .decompress_vec(rest, unpacked, FlushDecompress::Finish)
            .map_err(|error| ArchiveError::Broken(Error::from(error)))?;
        let read = usize::try_from(stream.total_in() - before).unwrap_or(usize::MAX);
        rest = rest.get(read..).unwrap_or_default();
        if unpacked.len() as u64 > MAX_ARCHIVE_BYTES {
            return Err(ArchiveError::TooLarge);
        }
        if status == Status::StreamEnd {
            return Ok(rest);
        }
        if unpacked.len() < unpacked.capacity() {
            return Err(broken_off());
        }
        // The trailer was wrong: twice as much, and not far above the limit.
        let most = usize::try_from(MAX_CHART_BYTES).unwrap_or(usize::MAX);
        unpacked.reserve(unpacked.len().clamp(64 << 10, most));
    }
}

pub(super) fn broken_off() -> ArchiveError {
    ArchiveError::Broken(ErrorKind::UnexpectedEof.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn deflate(text: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn members_that_follow_each_other_are_one_text() {
        let (first, second) = (deflate(b"one "), deflate(b"two "));
        assert_eq!(inflate(&first).unwrap(), "one ");
        assert_eq!(inflate(&[&first[..], &second].concat()).unwrap(), "one two ");
        // As long as the first one, and with the same sum.
        assert_eq!(inflate(&[&first[..], &first].concat()).unwrap(), "one one ");
    }

    #[test]
    fn a_header_may_hold_texts_and_a_sum() {
        let plain = deflate(b"one ");
        for (flags, more) in [
            (4, &b"\x03\0abc"[..]),
            (8, b"a.tar\0"),
            (16, b"Helm\0"),
            (4 | 8 | 16, b"\x03\0abca.tar\0Helm\0"),
        ] {
            let mut header = plain[..10].to_vec();
            header[3] = flags;
            let packed = [&header, more, &plain[10..]].concat();
            assert_eq!(at_once(&packed, 4).unwrap(), b"one ", "{flags}");
            assert!(at_once(&packed[..10 + more.len() - 1], 4).is_none(), "{flags}");
            let mut sum = flate2::Crc::new();
            header[3] |= 2;
            sum.update(&[&header, more].concat());
            let [low, high, ..] = sum.sum().to_le_bytes();
            let packed = [&header, more, &[low, high], &plain[10..]].concat();
            assert_eq!(inflate(&packed).unwrap(), "one ", "{flags}");
        }
    }

    #[test]
    fn what_is_behind_the_last_member_is_an_error() {
        let good = deflate(b"one ");
        for behind in [&b"x"[..], b"\0\0\0\0\0\0\0\0", &good[..9], GZIP] {
            assert!(inflate(&[&good[..], behind].concat()).is_err(), "{behind:?}");
        }
    }

    #[test]
    fn a_wrong_sum_or_size_is_an_error() {
        let good = deflate(b"one ");
        for at in good.len() - 8..good.len() {
            let mut wrong = good.clone();
            wrong[at] ^= 1;
            assert!(inflate(&wrong).is_err(), "{at}");
        }
    }
}
