//! Templates of `JSONPath`, filled in as `k8s.io/client-go` 0.37.1 does, whose answers are in `jsonpath/cases.jsonl`.

use rhumb_action::JsonPath;
use rhumb_value::json;
use serde_json::Value;

#[test]
fn templates_are_filled_in_as_kubernetes_does() {
    let data = json::parse(include_bytes!("jsonpath/data.json")).expect("JSON");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("jsonpath/cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let template = case["template"].as_str().expect("a text");
        let got = match JsonPath::parse(template) {
            Ok(parsed) => parsed.print(&data).map_err(|error| error.to_string()),
            Err(error) => Err(format!("error parsing jsonpath {template}: {error}")),
        };
        let got = got.map(|text| String::from_utf8(text).expect("text"));
        let want = match case["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(case["output"].as_str().expect("a text").to_owned()),
        };
        count += 1;
        if got != want {
            wrong.push(format!("{template}\n got {got:?}\nwant {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 150);
}
