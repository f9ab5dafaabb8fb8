//! Each keyword in each draft.

use serde_json::{Value, json};

use super::{sure, values};

/// Schemas of the value `v` with values that fit and values that do not, from the oldest to the
/// newest draft in which that is so.
const KEYWORDS: &[(u8, u8, &str, &str, &str)] = &[
    (4, 20, "{}", r#"[null,1,"a",[],{}]"#, "[]"),
    (6, 20, "true", r#"[null,1,"a",[],{}]"#, "[]"),
    (6, 20, "false", "[]", r#"[null,1,"a",[],{}]"#),
    (4, 20, r#"{"title":"t","description":"d","default":{"a":[1]},"x-y":[]}"#, "[1]", "[]"),
    (4, 20, r#"{"$comment":"c","examples":[1],"deprecated":true,"readOnly":true}"#, "[1]", "[]"),
    (4, 20, r#"{"type":"integer"}"#, "[1,-1,2.0,1e300]", r#"[1.5,"1",null,true]"#),
    (4, 20, r#"{"type":"number"}"#, "[1,1.5]", r#"["1",null]"#),
    (4, 20, r#"{"type":["string","null"]}"#, r#"["a",null]"#, "[1,true,[],{}]"),
    (4, 20, r#"{"type":"object","properties":{"a":{"type":"null"}}}"#, r#"[{},{"b":1}]"#, "[[]]"),
    (
        4,
        20,
        r#"{"properties":{"b":{"type":"null"},"a":{"type":"string"}}}"#,
        r#"[{"a":"x"},1]"#,
        r#"[{"a":1},{"b":1}]"#,
    ),
    (
        4,
        20,
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"[{"a":1}]"#,
        r#"[{"b":1}]"#,
    ),
    (4, 20, r#"{"additionalProperties":{"type":"string"}}"#, r#"[{"a":"x"}]"#, r#"[{"b":1}]"#),
    (
        4,
        20,
        r#"{"patternProperties":{"^a\\d$":{"type":"null"}},"additionalProperties":false}"#,
        r#"[{"a1":null}]"#,
        r#"[{"a1":1},{"b":null}]"#,
    ),
    (4, 20, r#"{"properties":{"a\u0062":{"type":"null"}}}"#, r#"[{"ab":null}]"#, r#"[{"ab":1}]"#),
    (4, 20, r#"{"required":["a","b"]}"#, r#"[{"a":1,"b":null},1]"#, r#"[{"a":1},{}]"#),
    (6, 20, r#"{"required":[]}"#, "[{}]", "[]"),
    (
        4,
        20,
        r#"{"minProperties":1,"maxProperties":2}"#,
        r#"[{"a":1},1]"#,
        r#"[{},{"a":1,"b":1,"c":1}]"#,
    ),
    (6, 20, r#"{"propertyNames":{"maxLength":1}}"#, r#"[{"a":1},{}]"#, r#"[{"ab":1}]"#),
    (
        4,
        20,
        r#"{"dependencies":{"a":["b"],"c":{"required":["d"]}}}"#,
        r#"[{},{"a":1,"b":1}]"#,
        r#"[{"a":1},{"c":1}]"#,
    ),
    (19, 20, r#"{"dependentRequired":{"a":["b"]}}"#, r#"[{},{"a":1,"b":1}]"#, r#"[{"a":1}]"#),
    (
        19,
        20,
        r#"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
        r#"[{},{"a":1,"b":1}]"#,
        r#"[{"a":1}]"#,
    ),
    (4, 20, r#"{"items":{"type":"string"}}"#, r#"[[],["a"],1]"#, r#"[["a",1]]"#),
    (
        4,
        19,
        r#"{"items":[{"type":"string"},{}],"additionalItems":{"type":"null"}}"#,
        r#"[["a",1,null],[]]"#,
        r#"[["a",1,1],[1]]"#,
    ),
    (4, 19, r#"{"items":[{}],"additionalItems":false}"#, "[[1]]", "[[1,2]]"),
    (4, 19, r#"{"items":{},"additionalItems":false}"#, "[[1,2]]", "[]"),
    (
        20,
        20,
        r#"{"prefixItems":[{"type":"string"}],"items":{"type":"null"}}"#,
        r#"[["a",null],[]]"#,
        r#"[["a",1],[1]]"#,
    ),
    (6, 20, r#"{"contains":{"type":"string"}}"#, r#"[[1,"a"]]"#, "[[],[1]]"),
    (
        19,
        20,
        r#"{"contains":{"type":"string"},"minContains":2,"maxContains":3}"#,
        r#"[["a",1,"b"]]"#,
        r#"[["a"],["a","b","c","d"]]"#,
    ),
    (4, 20, r#"{"minItems":1,"maxItems":2}"#, "[[1],1]", "[[],[1,2,3]]"),
    (4, 20, r#"{"uniqueItems":true}"#, r#"[[1,"1",[1],{}],[]]"#, "[]"),
    (4, 20, r#"{"uniqueItems":false}"#, "[[1,1]]", "[]"),
    (
        4,
        20,
        r#"{"enum":["a",1,null,[1],{"a":1.0}]}"#,
        r#"["a",1.0,null,[1],{"a":1}]"#,
        r#"["b",2,true,[2],[],{}]"#,
    ),
    (19, 20, r#"{"enum":[]}"#, "[]", "[1]"),
    (6, 20, r#"{"const":{"a":[true]}}"#, r#"[{"a":[true]}]"#, r#"[{"a":[false]},{}]"#),
    (4, 20, r#"{"minimum":1,"maximum":2.5}"#, r#"[1,2.5,"a"]"#, "[0.9,3]"),
    (
        4,
        4,
        r#"{"exclusiveMinimum":true,"minimum":1,"maximum":3,"exclusiveMaximum":false}"#,
        "[2,3]",
        "[1,4]",
    ),
    (4, 4, r#"{"maximum":3,"exclusiveMaximum":true,"minimum":1}"#, "[2,1]", "[3,0]"),
    (6, 20, r#"{"exclusiveMinimum":1,"exclusiveMaximum":3}"#, "[2]", "[1,3]"),
    (4, 20, r#"{"multipleOf":0.5}"#, r#"[1,1.5,0,"a"]"#, "[1.2]"),
    (4, 20, r#"{"minLength":2,"maxLength":3}"#, r#"["äö","abc",1]"#, r#"["ä","abcd"]"#),
    (4, 20, r#"{"pattern":"^[^\\s/]+:\\d+$"}"#, r#"["a:1",1]"#, r#"["a b:1","a:","a:١"]"#),
    (4, 20, r#"{"allOf":[{"minimum":1},{"maximum":2}]}"#, "[1,2]", "[0,3]"),
    (4, 20, r#"{"anyOf":[{"type":"string"},{"minimum":2}]}"#, r#"["a",2]"#, "[1]"),
    (4, 20, r#"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, "[1,2.5]", "[2,1.5]"),
    (4, 20, r#"{"not":{"type":"string"}}"#, "[1]", r#"["a"]"#),
    (
        7,
        20,
        r#"{"if":{"type":"string"},"then":{"minLength":1},"else":{"type":"null"}}"#,
        r#"["a",null]"#,
        r#"["",1]"#,
    ),
    (7, 20, r#"{"then":false,"else":false}"#, "[1]", "[]"),
    (19, 20, r#"{"format":"email"}"#, r#"["a"]"#, "[]"),
    (4, 20, r#"{"format":"int32"}"#, r#"["a",1]"#, "[]"),
    (4, 20, r#"{"format":"email"}"#, "[1]", "[]"),
    (4, 20, r##"{"$ref":"#/definitions/text"}"##, r#"["a"]"#, "[1]"),
    (4, 7, r##"{"$ref":"#/definitions/text","type":"null","minLength":2}"##, r#"["a"]"#, "[1]"),
    (19, 20, r##"{"$ref":"#/definitions/text","minLength":2}"##, r#"["ab"]"#, r#"["a",1]"#),
    (4, 20, r##"{"$ref":"#/x/y/z"}"##, r#"["a"]"#, "[1]"),
    (4, 20, r##"{"items":{"$ref":"#/properties/v"},"type":"array"}"##, "[[],[[]]]", "[[1],[[1]]]"),
];

/// Each draft, and what names it.
pub(super) const DRAFTS: [(u8, &str); 6] = [
    (4, r#""$schema":"http://json-schema.org/draft-04/schema#","#),
    (6, r#""$schema":"http://json-schema.org/draft-06/schema","#),
    (7, r#""$schema":"https://json-schema.org/draft-07/schema#","#),
    (19, r#""$schema":"https://json-schema.org/draft/2019-09/schema","#),
    (20, r#""$schema":"http://json-schema.org/schema#","#),
    (20, ""),
];

#[test]
fn common_keywords_are_treated_as_by_the_whole_validator() {
    for (oldest, newest, schema, good, bad) in KEYWORDS {
        let whole = |draft: &str| {
            let text = r#""definitions":{"text":{"type":"string"}}"#;
            let other = r##""x":{"y":{"z":{"$ref":"#/definitions/text"}}}"##;
            format!(r#"{{{draft}{text},{other},"properties":{{"v":{schema}}}}}"#)
        };
        for (draft, name) in DRAFTS {
            let schema = whole(name);
            let known = (*oldest..=*newest).contains(&draft);
            let items: [Vec<Value>; 2] =
                [good, bad].map(|list| serde_json::from_str(list).unwrap());
            for (index, value) in items.iter().flatten().enumerate() {
                let fits = index < items[0].len();
                let values = values(&json!({ "v": value }).to_string());
                let answer = sure(values.table(), &schema);
                assert!(!known || answer == Ok(fits), "{schema} {value}");
            }
        }
    }
}
