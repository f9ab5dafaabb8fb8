//! How the values of a chart, of the charts in it and of the user become one tree.

mod slot;

use std::fmt;
use std::sync::Arc;

use super::live::{Changes, Item, Live};
use super::node::{Data, Node, Table};
use super::{CoalesceError, Values};
use crate::quote::quote;
use crate::{Chart, log_line};
use slot::{Look, Slot, join};

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

impl Values {
    /// These values over defaults, of which `null` here removes what it covers and `null` there
    /// stays. Warnings, in Helm's words, are added to `warnings`.
    #[must_use]
    pub fn over(&self, defaults: &Self, warnings: &mut Vec<String>) -> Self {
        let live = Live::copy(self.table());
        let nowhere = Place { above: None, name: "" };
        let mut work = Coalesce { warnings };
        let changes = work.defaults(&live.entries(), defaults.table(), (nowhere, Mode::Cover));
        live.change(changes);
        live.into()
    }

    /// The same values, but with the maps of others where both have one.
    #[must_use]
    pub fn with_maps_of(&self, others: &Self) -> Self {
        let maps = self.table().entries().iter().map(|(key, own)| {
            let other = others.table().get(key).filter(|_| matches!(own.data, Data::Map(_)));
            (Arc::clone(key), other.unwrap_or(own).clone())
        });
        maps.collect::<Table>().into()
    }
}

/// What happens with `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It removes what it covers, and is no default itself.
    Coalesce,
    /// It removes what it covers, and stays as a default.
    Cover,
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
    work.chart(chart, &live, None, mode)?;
    Ok(live)
}

/// Puts the entries of `under` into `over`, whose own win, and keeps `null`.
pub(super) fn merge_tables(over: &Live, under: &Live, warnings: &mut Vec<String>) {
    Coalesce { warnings }.live_tables(over, under, None);
}

/// Where something is, as warnings name it: `web.service`.
#[derive(Clone, Copy)]
struct Place<'p> {
    above: Option<&'p Self>,
    name: &'p str,
}

impl Place<'_> {
    fn is_top(&self) -> bool {
        self.name.is_empty() && self.above.is_none_or(Self::is_top)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above.filter(|above| !above.is_top()) {
            write!(f, "{above}.")?;
        }
        f.write_str(self.name)
    }
}

struct Coalesce<'a> {
    warnings: &'a mut Vec<String>,
}

impl Coalesce<'_> {
    fn warn(&mut self, warning: &str) {
        self.warnings.push(log_line("INFO", warning, &[]));
    }

    fn chart(
        &mut self,
        chart: &Chart,
        values: &Live,
        above: Option<&Place<'_>>,
        mode: Mode,
    ) -> Result<(), CoalesceError> {
        let here = Place { above, name: chart.name() };
        if let Some(defaults) = &chart.values {
            let changes =
                self.chart_defaults(chart, &values.entries(), defaults.table(), (here, mode));
            values.change(changes);
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
            self.globals(&place, values, here);
            self.chart(inner, &place, Some(&here), mode)?;
        }
        Ok(())
    }

    /// What putting a chart's defaults under its values changes in them.
    fn chart_defaults(
        &mut self,
        chart: &Chart,
        values: &[(Arc<str>, Item)],
        defaults: &Table,
        (here, mode): (Place<'_>, Mode),
    ) -> Changes<Item> {
        let mut changes = Changes::new();
        for (key, default, (at, value)) in join(values, defaults) {
            let Some(value) = value else {
                if let Some(default) = kept(default, mode) {
                    changes.add(at, key, default);
                }
                continue;
            };
            match (value.look(), &default.data) {
                (Look::Null, _) if mode == Mode::Coalesce => changes.remove(at),
                (Look::Table, Data::Map(table)) => {
                    // Values meant for a chart within are looked at again when its turn comes.
                    let is_chart = chart.dependencies().iter().any(|inner| inner.name() == &**key);
                    let mode = if is_chart { Mode::Merge } else { mode };
                    let place = Place { above: Some(&here), name: key };
                    if let Some(merged) = value.merge(self, table, (place, mode)) {
                        changes.replace(at, merged);
                    }
                }
                (Look::Table, _) => self.skipped(here, key, default),
                _ => {}
            }
        }
        changes
    }

    /// What putting a table of defaults, which nobody else sees, under a map changes in it.
    fn defaults<T: Slot>(
        &mut self,
        over: &[(Arc<str>, T)],
        under: &Table,
        (here, mode): (Place<'_>, Mode),
    ) -> Changes<T> {
        let mut changes = Changes::new();
        for (key, default, (at, value)) in join(over, under) {
            let Some(value) = value else {
                if let Some(default) = kept(default, mode) {
                    changes.add(at, key, default);
                }
                continue;
            };
            let place = Place { above: Some(&here), name: key };
            match (value.look(), &default.data) {
                (_, Data::Null) => {}
                (Look::Null, _) if mode != Mode::Merge => changes.remove(at),
                (Look::Table, Data::Map(table)) => {
                    if let Some(merged) = value.merge(self, table, (place, mode)) {
                        changes.replace(at, merged);
                    }
                }
                (Look::Table, _) => self.ignored(place, default),
                (Look::Other, Data::Map(_)) => {
                    let shown = kept(default, mode).unwrap_or_default();
                    self.kept_scalar(place, &shown);
                }
                (Look::Null | Look::Other, _) => {}
            }
        }
        changes
    }

    /// Puts the entries of `under` into `over` and keeps `null`. What is taken over becomes part
    /// of both.
    fn live_tables(&mut self, over: &Live, under: &Live, here: Option<&Place<'_>>) {
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
            let place = Place { above: here, name: &key };
            match (over.table(&key), inner) {
                (Some(value), Some(default)) => self.live_tables(&value, &default, Some(&place)),
                (None, Some(_)) if value.is_null() => {}
                (None, Some(_)) => self.kept_scalar(place, &default.node()),
                (Some(_), None) if !default.is_null() => self.ignored(place, &default.node()),
                (_, None) => {}
            }
        }
    }

    fn skipped(&mut self, here: Place<'_>, key: &str, default: &Node) {
        if !default.is_null() {
            self.warn(&format!("warning: skipped value for {here}.{key}: Not a table."));
        }
    }

    fn kept_scalar(&mut self, place: Place<'_>, table: &Node) {
        self.warn(&format!("warning: cannot overwrite table with non table for {place} ({table})"));
    }

    fn ignored(&mut self, place: Place<'_>, value: &Node) {
        self.warn(&format!(
            "warning: destination for {place} is a table. Ignoring non-table value ({value})"
        ));
    }

    /// Puts the globals of `above` into those of the chart whose values are `place`.
    fn globals(&mut self, place: &Live, above: &Live, here: Place<'_>) {
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
                let place = Place { above: Some(&here), name: &key };
                self.live_tables(&copy, &own, Some(&place));
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
        (Mode::Coalesce, Data::Map(table)) if table.has_null() => {
            Some(Node { data: Data::Map(Arc::new(without_null(table))), ..default.clone() })
        }
        _ => Some(default.clone()),
    }
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
