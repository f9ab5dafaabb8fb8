use std::io::{self, Write};

use tar::{EntryType, Header};

/// Size of a name, and of what comes before it, in a header.
const NAME: usize = 100;
const PREFIX: usize = 155;

/// Writes archives as Go does: plain headers where they suffice, else one with the long name
/// before them; no owner, mode 0644.
pub(super) struct TarWriter<W: Write> {
    builder: tar::Builder<W>,
    time: Option<i64>,
}

impl<W: Write> TarWriter<W> {
    /// Files get this time or else keep their own.
    pub(super) fn new(out: W, time: Option<i64>) -> Self {
        Self { builder: tar::Builder::new(out), time }
    }

    pub(super) fn file(&mut self, path: &str, data: &[u8], modified: i64) -> io::Result<()> {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_device_major(0)?;
        header.set_device_minor(0)?;
        header.set_size(data.len() as u64);
        header.set_mtime(u64::try_from(self.time.unwrap_or(modified)).unwrap_or_default());
        if !fits(path) {
            self.builder.append_pax_extensions([("path", path.as_bytes())])?;
        }
        set_path(&mut header, path);
        set_checksum(&mut header)?;
        self.builder.append(&header, data)
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.builder.into_inner()
    }
}

/// Sets the checksum in Go's form, six digits before a zero and a blank.
fn set_checksum(header: &mut Header) -> io::Result<()> {
    header.set_cksum();
    let text = format!("{:06o}\0 ", header.cksum()?);
    if let Some(header) = header.as_ustar_mut() {
        for (to, from) in header.cksum.iter_mut().zip(text.bytes()) {
            *to = from;
        }
    }
    Ok(())
}

/// Where a path is cut into prefix and name: at the last place that leaves a prefix that fits.
fn cut(path: &str) -> Option<usize> {
    let end = path.len().min(PREFIX + 1);
    let at = path.as_bytes()[..end].iter().rposition(|byte| *byte == b'/')?;
    let name = path.len() - at - 1;
    (at > 0 && name > 0 && name <= NAME).then_some(at)
}

fn fits(path: &str) -> bool {
    path.is_ascii() && (path.len() <= NAME || cut(path).is_some())
}

/// Puts a path into a header; one that does not fit is cut off, as its real form stands before.
fn set_path(header: &mut Header, path: &str) {
    let Some(header) = header.as_ustar_mut() else { return };
    let (prefix, name) = match cut(path) {
        Some(at) if path.is_ascii() && path.len() > NAME => (&path[..at], &path[at + 1..]),
        _ => ("", path),
    };
    let ascii = name.bytes().filter(u8::is_ascii);
    for (to, from) in header.name.iter_mut().zip(ascii) {
        *to = from;
    }
    for (to, from) in header.prefix.iter_mut().zip(prefix.bytes()) {
        *to = from;
    }
}
