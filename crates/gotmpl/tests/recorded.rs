//! Compares with what Go's text/template answered: see `conformance/gotmpl`.

#[path = "recorded/data.rs"]
mod data;
#[path = "recorded/nothing.rs"]
mod nothing;

use std::fs;
use std::path::Path;
use std::rc::Rc;

use rhumb_gotmpl::{Functions, MissingKey, Session, Set};

use nothing::Nothing;

/// How many differences are shown.
const SHOWN: usize = 25;

fn answer(functions: &Rc<Functions>, template: &str, missing: &str) -> Result<String, String> {
    let missing = match missing {
        "zero" => MissingKey::Zero,
        "error" => MissingKey::Error,
        _ => MissingKey::Default,
    };
    let mut set = Set::new("t.txt", Rc::clone(functions)).missing_key(missing);
    set.parse("t.txt", template.as_bytes()).map_err(|error| error.to_string())?;
    let session = Session::new(&Nothing);
    let output = set.execute(&session, "t.txt", data::dot()).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

#[test]
fn templates_answer_as_go_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/gotmpl");
    let cases = fs::read_to_string(folder.join("cases.jsonl")).expect("recorded answers");
    let functions = Rc::new(Functions::new(&[data::FUNCS]));
    let (mut total, mut differing) = (0, 0);
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let field = |name: &str| case[name].as_str().unwrap_or_default();
        let want = match field("error") {
            "" => Ok(field("output").to_owned()),
            error => Err(error.to_owned()),
        };
        let got = answer(&functions, field("template"), field("missing"));
        total += 1;
        if got != want {
            differing += 1;
            if differing <= SHOWN {
                println!("{}\n want {want:?}\n  got {got:?}", field("template"));
            }
        }
    }
    assert_eq!(differing, 0, "of {total} cases");
}
