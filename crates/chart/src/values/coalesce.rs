//! How the values of a chart, of the charts in it and of the user become one tree.

use std::sync::Arc;

use super::live::{Live, Look};
use super::node::{Data, Node, Table};
use super::{CoalesceError, Values};
use crate::quote::quote;
use crate::{Chart, log_line};

const GLOBAL: &str = "global";

impl Chart {
    /// Puts the defaults of this chart and of the charts in it under the user's values. `null` of
    /// the user removes a default. Warnings, in Helm's words, are added to `warnings`.
    ///
    /// # Errors
    ///
    /// If the place of a chart in it is taken by something that is no map.
    pub fn coalesce(
        &self,
        user: &Values,
        warnings: &mut Vec<String>,
    ) -> Result<Values, CoalesceError> {
        coalesce(self, user.table(), Mode::Coalesce, warnings).map(|live| live.freeze(true).into())
    }
}

/// What happens with `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It removes what it covers.
    Coalesce,
    /// It stays, for a later step to see.
    Merge,
}

pub(super) fn coalesce(
    chart: &Chart,
    user: &Table,
    mode: Mode,
    warnings: &mut Vec<String>,
) -> Result<Live, CoalesceError> {
    let live = Live::copy(user);
    let mut work = Coalesce { warnings };
    work.chart(chart, &live, "", mode)?;
    Ok(live)
}

/// Puts the entries of `under` into `over`, whose own win, and keeps `null`.
pub(super) fn merge_tables(over: &Live, under: &Live, warnings: &mut Vec<String>) {
    Coalesce { warnings }.live_tables(over, under, "");
}

struct Coalesce<'a> {
    warnings: &'a mut Vec<String>,
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

