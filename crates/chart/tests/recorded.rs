//! Compares with recorded answers of Helm 4.3.1; see `conformance/{set,coalesce,schema}`.

use std::fs;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::values::{Data, Node, SetMode, Table, set};
use rhumb_chart::{Chart, File, SchemaLoader, Values};
use rhumb_report::Silent;
use serde_json::{Value, json};

fn cases(name: &str) -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance");
    let text = fs::read_to_string(format!("{folder}/{name}/cases.jsonl")).expect("the cases");
    text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

/// Writes a tree as the recorder does: integers and maps are marked.
fn typed(node: &Node, mark: bool) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Bool(value) => json!(value),
        Data::Int(value) => json!({ "int": value.to_string() }),
        Data::Float(value) => json!(value),
        Data::Text(text) => json!(String::from_utf8_lossy(text)),
        Data::List(items) => items.iter().map(|item| typed(item, mark)).collect(),
        Data::Map(table) => {
            let map = table.iter().map(|(key, node)| (key.to_owned(), typed(node, mark)));
            let map: Value = map.collect::<serde_json::Map<_, _>>().into();
            if mark { json!({ "map": map }) } else { map }
        }
    }
}

/// Makes every number the same kind, so that `1` and `1.0` are equal.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), normal(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        value => value.clone(),
    }
}

fn answer(base: &Values, argument: &str, mode: SetMode<'_>) -> Value {
    let mut table = Table::clone(base.table());
    match set(&mut table, "--set", argument, mode) {
        Ok(()) => typed(&Node::from(table), true),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

#[test]
fn set_arguments_mean_what_they_mean_in_helm() {
    let mut wrong = Vec::new();
    let cases = cases("set");
    for case in &cases {
        let argument = case["argument"].as_str().expect("a text");
        let base = case["base"].as_str().expect("a text");
        let base = Values::read(base.as_bytes(), "base").expect("JSON");
        let modes = [
            ("typed", SetMode::Typed),
            ("text", SetMode::Text),
            ("json", SetMode::Json),
            ("literal", SetMode::Literal),
        ];
        for (name, mode) in modes {
            let (got, want) = (answer(&base, argument, mode), &case[name]);
            // Helm never shows what is wrong with JSON.
            let both_fail =
                name == "json" && got.get("error").is_some() == want.get("error").is_some();
            let fails = want.get("error").is_some();
            let matches =
                if fails && name == "json" { both_fail } else { normal(&got) == normal(want) };
            if !matches && want.get("ok").is_none() {
                wrong.push(format!("{name} {argument:?}\n got {got}\nwant {want}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
    assert!(cases.len() >= 1_000, "{} cases", cases.len());
}

fn tree(chart: &Chart) -> Value {
    let metadata: Value = serde_json::from_str(&chart.metadata.to_json()).expect("JSON");
    let inner: Vec<_> = chart.dependencies().iter().map(tree).collect();
    let inner = if inner.is_empty() { Value::Null } else { inner.into() };
    json!({ "name": chart.name(), "dependencies": inner, "metadata": metadata })
}

fn coalesced(case: &Value) -> Value {
    let files = case["files"].as_object().expect("files").iter().map(|(name, text)| {
        let text = text.as_str().expect("a text").to_owned();
        File::new(Arc::from(name.as_str()), Bytes::from(text), 0)
    });
    let mut chart = Chart::from_files(files.collect(), &Silent).expect("a chart");
    let user = Values::read(case["user"].to_string().as_bytes(), "user").expect("values");
    let mut warnings = Vec::new();
    if let Err(error) = chart.process_dependencies(&user, &mut warnings) {
        return json!({ "error": error.to_string() });
    }
    match chart.coalesce(&user, &mut warnings) {
        Err(error) => json!({ "error": error.to_string() }),
        Ok(values) => {
            let values = typed(&Node::from(Arc::clone(values.table())), false);
            json!({ "charts": tree(&chart), "values": values })
        }
    }
}

#[test]
fn values_of_charts_in_charts_come_together_as_in_helm() {
    let mut wrong = Vec::new();
    let cases = cases("coalesce");
    for case in &cases {
        let (got, want) = (normal(&coalesced(case)), normal(&case["want"]));
        if got != want {
            wrong.push(format!("{}\n got {got}\nwant {want}", case["files"]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(3)].join("\n"));
    assert!(cases.len() >= 300, "{} cases", cases.len());
}

struct NoDocuments;

impl SchemaLoader for NoDocuments {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is not there"))
    }
}

/// The lines in some order: Helm has none.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn schemas_are_checked_with_the_words_of_helm() {
    let mut wrong = Vec::new();
    let cases = cases("schema");
    for case in &cases {
        let schema = case["schema"].as_str().expect("a text").to_owned();
        let chart = "apiVersion: v2\nname: web\nversion: 1.2.3\n".to_owned();
        let files = [("Chart.yaml", chart), ("values.schema.json", schema.clone())];
        let files = files.map(|(name, text)| File::new(name, Bytes::from(text), 0));
        let chart = Chart::from_files(files.into(), &Silent).expect("a chart");
        let values = case["values"].as_str().expect("a text");
        let values = Values::read(values.as_bytes(), "values").expect("values");
        let got = match chart.check_schema(&values, &NoDocuments, &mut Vec::new()) {
            Ok(()) => String::new(),
            Err(error) => error.message.strip_prefix("web:\n").unwrap_or_default().to_owned(),
        };
        let answers = case["answers"].as_array().expect("answers");
        let mut answers = answers.iter().filter_map(Value::as_str);
        let is_right = answers.clone().any(|want| lines(want) == lines(&got));
        if !is_right {
            wrong
                .push(format!("{schema}\n got {got}\nwant {}", answers.next().unwrap_or_default()));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
