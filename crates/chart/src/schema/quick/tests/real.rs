//! The schemas of real charts, if those are there.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use rhumb_report::Silent;
use serde_json::Value;

use super::mutate::{self, Random};
use super::{instance, sure, values};
use crate::schema::check;
use crate::values::{Data, Table};
use crate::{Chart, Values};

/// A schema and the values that it is for.
struct Case {
    name: String,
    schema: String,
    values: Arc<Table>,
}

/// The folder of real charts, which is not part of the repository.
#[expect(clippy::disallowed_methods, reason = "this switch exists only in the environment")]
fn corpus() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance");
    let folder = std::env::var_os("RHUMB_CONFORMANCE").map_or(default.into(), PathBuf::from);
    let folder = folder.join("charts");
    folder.join("index.json").is_file().then_some(folder)
}

/// All schemas that the recorded cases are checked against, with their values.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let Some(folder) = corpus() else { return cases };
    let index = fs::read(folder.join("index.json")).unwrap();
    let index: Value = serde_json::from_slice(&index).unwrap();
    for case in index["cases"].as_array().unwrap() {
        let path = |key: &str| Some(folder.join(case[key].as_str()?));
        let mut chart = Chart::load(&path("tgz").unwrap(), &Silent).unwrap();
        let given = path("values").filter(|path| path.is_file());
        let given = given.map(|path| Values::read(&fs::read(path).unwrap(), "values").unwrap());
        let given = given.unwrap_or_default();
        let mut warnings = Vec::new();
        if chart.process_dependencies(&given, &mut warnings).is_err() {
            continue;
        }
        let Ok(values) = chart.coalesce(&given, &mut warnings) else { continue };
        add(&chart, values.table(), &mut cases);
    }
    cases
}

fn add(chart: &Chart, table: &Arc<Table>, cases: &mut Vec<Case>) {
    if let Some(schema) = &chart.schema {
        let schema = String::from_utf8(schema.data.to_vec()).unwrap();
        cases.push(Case { name: chart.name().to_owned(), schema, values: Arc::clone(table) });
    }
    for inner in &chart.dependencies {
        if let Some(Data::Map(table)) = table.get(inner.name()).map(|node| &node.data) {
            add(inner, table, cases);
        }
    }
}

#[test]
#[ignore = "takes a minute; needs the recorded charts"]
fn real_values_that_fit_are_surely_known_to() {
    let mut unknown = BTreeMap::new();
    let mut fitting = 0;
    for case in cases() {
        let answer = sure(&case.values, &case.schema);
        let whole =
            check(&case.values, case.schema.as_bytes(), &super::NoDocuments, &mut Vec::new());
        fitting += usize::from(whole.is_ok());
        if whole.is_ok() && answer != Ok(true) {
            *unknown.entry(case.name).or_insert(0) += 1;
        }
    }
    println!("{fitting} fit; not known: {unknown:?}");
    assert!(unknown.is_empty(), "of {fitting}: {unknown:?}");
}

#[test]
#[ignore = "takes many minutes; needs the recorded charts"]
fn real_schemas_with_random_changes_are_treated_as_by_the_whole_validator() {
    let cases = cases();
    let trees: Vec<(Value, Value)> = cases
        .iter()
        .map(|case| {
            (serde_json::from_str(&case.schema).unwrap(), instance::from_table(&case.values))
        })
        .collect();
    let parts = mutate::parts(trees.iter().flat_map(|(schema, values)| [schema, values]));
    let mut random = Random::new(2);
    let mut count = BTreeMap::new();
    for round in 0..20 {
        for (schema, values) in &trees {
            let (mut schema, mut values) = (schema.clone(), values.clone());
            for _ in 0..random.below(4) {
                random.change(&mut schema, &parts);
            }
            for _ in 0..random.below(3) {
                random.change(&mut values, &parts);
            }
            if values.is_object() {
                let values = self::values(&values.to_string());
                *count.entry(sure(values.table(), &schema.to_string()).ok()).or_insert(0) += 1;
            }
        }
        println!("{round}: {count:?}");
    }
}
