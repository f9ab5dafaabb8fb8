use super::*;
use crate::limits::MAX_ARCHIVE_BYTES;

/// An archive of files with these names, links where a target is given.
fn archive(entries: &[(&str, Option<&str>)]) -> Vec<u8> {
    let out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(out);
    for (name, link) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(u64::from(link.is_none()));
        if let Some(target) = link {
            header.set_entry_type(EntryType::Symlink);
            header.set_link_name(target).unwrap();
        }
        header.set_cksum();
        builder.append(&header, if link.is_some() { &b""[..] } else { b"x" }).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

#[test]
fn names_may_not_lead_out_of_the_chart() {
    let cases = [
        ("web/../../etc/passwd", "chart illegally references parent directory"),
        ("web/..", "chart illegally references parent directory"),
        ("web//foo", "chart illegally contains absolute paths"),
        ("web/C:/foo", "chart contains illegally named files"),
        ("web", "chart illegally contains content outside the base directory: \"web\""),
        ("./.", "chart illegally contains content outside the base directory: \"./.\""),
        ("Chart.yaml/a", "chart yaml not in base directory"),
    ];
    for (name, want) in cases {
        assert_eq!(read_archive(&archive(&[(name, None)])).unwrap_err().to_string(), want);
    }
}

#[test]
fn names_lose_their_first_folder() {
    let names = ["web/Chart.yaml", "/Chart.yaml", "web\\templates\\a.yaml", "web/a/./b/../c"];
    let files = read_archive(&archive(&names.map(|name| (name, None)))).unwrap();
    let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["Chart.yaml", "Chart.yaml", "templates/a.yaml", "a/c"]);
}

#[test]
fn links_are_empty_files_and_may_not_lead_out() {
    let files = read_archive(&archive(&[("web/a/b", Some("../c"))])).unwrap();
    assert!(files[0].data.is_empty());
    for target in ["/etc/passwd", "../../c", "../../../etc/passwd"] {
        let error = read_archive(&archive(&[("web/a", Some(target))])).unwrap_err();
        assert!(matches!(error, ArchiveError::Link { .. }), "{error}");
    }
}

#[test]
fn long_names_and_extensions_are_read() {
    let long = format!("web/{}/a.yaml", "folder".repeat(40));
    let out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(out);
    let mut header = tar::Header::new_gnu();
    header.set_size(1);
    builder.append_data(&mut header, &long, &b"x"[..]).unwrap();
    builder.append_pax_extensions([("path", &b"web/b.yaml"[..]), ("size", b"3")]).unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_path("web/c.yaml").unwrap();
    // What it says itself does not count.
    header.set_size(1);
    header.set_cksum();
    builder.append(&header, &b"abc"[..]).unwrap();
    let files = read_archive(&builder.into_inner().unwrap().finish().unwrap()).unwrap();
    let found: Vec<_> = files.iter().map(|file| (&*file.name, &*file.data)).collect();
    assert_eq!(found, [(&long[4..], &b"x"[..]), ("b.yaml", b"abc")]);
}

#[test]
fn what_an_entry_has_must_be_there() {
    let unpacked = inflate(&archive(&[("web/a", None)])).unwrap();
    let entries =
        |end: usize| Entries::new(&unpacked[..end]).map(|entry| entry.map(drop)).collect();
    let read: [Result<Vec<()>, _>; 5] = [1024, 1023, 513, 511, 0].map(entries);
    assert_eq!(
        read.map(|read| read.map(|all| all.len()).ok()),
        [Some(1), None, None, None, Some(0)]
    );
    let mut wrong = unpacked.to_vec();
    wrong[0] ^= 1;
    let error = Entries::new(&wrong).next().unwrap().err().unwrap();
    assert_eq!(error.to_string(), "archive header checksum mismatch");
}

#[test]
fn damage_is_noticed() {
    let good = archive(&[("web/Chart.yaml", None)]);
    for length in [0, 2, 5, good.len() / 2, good.len() - 9] {
        assert!(read_archive(&good[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(read_archive(&archive(&[])).unwrap_err().to_string(), "no files in chart archive");
}

#[test]
fn a_bomb_is_not_unpacked() {
    use std::io::Write;
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..=MAX_ARCHIVE_BYTES >> 20 {
        out.write_all(&zeros).unwrap();
    }
    let packed = out.finish().unwrap();
    assert!(matches!(read_archive(&packed), Err(ArchiveError::TooLarge)));
}
