//! What is read of a document to sort it.

use rhumb_yaml::{Options, read_head};

#[test]
fn the_head_is_read_without_the_rest() {
    let text = b"kind: Job\napiVersion: batch/v1\nmetadata:\n  name: 1.5\n  namespace: ns\n  annotations:\n    \
                 helm.sh/hook: pre-install\n    weight: 5\n    nothing:\nspec: [a, {b: c}]\n";
    let head = read_head(text, &Options::default()).expect("reads");
    assert_eq!((head.kind.as_str(), head.api_version.as_str()), ("Job", "batch/v1"));
    assert_eq!((head.name.as_str(), head.namespace.as_str()), ("1.5", "ns"));
    let annotations: Vec<_> =
        head.annotations.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    assert_eq!(annotations, [("helm.sh/hook", "pre-install"), ("nothing", ""), ("weight", "5")]);
}

#[test]
fn errors_are_those_of_helm() {
    for (text, message) in [
        (
            "- a",
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type \
             util.SimpleHead",
        ),
        (
            "kind: {a: b}",
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go struct field \
             SimpleHead.kind of type string",
        ),
        ("kind: a\n b", ""),
        (
            "a: b: c",
            "error converting YAML to JSON: yaml: mapping values are not allowed in this context",
        ),
        ("spec: .inf", "error converting YAML to JSON: json: unsupported value: +Inf"),
    ] {
        let answer = read_head(text.as_bytes(), &Options::default());
        assert_eq!(
            answer.err().map(|error| error.to_string()).unwrap_or_default(),
            message,
            "{text}"
        );
    }
}

#[test]
fn a_number_that_json_lacks_may_be_a_text() {
    let head = read_head(b"kind: .inf\na: {b: .nan}\n<<: {a: 1}", &Options::default());
    assert_eq!(head.map(|head| head.kind), Ok("+Inf".to_owned()));
}
