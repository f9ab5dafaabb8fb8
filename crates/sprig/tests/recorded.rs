//! Compares with what Helm answered; see `conformance/sprig`.

use std::any::Any;
use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use rhumb_gotmpl::{Func, Functions, Host, MissingKey, Moment, Session, Set, func};
use rhumb_value::json::{self, Style};
use rhumb_value::{Map, Text, Type, Value};

/// How many differences are shown.
const SHOWN: usize = 40;
/// What Helm calls the template.
const NAME: &str = "micro/templates/t.txt";

/// A clock that stands still, and randomness that repeats itself.
#[derive(Debug, Default)]
struct Fixed(Cell<u64>);

impl Host for Fixed {
    fn now(&self) -> Moment {
        Moment { seconds: 1_790_000_000, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let next = self.0.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.0.set(next);
            *byte = next.to_be_bytes()[0];
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `toJson VALUE`, which is Helm's own: recorded templates print with it.
fn to_json(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    match json::append(&mut out, value, Style::COMPACT) {
        Ok(()) => out,
        Err(_) => Vec::new(),
    }
}

const HELM: &[Func] = &[func!("toJson", to_json, [value])];

/// The values as Helm gives them to templates.
fn dot(values: &serde_json::Value) -> Value {
    let values = json::parse(values.to_string().as_bytes()).expect("JSON");
    let Value::Map(values) = values else { panic!("values are a map") };
    let common = Type::Named("common.Values", &Type::MAP);
    let values = Map::typed(common, values.snapshot().into_iter().collect());
    let entries = [(Text::from("Values"), Value::Map(values))];
    Map::typed(common, entries.into_iter().collect()).into()
}

fn answer(functions: &Rc<Functions>, case: &serde_json::Value) -> Result<String, String> {
    let template = case["template"].as_str().expect("a template");
    let mut set = Set::new(NAME, Rc::clone(functions)).missing_key(MissingKey::Zero);
    set.parse(NAME, template.as_bytes()).map_err(|error| error.to_string())?;
    let host = Fixed::default();
    let output = set.execute(&Session::new(&host), NAME, dot(&case["values"]));
    let output = output.map_err(|error| error.to_string())?;
    // Helm renders a missing value as nothing.
    Ok(shown(&output).replace("<no value>", ""))
}

/// The output as it was recorded: with U+FFFD for each byte that is no UTF-8.
fn shown(mut output: &[u8]) -> String {
    let mut text = String::new();
    while !output.is_empty() {
        let (character, width) = rhumb_value::unicode::decode(output);
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        output = &output[width..];
    }
    text
}

/// Helm's error without the lines that it is broken into, and without the words in front.
fn plain(error: &str) -> String {
    let error = error.replace("\n  executing", ": executing").replace(":\n    ", ": ");
    let error = error.strip_prefix("template: ").unwrap_or(&error);
    match error.strip_prefix("parse error at (") {
        Some(rest) => rest.replacen("): ", ": ", 1),
        None => error.to_owned(),
    }
}

#[test]
fn templates_answer_as_in_helm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/sprig");
    let cases = fs::read_to_string(folder.join("cases.jsonl")).expect("recorded answers");
    let mut tables = vec![HELM];
    tables.extend(rhumb_sprig::tables().iter().map(|(_, table)| *table));
    let functions = Rc::new(Functions::new(&tables));
    let (mut total, mut differing) = (0, 0);
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let want = match case["error"].as_str() {
            None => Ok(case["output"].as_str().expect("an output").to_owned()),
            Some(error) => Err(plain(error)),
        };
        let got = answer(&functions, &case).map_err(|error| plain(&error));
        total += 1;
        if got != want {
            differing += 1;
            if differing <= SHOWN {
                let template = &case["template"];
                println!("{} {template}\n want {want:?}\n  got {got:?}", case["id"]);
            }
        }
    }
    assert_eq!(differing, 0, "of {total} cases");
}
