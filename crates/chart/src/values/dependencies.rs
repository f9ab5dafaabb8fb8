//! Which charts within a chart take part, and what it takes over from their values.

use std::collections::{BTreeMap, BTreeSet};

use rhumb_semver::{Constraint, Version};

use super::coalesce::{Mode, coalesce, merge_tables};
use super::live::Live;
use super::node::{Data, Node, Table};
use super::{CoalesceError, Values};
use crate::quote::quote;
use crate::{Chart, Dependency, log_line};

/// A chart in a chart that a condition or a tag turns off.
#[derive(Clone, Debug)]
pub struct DisabledChart {
    /// Where its values would be, such as `db`, or `web.db` if it is in a chart within.
    pub place: String,
    /// The path of the value that turns it off, such as `db.enabled` or `tags.storage`.
    pub switch: String,
    /// The chart.
    pub chart: Chart,
}

impl Chart {
    /// Removes the charts that tags and conditions turn off, gives those with an alias their
    /// name, and takes values over by `import-values`, in this chart and all in it. Gives the
    /// charts that it removed. Warnings, in Helm's words, are added to `warnings`.
    ///
    /// A chart whose metadata lists no dependencies keeps all its charts as they are.
    ///
    /// # Errors
    ///
    /// If the place of a chart in it is taken by something that is no map.
    pub fn process_dependencies(
        &mut self,
        user: &Values,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<DisabledChart>, CoalesceError> {
        let mut disabled = Vec::new();
        enable(self, (user.table(), ""), &mut disabled, warnings)?;
        import(self, warnings)?;
        Ok(disabled)
    }
}

/// The charts that a dependency may mean: of its name, and in its range; what is no version or no
/// range never is.
fn matching(dependency: &Dependency, charts: &[Chart]) -> Vec<usize> {
    let named = |(at, chart): (usize, &Chart)| (chart.name() == dependency.name).then_some(at);
    let mut found: Vec<_> = charts.iter().enumerate().filter_map(named).collect();
    if !found.is_empty() {
        let range = Constraint::parse(&dependency.version).ok();
        found.retain(|at| match (Version::parse(&charts[*at].metadata.version), &range) {
            (Ok(version), Some(range)) => range.check(&version),
            _ => false,
        });
    }
    found
}

fn enable(
    chart: &mut Chart,
    (values, path): (&Table, &str),
    disabled: &mut Vec<DisabledChart>,
    warnings: &mut Vec<String>,
) -> Result<(), CoalesceError> {
    let Some(mut wanted) = chart.metadata.dependencies.take() else { return Ok(()) };
    resolve_aliases(chart, &mut wanted);
    let values = coalesce(chart, values, Mode::Coalesce, warnings)?;
    let by_tags = |one| tag_that_is_off(one, &values, warnings);
    let mut switches: Vec<_> = wanted.iter().map(by_tags).collect();
    for (dependency, switch) in wanted.iter_mut().zip(&mut switches) {
        if let Some((enabled, by)) = condition(dependency, &values, path, warnings) {
            *switch = (!enabled).then_some(by);
        }
        dependency.enabled = switch.is_none();
    }
    let named = |(one, switch): (&Dependency, Option<String>)| Some((one.name.clone(), switch?));
    let off: BTreeMap<_, _> = wanted.iter().zip(switches).filter_map(named).collect();
    if !off.is_empty() {
        let is_off = |inner: &mut Chart| off.contains_key(inner.name());
        let removed = chart.dependencies.extract_if(.., is_off);
        disabled.extend(removed.map(|chart| DisabledChart {
            place: format!("{path}{}", chart.name()),
            switch: off.get(chart.name()).cloned().unwrap_or_default(),
            chart,
        }));
        wanted.retain(|one| !off.contains_key(&one.name));
    }
    // Most have no dependencies, and then nobody asks for the values.
    let nested = chart.dependencies.iter_mut();
    let mut nested = nested.filter(|inner| inner.metadata.dependencies.is_some()).peekable();
    if nested.peek().is_some() {
        let values = values.freeze(false);
        for inner in nested {
            let path = format!("{path}{}.", inner.metadata.name);
            enable(inner, (&values, &path), disabled, warnings)?;
        }
    }
    chart.metadata.dependencies = Some(wanted).filter(|wanted| !wanted.is_empty());
    Ok(())
}

/// Puts the charts in the order of the list of dependencies, behind those that it does not have,
/// each under its alias.
fn resolve_aliases(chart: &mut Chart, wanted: &mut [Dependency]) {
    let matches: Vec<_> = wanted.iter().map(|one| matching(one, &chart.dependencies)).collect();
    let places: Vec<_> = matches.iter().map(|found| found.first().copied()).collect();
    let meant: BTreeSet<_> = matches.into_iter().flatten().collect();
    let mut found: Vec<_> = std::mem::take(&mut chart.dependencies).into_iter().map(Some).collect();
    let others = found.iter_mut().enumerate().filter(|(at, _)| !meant.contains(at));
    chart.dependencies = others.filter_map(|(_, inner)| inner.take()).collect();
    for (i, dependency) in wanted.iter_mut().enumerate() {
        let place = places[i].and_then(|place| {
            let is_last = !places[i + 1..].contains(&Some(place));
            if is_last { found[place].take() } else { found[place].clone() }
        });
        if let Some(mut inner) = place {
            dependency.place().clone_into(&mut inner.metadata.name);
            chart.dependencies.push(inner);
        }
        if !dependency.alias.is_empty() {
            dependency.name.clone_from(&dependency.alias);
        }
    }
}

/// The path of the first tag that is off, if none is on.
fn tag_that_is_off(
    dependency: &Dependency,
    values: &Live,
    warnings: &mut Vec<String>,
) -> Option<String> {
    let (mut some_on, mut off) = (false, None);
    for tag in &dependency.tags {
        let Some(value) = values.get("tags").and_then(|tags| tags.get(tag)) else { continue };
        match value.as_bool() {
            Some(true) => some_on = true,
            Some(false) => off = off.or_else(|| Some(format!("tags.{tag}"))),
            None => warnings.push(no_bool("tag", tag, dependency)),
        }
    }
    off.filter(|_| !some_on)
}

/// What the first of its conditions that is there decides, if one is, and the path of that.
fn condition(
    dependency: &Dependency,
    values: &Live,
    path: &str,
    warnings: &mut Vec<String>,
) -> Option<(bool, String)> {
    let conditions = dependency.condition.trim().split(',').filter(|part| !part.is_empty());
    for condition in conditions {
        let place = format!("{path}{condition}");
        let value = values.at(&place);
        let Some(value) = value.filter(|value| !value.is_table()) else { continue };
        if let Some(enabled) = value.as_bool() {
            return Some((enabled, place));
        }
        warnings.push(no_bool("path", condition, dependency));
    }
    None
}

fn no_bool(key: &str, name: &str, dependency: &Dependency) -> String {
    let pairs = [(key, name), ("chart", dependency.name.as_str())];
    log_line("WARN", "returned non-bool value", &pairs)
}

fn missing_table(dependency: &Dependency, import: &Node, key: &str) -> String {
    let error = format!("{} is not a table", quote(key));
    if matches!(import.data, Data::Text(_)) {
        return log_line("WARN", "ImportValues missing table", &[("error", &error)]);
    }
    let pairs = [("chart", dependency.name.as_str()), ("error", &error)];
    log_line("WARN", "ImportValues missing table from chart", &pairs)
}

/// Takes values over, from the inside out.
fn import(chart: &mut Chart, warnings: &mut Vec<String>) -> Result<(), CoalesceError> {
    for inner in &mut chart.dependencies {
        import(inner, warnings)?;
    }
    let Some(mut wanted) = chart.metadata.dependencies.take() else { return Ok(()) };
    let values = coalesce(chart, &Table::default(), Mode::Merge, warnings)?;
    let imported = Live::default();
    for dependency in &mut wanted {
        let mut imports = Vec::new();
        for import in &dependency.import_values {
            let Some((child, parent)) = parse_import(import) else { continue };
            match values.table_at(&format!("{}.{child}", dependency.name)) {
                Ok(table) => merge_tables(&imported, &nest(&parent, table), warnings),
                Err(key) => warnings.push(missing_table(dependency, import, key)),
            }
            let pair = [("child", child), ("parent", parent)];
            let pair = pair.into_iter().map(|(key, text)| (key.into(), Node::text(&text)));
            imports.push(Node::from(pair.collect::<Table>()));
        }
        dependency.import_values = imports;
    }
    chart.metadata.dependencies = Some(wanted);
    let mut values = values.freeze(false);
    if !imported.is_empty() {
        let live = Live::copy(&values);
        merge_tables(&live, &imported, warnings);
        values = live.freeze(false);
    }
    chart.values = Some(values.into());
    Ok(())
}

/// Where in the child an import starts and where in the parent it goes.
fn parse_import(import: &Node) -> Option<(String, String)> {
    match &import.data {
        Data::Map(table) => {
            let end = |key| table.get(key).cloned().unwrap_or_default().to_string();
            Some((end("child"), end("parent")))
        }
        Data::Text(_) => Some((format!("exports.{import}"), ".".to_owned())),
        _ => None,
    }
}

/// Puts a map at a path.
fn nest(path: &str, table: Live) -> Live {
    if path == "." {
        return table;
    }
    path.rsplit('.').fold(table, |inner, key| {
        let outer = Live::default();
        outer.set(key, inner);
        outer
    })
}
