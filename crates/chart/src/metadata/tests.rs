use bytes::Bytes;
use rhumb_report::Silent;

use crate::{Chart, File, Metadata};

fn load(text: &str) -> Result<Metadata, String> {
    let file = File::new("Chart.yaml", Bytes::copy_from_slice(text.as_bytes()), 0);
    let chart = Chart::from_files(vec![file], &Silent).map_err(|error| error.to_string())?;
    Ok(chart.metadata)
}

fn error(lines: &str) -> String {
    load(&format!("apiVersion: v2\n{lines}")).unwrap_err()
}

/// Asked of Helm 4.3.1, by `show chart`.
#[test]
fn wrong_types_are_told_as_go_tells_them() {
    let cases = [
        ("name: [a]\nversion: {a: 1}", "array into Go struct field Metadata.name of type string"),
        (
            "dependencies: {a: b}",
            "object into Go struct field Metadata.dependencies of type []*v2.Dependency",
        ),
        (
            "dependencies: [{name: x, version: [1], tags: foo, enabled: \"yes\"}]",
            "string into Go struct field Dependency.dependencies.enabled of type bool",
        ),
        (
            "dependencies: [foo]",
            "string into Go struct field Metadata.dependencies of type v2.Dependency",
        ),
        (
            "dependencies: [{name: a, tags: [[a]]}]",
            "array into Go struct field Dependency.dependencies.tags of type string",
        ),
        ("keywords: [[a]]", "array into Go struct field Metadata.keywords of type string"),
        ("keywords: {a: b}", "object into Go struct field Metadata.keywords of type []string"),
        (
            "annotations: [a]",
            "array into Go struct field Metadata.annotations of type map[string]string",
        ),
        ("annotations: {b: [x]}", "array into Go struct field Metadata.annotations of type string"),
        (
            "maintainers: [{name: {}}]",
            "object into Go struct field Maintainer.maintainers.name of type string",
        ),
        ("deprecated: 1", "number into Go struct field Metadata.deprecated of type bool"),
    ];
    let start = "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: \
                 json: cannot unmarshal ";
    for (lines, want) in cases {
        assert_eq!(error(lines).strip_prefix(start), Some(want), "{lines}");
    }
    assert_eq!(
        load("foo").unwrap_err(),
        format!("{start}string into Go value of type v2.Metadata")
    );
}

#[test]
fn validation_says_what_is_wrong() {
    let cases = [
        ("", "chart.metadata.name is required"),
        ("name: .", "chart.metadata.name \".\" is not allowed"),
        ("name: ../../test", "chart.metadata.name \"../../test\" is invalid"),
        ("name: a", "chart.metadata.version is required"),
        ("name: a\nversion: 1.2.3.4", "chart.metadata.version \"1.2.3.4\" is invalid"),
        ("name: a\nversion: 1.0\ntype: x", "chart.metadata.type must be application or library"),
        (
            "name: a\nversion: 1.0\ndependencies: [{name: bad, alias: a b}]",
            "dependency \"bad\" has disallowed characters in the alias",
        ),
        (
            "name: a\nversion: 1.0\ndependencies: [{name: foo}, {name: x, alias: foo}]",
            "more than one dependency with name or alias \"foo\"",
        ),
        (
            "name: a\nversion: 1.0\ndependencies: [{name: foo}, null]",
            "dependencies must not contain empty or null nodes",
        ),
        (
            "name: a\nversion: 1.0\nmaintainers: [null]",
            "maintainers must not contain empty or null nodes",
        ),
    ];
    for (lines, want) in cases {
        assert_eq!(error(lines), format!("validation: {want}"), "{lines}");
    }
}

#[test]
fn texts_are_cleaned_and_numbers_become_texts() {
    let metadata = load(
        "Name: a\nversion: 1.10\ndescription: \"\\adescr\\u0081iption\\rtest\"\nicon: 1e6\n\
         appVersion: true\nkeywords: [1, true, 1.50, null, 123456.789]\n\
         annotations: {a: 1, 1.5: 4, true: x, c: null}\n",
    )
    .unwrap();
    assert_eq!(
        metadata.to_json(),
        "{\"name\":\"a\",\"version\":\"1.1\",\"description\":\"description test\",\
         \"keywords\":[\"1\",\"true\",\"1.5\",\"\",\"123456.79\"],\"icon\":\"1e+06\",\
         \"apiVersion\":\"v1\",\"appVersion\":\"true\",\
         \"annotations\":{\"1.5\":\"4\",\"a\":\"1\",\"c\":\"\",\"true\":\"x\"}}"
    );
    assert_eq!(
        metadata.to_yaml().unwrap(),
        "annotations:\n  \"1.5\": \"4\"\n  a: \"1\"\n  c: \"\"\n  \"true\": x\napiVersion: v1\n\
         appVersion: \"true\"\ndescription: description test\nicon: \"1e+06\"\nkeywords:\n\
         - \"1\"\n- \"true\"\n- \"1.5\"\n- \"\"\n- \"123456.79\"\nname: a\nversion: \"1.1\"\n"
    );
}
