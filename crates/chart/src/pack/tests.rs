use bytes::Bytes;
use rhumb_report::Silent;

use crate::{Chart, File, read_archive};

fn chart(files: &[(&str, &str)]) -> Chart {
    let files = files
        .iter()
        .map(|(name, text)| File::new(*name, Bytes::copy_from_slice(text.as_bytes()), 1_000));
    Chart::from_files(files.collect(), &Silent).unwrap()
}

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.2.3\n";

#[test]
fn the_same_chart_packs_to_the_same_bytes() {
    let chart = chart(&[
        ("Chart.yaml", CHART),
        ("README.md", "read me"),
        ("templates/a.yaml", "a"),
        ("values.yaml", "# kept\na: 1\n"),
        ("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
    ]);
    let packed = chart.pack(Vec::new(), Some(5)).unwrap();
    assert_eq!(packed, chart.pack(Vec::new(), Some(5)).unwrap());
    let files = read_archive(&packed).unwrap();
    let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
    let want =
        ["Chart.yaml", "values.yaml", "templates/a.yaml", "README.md", "charts/db/Chart.yaml"];
    assert_eq!(names, want);
    assert!(files.iter().all(|file| file.modified == 5));
    assert_eq!(&*files[0].data, CHART.as_bytes());
    assert_eq!(&*files[1].data, b"# kept\na: 1\n");
}

#[test]
fn long_and_foreign_names_survive() {
    let long = format!("files/{}/{}", "a".repeat(120), "b".repeat(120));
    let split = format!("files/{}/{}", "a".repeat(90), "b".repeat(90));
    let names = [&*long, &*split, "files/é.txt"];
    let mut files = vec![("Chart.yaml", CHART)];
    files.extend(names.iter().map(|name| (*name, "x")));
    let packed = chart(&files).pack(Vec::new(), None).unwrap();
    let read = read_archive(&packed).unwrap();
    let read: Vec<_> = read.iter().skip(1).map(|file| &*file.name).collect();
    assert_eq!(read, names);
}

#[test]
fn a_schema_must_be_json() {
    let error = chart(&[("Chart.yaml", CHART), ("values.schema.json", "{")])
        .pack(Vec::new(), None)
        .unwrap_err();
    assert_eq!(error.to_string(), "invalid JSON in values.schema.json");
}

#[test]
fn a_name_that_is_a_path_for_readers_is_refused() {
    for name in ["a\\", "\\"] {
        let metadata = format!("apiVersion: v2\nname: '{name}'\nversion: 1.0.0\n");
        let error = chart(&[("Chart.yaml", &metadata)]).pack(Vec::new(), Some(0)).unwrap_err();
        assert!(error.to_string().ends_with(" is not a valid chart name"), "{error}");
    }
}

#[test]
fn unpacking_puts_back_what_was_packed() {
    let folder = tempfile::tempdir().unwrap();
    let packed = chart(&[("Chart.yaml", CHART), ("templates/a.yaml", "a")]);
    let packed = packed.pack(Vec::new(), None).unwrap();
    let path = crate::unpack(&packed, folder.path()).unwrap();
    assert_eq!(std::fs::read(path.join("templates/a.yaml")).unwrap(), b"a");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let again = crate::unpack(&packed, folder.path()).unwrap_err();
    assert!(again.to_string().ends_with("already exists"), "{again}");
}
