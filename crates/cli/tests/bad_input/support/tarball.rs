use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{EntryType, Header};

/// An archive of files with these names, be they ever so bad. One with `->` is a link.
pub(crate) fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let (name, target) = name.split_once(" -> ").unwrap_or((name, ""));
        let size = if target.is_empty() { text.len() } else { 0 };
        let mut header = header(name, size as u64);
        if !target.is_empty() {
            header.set_entry_type(EntryType::Symlink);
            header.as_old_mut().linkname[..target.len()].copy_from_slice(target.as_bytes());
            header.set_cksum();
        }
        archive.append(&header, &text.as_bytes()[..size]).unwrap();
    }
    gzip(&archive.into_inner().unwrap())
}

/// An archive of one file of so many MiB of nothing, in hardly any bytes.
pub(crate) fn bomb(mebibytes: u64) -> Vec<u8> {
    let mut packed = gzip(header("web/zero", mebibytes << 20).as_bytes());
    let piece = gzip(&vec![0; 1 << 20]);
    for _ in 0..mebibytes {
        packed.extend_from_slice(&piece);
    }
    packed
}

/// The first half of a good archive.
pub(crate) fn cut() -> Vec<u8> {
    let whole = tarball(&[("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")]);
    whole[..whole.len() / 2].to_vec()
}

/// Bytes that do not get fewer in an archive; the same each time.
pub(crate) fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let byte = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..count).map(byte).collect()
}

fn header(name: &str, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
