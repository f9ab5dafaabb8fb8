//! The examples of the reference of functions do what they say.

use rhumb_testkit::conformance::{CLOCK, micro, renderer};
use rhumb_testkit::reference::{Answer, entries};
use serde_json::json;

#[test]
fn every_function_has_an_example_that_holds() {
    let renderer = renderer(CLOCK);
    let entries: Vec<_> =
        entries().expect("comments").into_iter().flat_map(|(_, entries)| entries).collect();
    assert_eq!(entries.len(), 251);
    let mut wrong = Vec::new();
    for entry in entries {
        let template = &entry.comment.template;
        assert!(template.contains(&entry.name), "{}: {template}", entry.name);
        let case = json!({"id": "x", "template": template, "chart": {"name": "demo"}});
        let answer = micro::answer(&renderer, &case);
        let holds = match &entry.comment.answer {
            Answer::Gives(text) => answer["output"] == text.as_str(),
            Answer::Fails(text) => {
                answer["error"].as_str().is_some_and(|error| error.ends_with(text))
            }
        };
        if !holds {
            wrong.push(format!("{template}: {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
