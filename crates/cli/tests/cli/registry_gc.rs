use crate::support::Home;

#[test]
fn reports_what_it_removed() {
    let home = Home::new();
    let stray =
        "reg/blobs/sha256/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    home.write(stray, "");
    assert_eq!(
        home.run(&["registry", "gc", "--storage", "reg"]).ok(),
        "Removed: 0 manifests, 0 blobs, 0 uploads; 0 contents of 0 bytes\n",
        "it is too young to go"
    );
    assert_eq!(
        home.run(&["registry", "gc", "--storage", "reg", "--age", "0s", "--dry-run"]).ok(),
        "Would remove: 0 manifests, 0 blobs, 0 uploads; 1 contents of 0 bytes\n"
    );
    assert!(home.join(stray).exists());
    let report =
        home.run(&["registry", "gc", "--storage", "reg", "--age", "0s", "-o", "json"]).ok();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((&report["contents"], &report["dry_run"]), (&1.into(), &false.into()));
    assert!(!home.join(stray).exists());
}

#[test]
fn refuses_a_time_that_is_none() {
    let error = Home::new().run(&["registry", "gc", "--age", "3d"]).error();
    assert_eq!(
        error,
        "Error: invalid argument \"3d\" for \"--age\" flag: time: unknown unit \"d\" in duration \"3d\"\n"
    );
}
