mod keywords;
mod mutate;
mod real;

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use self::mutate::Random;
use super::super::{SchemaLoader, check, instance};
use super::{Surely, Unsure, fit};
use crate::Values;
use crate::values::Table;

struct NoDocuments;

impl SchemaLoader for NoDocuments {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is not there"))
    }
}

/// Asks the quick check, and if it is sure, whether the whole validator says the same.
fn sure(values: &Table, schema: &str) -> Surely<bool> {
    let answer = fit(values, schema.as_bytes())?;
    let is_valid = match check(values, schema.as_bytes(), &NoDocuments, &mut Vec::new()) {
        Ok(()) => true,
        Err(problems) if problems.starts_with("- at ") => false,
        Err(error) => panic!("no schema: {error}\n{schema}"),
    };
    assert_eq!(answer, is_valid, "{schema}\n{:?}", instance::from_table(values));
    Ok(answer)
}

fn values(text: &str) -> Values {
    Values::read(text.as_bytes(), "values").unwrap()
}

#[test]
fn what_may_be_no_schema_is_left_to_the_whole_validator() {
    let cases = [
        "",
        "{",
        "{} {}",
        "[]",
        "null",
        r#"{"a":01}"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":tru}"#,
        "{\"a\":\"\n\"}",
        r#"{"a":"\x"}"#,
        r#"{"a":[1,]}"#,
        r#"{"type":"text"}"#,
        r#"{"type":[]}"#,
        r#"{"type":["null","null"]}"#,
        r#"{"type":"object","type":"object"}"#,
        r#"{"title":1}"#,
        r#"{"deprecated":"yes"}"#,
        r#"{"examples":1}"#,
        r#"{"required":true}"#,
        r#"{"required":["a","a"]}"#,
        r#"{"properties":[]}"#,
        r#"{"properties":{"a":1}}"#,
        r#"{"properties":{"a":{},"a":{}}}"#,
        r#"{"properties":{"a":{"properties":{"b":{"minimum":"1"}}}}}"#,
        r#"{"definitions":{"a":{"items":1}}}"#,
        r#"{"items":[{}]}"#,
        r#"{"prefixItems":[]}"#,
        r#"{"additionalItems":{}}"#,
        r#"{"enum":1}"#,
        r#"{"$schema":"http://json-schema.org/draft-07/schema#","enum":[1,1.0]}"#,
        r#"{"$schema":"http://json-schema.org/draft-07/schema#","enum":[]}"#,
        r#"{"$schema":"http://json-schema.org/draft-04/schema#","exclusiveMinimum":true}"#,
        r#"{"$schema":"http://json-schema.org/draft-04/schema#","required":[]}"#,
        r#"{"$schema":"http://json-schema.org/draft-04/schema#","id":"a"}"#,
        r#"{"type":"object","$schema":"http://json-schema.org/draft-07/schema#"}"#,
        r#"{"$schema":"json-schema.org/draft-07/schema#"}"#,
        r#"{"$schema":"http://example.com/schema"}"#,
        r#"{"properties":{"a":{"$schema":"http://json-schema.org/draft-07/schema#"}}}"#,
        r#"{"properties":{"a":{"$id":"http://example.com/a"}}}"#,
        r##"{"$id":"#a"}"##,
        r#"{"$anchor":"a"}"#,
        r##"{"$dynamicRef":"#a"}"##,
        r#"{"unevaluatedProperties":false}"#,
        r#"{"$ref":"http://example.com/a"}"#,
        r##"{"$ref":"#/definitions/a"}"##,
        r##"{"$ref":"#a"}"##,
        r##"{"$ref":"#/x","x":1}"##,
        r##"{"$ref":"#/x","x":{},"x":{}}"##,
        r##"{"$ref":"#/x","x":{"$id":"http://example.com/a"}}"##,
        r##"{"$ref":"#/definitions/a/x","definitions":{"a":{"x":{"type":1}}}}"##,
        r##"{"$ref":"#"}"##,
        r#"{"minLength":-1}"#,
        r#"{"minLength":1.5}"#,
        r#"{"minLength":"1"}"#,
        r#"{"multipleOf":0}"#,
        r#"{"exclusiveMinimum":true}"#,
        r#"{"pattern":"("}"#,
        r#"{"pattern":"a**"}"#,
        r#"{"pattern":"a{1,1001}"}"#,
        r#"{"pattern":"(?i)a"}"#,
        r#"{"pattern":"[\\d-z]"}"#,
        r#"{"pattern":"\\a"}"#,
        r#"{"patternProperties":{"(":{}}}"#,
        r#"{"allOf":[]}"#,
        r#"{"allOf":{}}"#,
        r#"{"not":[]}"#,
        r#"{"const":9007199254740993}"#,
    ];
    for schema in cases {
        assert_eq!(sure(values("a: 1").table(), schema), Err(Unsure), "{schema}");
    }
    let deep = |depth: usize| {
        let (start, end) = (r#"{"not":"#.repeat(depth), "}".repeat(depth));
        sure(values("a: 1").table(), &format!("{start}{{}}{end}"))
    };
    assert_eq!(deep(98), Ok(true));
    assert_eq!(deep(1_000), Err(Unsure));
}

#[test]
fn forms_of_texts_are_left_to_the_whole_validator() {
    let email = r#""$schema":"http://json-schema.org/draft-07/schema","not":{"format":"email"}"#;
    assert_eq!(fit(values("a: 1").table(), format!("{{{email}}}").as_bytes()), Ok(false));
    let email = email.replace("not", "propertyNames");
    assert_eq!(sure(values("a: 1").table(), &format!("{{{email}}}")), Err(Unsure));
}

#[test]
fn references_may_not_take_forever() {
    let twice = |index: usize| {
        let next = format!(r##"{{"$ref":"#/definitions/a{}"}}"##, index + 1);
        format!(r#""a{index}":{{"allOf":[{next},{next}]}},"#)
    };
    let definitions: String = (0..40).map(twice).collect();
    let schema =
        format!(r##"{{"definitions":{{{definitions}"a40":{{}}}},"$ref":"#/definitions/a0"}}"##);
    assert_eq!(fit(values("a: 1").table(), schema.as_bytes()), Err(Unsure));
}

/// Draws schemas and values from those of recorded cases, and changes both at random. How often the
/// answer was sure to fit, sure not to, and not sure.
fn compare_random(seed: u64, rounds: usize) -> BTreeMap<Option<bool>, usize> {
    let seeds = recorded();
    let parts = mutate::parts(seeds.iter().flat_map(|(schema, values)| [schema, values]));
    let mut random = Random::new(seed);
    let mut count = BTreeMap::new();
    while count.values().sum::<usize>() < rounds {
        let (mut schema, mut values) = random.pick(&seeds).clone();
        for _ in 0..random.below(4) {
            random.change(&mut schema, &parts);
        }
        for _ in 0..random.below(3) {
            random.change(&mut values, &parts);
        }
        let (_, draft) = random.pick(&keywords::DRAFTS);
        let mut schema = schema.to_string().replacen('{', &format!("{{{draft}"), 1);
        if random.below(8) == 0 {
            random.scramble(&mut schema);
        }
        if values.is_object() {
            let values = self::values(&values.to_string());
            *count.entry(sure(values.table(), &schema).ok()).or_insert(0) += 1;
        }
    }
    count
}

#[test]
fn random_schemas_are_treated_as_by_the_whole_validator() {
    let count = compare_random(1, 5_000);
    assert!(count.len() == 3 && count.values().all(|count| *count > 300), "{count:?}");
}

#[test]
#[ignore = "takes minutes"]
fn very_many_random_schemas_are_treated_as_by_the_whole_validator() {
    println!("{:?}", compare_random(2, 1_000_000));
}

/// The schemas and values of the recorded cases that are JSON.
fn recorded() -> Vec<(Value, Value)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/schema/cases.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let parse = |case: &Value, key: &str| serde_json::from_str(case[key].as_str()?).ok();
    cases.filter_map(|case| Some((parse(&case, "schema")?, parse(&case, "values")?))).collect()
}
