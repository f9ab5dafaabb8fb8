use rhumb_chart::Values;
use rhumb_chart::values::DisabledChart;
use rhumb_render::find_value;
use serde::{Deserialize, Serialize};

use super::{Excerpt, Sources};

/// What turns a chart off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedOff {
    /// Where the values of the chart would be, such as `db`.
    pub chart: String,
    /// The value that turns it off, such as `db.enabled` or `tags.storage`.
    pub switch: String,
    /// Where that was written.
    pub origin: Option<Excerpt>,
}

impl TurnedOff {
    /// What turns off the chart that the value at a path belongs to, if it is off.
    pub(super) fn of(path: &str, values: &Values, sources: &Sources<'_>) -> Option<Self> {
        let is_in = |one: &&DisabledChart| inside(path, &one.place).is_some();
        let DisabledChart { place, switch, chart } = sources.disabled.iter().find(is_in)?;
        // If the chart says so itself, that is gone with the other values of it.
        let own = || find_value(chart.values.as_ref()?, inside(switch, place)?).value();
        let node = find_value(values, switch).value().or_else(own);
        let origin = node.and_then(|node| sources.origin(node));
        Some(Self { chart: place.clone(), switch: switch.clone(), origin })
    }
}

/// What is left of a path below another one.
fn inside<'p>(path: &'p str, place: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(place)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
}
