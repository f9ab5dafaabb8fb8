//! Micro cases: a template or a few files, values, and what Helm makes of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use rhumb_chart::values::{Data, Node, Table};
use rhumb_chart::{Chart, Values};
use rhumb_render::{Capabilities, HelmVersion, Release, Renderer};
use rhumb_report::Silent;
use serde_json::{Map, Value, json};

use super::render::{Answer, render};

/// Answers one case: an object with `id`, `ok`, and `output` or `error`.
///
/// Charts are rendered for Kubernetes 1.36.0 as release `rel` in `ns`, unless the case says
/// otherwise.
pub fn answer(renderer: &Renderer, case: &Value) -> Value {
    let id = &case["id"];
    match run(renderer, case) {
        Ok(output) => json!({ "id": id, "ok": true, "output": output }),
        Err(error) => json!({ "id": id, "ok": false, "error": error }),
    }
}

fn run(renderer: &Renderer, case: &Value) -> Result<Value, String> {
    let packed = pack(&files(case)).map_err(|error| error.to_string())?;
    // As Helm's library loads it, which takes any version of a chart.
    let files = rhumb_chart::read_archive(&packed).map_err(|error| error.to_string())?;
    let chart = Chart::from_files(files, &Silent).map_err(|error| error.to_string())?;
    let kube_version = "v1.36.0".parse().map_err(|_| "no version".to_owned())?;
    // What answered the cases is Helm's library, which calls itself so where it is not Helm's command.
    let version = HelmVersion {
        version: "v4.3".into(),
        git_tree_state: String::new(),
        ..HelmVersion::default()
    };
    let capabilities =
        Capabilities { kube_version, helm_version: version.into(), ..Capabilities::default() };
    let values = case["values"].as_object().map(table).unwrap_or_default();
    let release = release(&case["release"]);
    let answer: Answer =
        render(renderer, &mut chart.into(), &Values::from(values), &release, &capabilities);
    let templates = answer?;
    let has_files = case["files"].as_object().is_some_and(|files| !files.is_empty());
    if !case["template"].is_null() && !has_files && templates.len() == 1 {
        let text = templates.values().next().map(AsRef::as_ref).unwrap_or_default();
        return Ok(Value::String(text_of(text)));
    }
    let texts = templates.iter().map(|(path, text)| (path.clone(), text_of(text).into()));
    Ok(Value::Object(texts.collect()))
}

/// The text that Go's JSON makes of bytes: each one that is not UTF-8 becomes U+FFFD.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    text
}

fn release(case: &Value) -> Release {
    let mut release = Release::new("rel", "ns");
    let text = |key: &str| case[key].as_str().map(str::to_owned);
    release.name = text("name").unwrap_or(release.name);
    release.namespace = text("namespace").unwrap_or(release.namespace);
    #[expect(clippy::cast_possible_truncation, reason = "as Helm's own tool does")]
    let revision = case["revision"].as_f64().map(|number| number as i64);
    release.revision = revision.unwrap_or(release.revision);
    release.is_install = case["is_install"].as_bool().unwrap_or(release.is_install);
    release.is_upgrade = case["is_upgrade"].as_bool().unwrap_or(release.is_upgrade);
    release
}

fn files(case: &Value) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    if let Some(template) = case["template"].as_str() {
        files.insert("templates/t.txt".to_owned(), template.as_bytes().to_vec());
    }
    for (path, text) in case["files"].as_object().into_iter().flatten() {
        files.insert(path.clone(), text.as_str().unwrap_or_default().as_bytes().to_vec());
    }
    for (path, text) in case["files_b64"].as_object().into_iter().flatten() {
        let text = text.as_str().unwrap_or_default();
        let data = base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default();
        files.insert(path.clone(), data);
    }
    files.entry("Chart.yaml".to_owned()).or_insert_with(|| {
        let mut chart = json!({ "apiVersion": "v2", "name": "micro", "version": "0.1.0" });
        for (key, value) in case["chart"].as_object().into_iter().flatten() {
            chart[key] = value.clone();
        }
        chart.to_string().into_bytes()
    });
    files
}

fn pack(files: &BTreeMap<String, Vec<u8>>) -> std::io::Result<Vec<u8>> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (path, data) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, format!("micro/{path}"), data.as_slice())?;
    }
    archive.into_inner()?.finish()
}

fn table(object: &Map<String, Value>) -> Table {
    object.iter().map(|(key, value)| (Arc::from(key.as_str()), node(value))).collect()
}

fn node(value: &Value) -> Node {
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(number) => Data::Float(number.as_f64().unwrap_or_default()),
        Value::String(text) => Data::Text(text.as_bytes().into()),
        Value::Array(items) => Data::List(items.iter().map(node).collect()),
        Value::Object(object) => return table(object).into(),
    };
    data.into()
}
