//! Whatever comes in, reading an archive ends within its limits, no name leads out of the chart,
//! and a chart that loads and packs loads again.
//!
//! The input is read as it is, and as the entries of an archive that is sound itself.
#![no_main]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use rhumb_chart::{Chart, read_archive};
use rhumb_report::Silent;

/// The bytes of a header, and what data is filled up to.
const BLOCK: usize = 512;
/// Kinds of entries: files, links, folders, devices, long names, attributes.
const KINDS: &[u8] = b"00000\x0015234LKxg7";

fuzz_target!(|input: &[u8]| {
    check(input);
    check(&archive(input));
});

fn check(packed: &[u8]) {
    let Ok(files) = read_archive(packed) else { return };
    for file in &files {
        assert!(!file.name.starts_with('/'), "{}", file.name);
        assert!(!file.name.split('/').any(|part| part == ".."), "{}", file.name);
    }
    let Ok(chart) = Chart::from_files(files, &Silent) else { return };
    let Ok(packed) = chart.pack(Vec::new(), Some(0)) else { return };
    Chart::load_archive("packed.tgz", &packed, &Silent).expect("what is packed loads");
}

/// An archive whose entries are the lines of the input: a kind, a name, a `=` and the data. An `@` before a name stands
/// for `web/`, and `Chart.yaml` there begins with what it needs.
fn archive(input: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    let mut write = |bytes: &[u8]| packed.write_all(bytes).expect("memory");
    for entry in input.split(|byte| *byte == b'\n') {
        let Some((kind, entry)) = entry.split_first() else { continue };
        let end = entry.iter().position(|byte| *byte == b'=').unwrap_or(entry.len());
        let name = match entry[..end].strip_prefix(b"@") {
            Some(rest) => [b"web/", rest].concat(),
            None => entry[..end].to_vec(),
        };
        let mut data = entry.get(end + 1..).unwrap_or_default().to_vec();
        if name == b"web/Chart.yaml" {
            data.splice(..0, *b"apiVersion: v2\nname: web\nversion: 1.0.0\n");
        }
        write(&header(KINDS[usize::from(*kind) % KINDS.len()], &name, data.len()));
        data.resize(data.len().next_multiple_of(BLOCK), 0);
        write(&data);
    }
    write(&[0; 2 * BLOCK]);
    packed.finish().expect("memory")
}

fn header(kind: u8, name: &[u8], size: usize) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &name[..name.len().min(100)]);
    put(100, b"0000644\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    // While the sum is made, spaces stand for it.
    put(148, b"        ");
    put(156, &[kind]);
    put(157, &name[name.len().min(100)..name.len().min(200)]);
    put(257, b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}
