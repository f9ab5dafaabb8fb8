use super::*;

fn read(text: &str) -> (Result<RepoIndex, String>, Vec<String>) {
    let mut warnings = Vec::new();
    let read = RepoIndex::read(text.as_bytes(), "i.yaml", &mut warnings);
    (read.map_err(|error| error.to_string()), warnings)
}

fn with(charts: &str) -> String {
    format!("apiVersion: v1\nentries:\n  web: {charts}\n")
}

#[test]
fn the_newest_version_is_found_whatever_the_order() {
    let (index, warnings) = read(&with(
        "[{name: web, version: 1.9.0}, {name: web, version: 2.0.0-rc.1}, {name: web, version: 1.10.0}, {name: web, version: v1.2.0+b}]",
    ));
    let index = index.unwrap();
    assert!(warnings.is_empty());
    let find = |version: &str| {
        let mut warnings = Vec::new();
        let found = index.get("web", version, &mut warnings).map_err(|error| error.to_string());
        (found.map(|chart| chart.metadata.version.clone()), warnings.len())
    };
    let found = |version: &str| (Ok(version.to_owned()), 0);
    assert_eq!(find(""), found("1.10.0"));
    assert_eq!(find(">0.0.0-0"), found("2.0.0-rc.1"));
    assert_eq!(find("^1.2, <1.10"), found("1.9.0"));
    assert_eq!(find("v1.2.0+b"), found("v1.2.0+b"));
    assert_eq!(find("1.x"), found("1.10.0"));
    assert_eq!(find("1.9"), (Ok("1.9.0".to_owned()), 1), "not what was written");
    assert_eq!(find("3").0.unwrap_err(), "no chart version found for web-3");
    assert_eq!(find("a b").0.unwrap_err(), "improper constraint: \"a b\"");
    let none = index.get("db", "", &mut Vec::new()).unwrap_err();
    assert_eq!(none.to_string(), "no chart name found");
}

#[test]
fn what_is_no_chart_is_left_out_and_told() {
    let (index, warnings) = read(&with(
        "[null, {name: web, version: bad}, {name: web, version: 1.0.0, dependencies: [{name: a}, {name: a}]}, {version: 1.0.0}]",
    ));
    let index = index.unwrap();
    assert_eq!(index.entries["web"].len(), 1);
    assert_eq!(
        warnings,
        [
            "level=WARN msg=\"skipping loading invalid entry for chart\" name=web version=1.0.0 source=i.yaml error=\"validation: chart.metadata.name is required\"",
            "level=WARN msg=\"skipping loading invalid entry for chart\" name=web version=bad source=i.yaml error=\"validation: chart.metadata.version \\\"bad\\\" is invalid\"",
            "level=WARN msg=\"skipping loading invalid entry for chart: empty entry\" name=web source=i.yaml",
        ]
    );
}

#[test]
fn problems_are_told_in_helms_words() {
    let yaml = |want: &str| format!("error unmarshaling JSON: while decoding JSON: {want}");
    let field = "json: cannot unmarshal number into Go struct field";
    for (text, want) in [
        ("", "empty index.yaml file".to_owned()),
        ("a: b", yaml("json: unknown field \"a\"")),
        ("[]", "json: cannot unmarshal array into Go value of type repo.IndexFile".to_owned()),
        (
            "apiVersion: v1\nentries: 5",
            yaml(&format!("{field} IndexFile.entries of type map[string]repo.ChartVersions")),
        ),
        (&with("5"), yaml(&format!("{field} IndexFile.entries of type repo.ChartVersions"))),
        (&with("[5]"), yaml(&format!("{field} IndexFile.entries of type repo.ChartVersion"))),
        (&with("[{foo: 1}]"), yaml("json: unknown field \"foo\"")),
        (
            &with("[{version: 1}]"),
            yaml(&format!("{field} ChartVersion.entries.Metadata.version of type string")),
        ),
        (
            "{\"apiVersion\":\"v1\",\"entries\":{\"web\":[{\"version\":1}]}}",
            format!("{field} ChartVersion.entries.Metadata.version of type string"),
        ),
        (
            &with("[{created: x, foo: 1}]"),
            yaml(
                "parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
            ),
        ),
        (
            "apiVersion: v1\napiVersion: v2",
            "error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key \"apiVersion\" already set in map".to_owned(),
        ),
        ("entries: {}", "no API version specified".to_owned()),
    ] {
        assert_eq!(read(text).0.unwrap_err(), want, "{text}");
    }
    // JSON is not read strictly, and a digest may be a number.
    assert!(read("{\"apiVersion\":\"v1\",\"more\":1}").0.is_ok());
    assert_eq!(
        read(&with("[{name: web, version: 1.0.0, digest: 7}]")).0.unwrap().entries["web"][0].digest,
        "7"
    );
}

#[test]
fn what_was_read_is_printed_again() {
    let text = "apiVersion: v1\nentries:\n  web:\n  - annotations:\n      a: b\n    apiVersion: v2\n    appVersion: 1.16.0\n    created: \"2026-11-25T21:58:47.225846376Z\"\n    description: A chart\n    digest: \"00\"\n    name: web\n    type: application\n    urls:\n    - web-1.0.0.tgz\n    version: 1.0.0\ngenerated: \"2026-11-25T21:58:47.224093706Z\"\nserverInfo:\n  contextPath: /v1\n";
    assert_eq!(read(text).0.unwrap().to_yaml().unwrap(), text);
}