impl Coalesce<'_> {
    fn warn(&mut self, warning: &str) {
        let warning = log_line("INFO", warning, &[]);
        // Helm repeats itself, since it does this work several times over.
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn chart(
        &mut self,
        chart: &Chart,
        values: &Live,
        prefix: &str,
        mode: Mode,
    ) -> Result<(), CoalesceError> {
        let prefix = join(prefix, chart.name());
        if let Some(defaults) = &chart.values {
            self.defaults(chart, values, defaults.table(), (&prefix, mode));
        }
        for inner in chart.dependencies() {
            let name = inner.name();
            let place = match values.get(name) {
                None => {
                    let place = Live::default();
                    values.set(name, place.clone());
                    place
                }
                Some(item) => values.table(name).ok_or_else(|| CoalesceError::TypeMismatch {
                    name: name.to_owned(),
                    found: print_as_bool(&item.node()),
                })?,
            };
            self.globals(&place, values, &prefix);
            self.chart(inner, &place, &prefix, mode)?;
        }
        Ok(())
    }

    /// Puts a chart's defaults under its values.
    fn defaults(&mut self, chart: &Chart, values: &Live, defaults: &Table, at: (&str, Mode)) {
        let (prefix, mode) = at;
        for (key, default) in defaults.entries() {
            match values.look(key) {
                Look::Missing => {
                    if let Some(node) = kept(default, mode) {
                        values.set(Arc::clone(key), node);
                    }
                    continue;
                }
                Look::Null if mode == Mode::Coalesce => values.remove(key),
                _ => {}
            }
            let Some(value) = values.table(key) else { continue };
            let Data::Map(table) = &default.data else {
                self.skipped(prefix, key, default);
                continue;
            };
            // Values meant for a chart within are looked at again when its turn comes.
            let is_chart = chart.dependencies().iter().any(|inner| inner.name() == &**key);
            let mode = if is_chart { Mode::Merge } else { mode };
            self.tables(&value, table, &join(prefix, key), mode);
        }
    }

    /// Puts a table of defaults, which nobody else sees, under `over`.
    fn tables(&mut self, over: &Live, under: &Table, prefix: &str, mode: Mode) {
        for (key, default) in under.entries() {
            match (over.look(key), &default.data) {
                (Look::Missing, _) => {
                    if let Some(default) = kept(default, mode) {
                        over.set(Arc::clone(key), default);
                    }
                }
                (_, Data::Null) => {}
                (Look::Null, _) => {
                    if mode == Mode::Coalesce {
                        over.remove(key);
                    }
                }
                (Look::Table, Data::Map(default)) => {
                    if let Some(value) = over.table(key) {
                        self.tables(&value, default, &join(prefix, key), mode);
                    }
                }
                (Look::Table, _) => self.ignored(&join(prefix, key), default),
                (Look::Other, Data::Map(_)) => {
                    let shown = kept(default, mode).unwrap_or_default();
                    self.kept_scalar(&join(prefix, key), &shown);
                }
                (Look::Other, _) => {}
            }
        }
    }

    /// Puts the entries of `under` into `over` and keeps `null`. What is taken over becomes part
    /// of both.
    fn live_tables(&mut self, over: &Live, under: &Live, prefix: &str) {
        for key in over.null_keys() {
            under.set(key, Node::default());
        }
        for key in under.keys() {
            let inner = under.table(&key);
            let Some(default) = under.get(&key) else { continue };
            let Some(value) = over.get(&key) else {
                over.set(key, default);
                continue;
            };
            let name = join(prefix, &key);
            match (over.table(&key), inner) {
                (Some(value), Some(default)) => self.live_tables(&value, &default, &name),
                (None, Some(_)) if value.is_null() => {}
                (None, Some(_)) => self.kept_scalar(&name, &default.node()),
                (Some(_), None) if !default.is_null() => self.ignored(&name, &default.node()),
                (_, None) => {}
            }
        }
    }

    fn skipped(&mut self, prefix: &str, key: &str, default: &Node) {
        if !default.is_null() {
            self.warn(&format!("warning: skipped value for {prefix}.{key}: Not a table."));
        }
    }

    fn kept_scalar(&mut self, name: &str, table: &Node) {
        self.warn(&format!("warning: cannot overwrite table with non table for {name} ({table})"));
    }

    fn ignored(&mut self, name: &str, value: &Node) {
        self.warn(&format!(
            "warning: destination for {name} is a table. Ignoring non-table value ({value})"
        ));
    }

    /// Puts the globals of `above` into those of the chart whose values are `place`.
    fn globals(&mut self, place: &Live, above: &Live, prefix: &str) {
        let Some(own) = globals_of(place) else {
            return self.warn(&format!(
                "warning: skipping globals because destination {GLOBAL} is not a table."
            ));
        };
        let Some(given) = globals_of(above) else {
            return self.warn(&format!(
                "warning: skipping globals because source {GLOBAL} is not a table."
            ));
        };
        for key in given.keys() {
            let Some(table) = given.table(&key) else {
                if own.get(&key).is_some_and(|item| item.is_table()) {
                    self.warn(&format!("key {key} is table. Skipping"));
                } else if let Some(item) = given.get(&key) {
                    own.set(key, item);
                }
                continue;
            };
            let copy = table.shallow_copy();
            if let Some(own) = own.table(&key) {
                self.live_tables(&copy, &own, &join(prefix, &key));
            } else if own.contains(&key) {
                let key = quote(&key);
                self.warn(&format!("Conflict: cannot merge map onto non-map for {key}. Skipping."));
                continue;
            }
            own.set(key, copy);
        }
        place.set(GLOBAL, own);
    }
}

/// The globals in a map of values, new ones if it has none; nothing if they are no map.
fn globals_of(values: &Live) -> Option<Live> {
    if values.contains(GLOBAL) { values.table(GLOBAL) } else { Some(Live::default()) }
}

/// What of a default is used where nothing covers it: without `null`, unless that is kept.
fn kept(default: &Node, mode: Mode) -> Option<Node> {
    match (mode, &default.data) {
        (Mode::Coalesce, Data::Null) => None,
        (Mode::Coalesce, Data::Map(table)) if has_null(table) => {
            Some(Node { data: Data::Map(Arc::new(without_null(table))), ..default.clone() })
        }
        _ => Some(default.clone()),
    }
}

fn has_null(table: &Table) -> bool {
    table.iter().any(|(_, node)| match &node.data {
        Data::Null => true,
        Data::Map(table) => has_null(table),
        _ => false,
    })
}

fn without_null(table: &Table) -> Table {
    let entries = table.entries().iter();
    entries.filter_map(|(key, node)| Some((Arc::clone(key), kept(node, Mode::Coalesce)?))).collect()
}

/// What Go prints where a truth value is asked for and something else is there.
fn print_as_bool(node: &Node) -> String {
    let printed = rhumb_value::format::sprintf(b"%t", &[node.to_value()]);
    String::from_utf8_lossy(&printed.unwrap_or_default()).into_owned()
}

impl From<Live> for Values {
    fn from(live: Live) -> Self {
        live.freeze(false).into()
    }
}
