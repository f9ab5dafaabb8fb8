mod excerpt;
pub(crate) mod failure;
mod sources;
mod turned_off;

use std::collections::BTreeMap;
use std::sync::Arc;

use rhumb_chart::values::Data;
use rhumb_chart::{Chart, Values};
use rhumb_render::{Found, Renderer, find_value};
use serde::{Deserialize, Serialize};

pub use excerpt::Excerpt;
use sources::Sources;
pub use turned_off::TurnedOff;

use crate::chart_source::ChartSource;
use crate::template::{self, GivenValues, Machine};
use crate::{Client, Error, blocking};

/// A value to explain.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExplainValue {
    /// The chart.
    pub source: ChartSource,
    /// The value's path, such as `image.tag`.
    pub path: String,
    /// The user's values.
    pub values: GivenValues,
}

/// What is known of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainedValue {
    /// The path that was asked for.
    pub path: String,
    /// The value as YAML; nothing if there is none.
    pub value: Option<String>,
    /// Where it was written.
    pub origin: Option<Excerpt>,
    /// If there is none: the path that is most like it.
    pub nearest: Option<String>,
    /// If there is none: the `null` of the user that took it away.
    pub removed_by: Option<Excerpt>,
    /// If there is none: what turns off the chart that it belongs to.
    pub turned_off: Option<TurnedOff>,
    /// Where templates read it, or something that it is in or that is in it.
    pub reads: Vec<ReadPlace>,
}

/// A place that reads a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPlace {
    /// The path of what is read there; a `*` stands for each item of a list or map.
    pub value: String,
    /// The place.
    #[serde(flatten)]
    pub place: Excerpt,
}

/// What is known of a failure besides its message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The place that failed.
    pub place: Option<Excerpt>,
    /// If that is in a rendered text: the line of the template that most likely made it.
    pub made_by: Option<Excerpt>,
    /// The actions that led there, the nearest first.
    pub callers: Vec<Caller>,
    /// The values that these read, or that are wrong.
    pub values: Vec<ReadValue>,
    /// What may help.
    pub hints: Vec<String>,
}

/// An action that called a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The name of the template that it called, if that is not its file.
    pub template: Option<String>,
    /// The action.
    pub place: Excerpt,
}

/// A value that a template reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadValue {
    /// Its path, such as `image.tag`.
    pub path: String,
    /// Whether there is such a value.
    pub exists: bool,
    /// Where it was written, if that is known.
    pub origin: Option<Excerpt>,
    /// If there is none: the path that is most like it.
    pub nearest: Option<String>,
    /// If there is none: how much of the path there is, and where that was written.
    pub parent: Option<(String, Excerpt)>,
    /// If there is none: what turns off the chart that it belongs to.
    pub turned_off: Option<TurnedOff>,
}

pub(crate) async fn run(client: &Client, request: &ExplainValue) -> Result<ExplainedValue, Error> {
    let chart = request.source.load(client).await;
    let chart = chart.map_err(|error| failure::loading(error, &request.source.chart))?;
    let (request, client) = (request.clone(), client.clone());
    blocking::run(move || value(chart, &request, &client)).await
}

fn value(
    mut chart: Chart,
    request: &ExplainValue,
    client: &Client,
) -> Result<ExplainedValue, Error> {
    let user = template::user_values(&request.values)?;
    let mut warnings = Vec::new();
    let processed = chart.process_dependencies(&user, &mut warnings);
    let disabled = processed.map_err(|source| Error::Dependencies { source })?;
    let values = chart.coalesce(&user, &mut warnings)?;
    let reporter = Arc::clone(&client.reporter);
    let world =
        Arc::new(Machine { time: 0, enable_dns: false, variables: BTreeMap::new(), reporter });
    let explained = Renderer::new(world).explain(&chart, &values, &request.path);
    let explained = explained.map_err(|error| template::told(&error))?;
    let sources =
        Sources { chart: Some(&chart), files: &request.values.files, disabled: &disabled };
    let found = look_up(&values, &request.path, &sources);
    let text = match explained.value {
        Some(node) => {
            let text = rhumb_yaml::print(&node.to_value(), rhumb_yaml::PrintLimits::default());
            let text = text.map_err(|source| Error::PrintYaml { source })?;
            Some(text.trim_end().to_owned())
        }
        None => None,
    };
    let reads = explained.reads.into_iter().filter_map(|read| {
        let place = sources.excerpt(&read.span)?;
        Some(ReadPlace { value: read.path, place })
    });
    Ok(ExplainedValue {
        path: request.path.clone(),
        value: text,
        origin: found.origin,
        nearest: found.nearest,
        turned_off: found.turned_off,
        removed_by: removed_by(&user, &request.path, &sources).filter(|_| !found.exists),
        reads: reads.collect(),
    })
}

/// Where the user took a value away, or something that it would be in.
fn removed_by(user: &Values, path: &str, sources: &Sources<'_>) -> Option<Excerpt> {
    let ends = path.char_indices().filter(|(_, char)| *char == '.').map(|(at, _)| at);
    let paths = ends.chain([path.len()]).map(|end| &path[..end]);
    let mut nulls = paths
        .filter_map(|path| find_value(user, path).value())
        .filter(|node| matches!(node.data, Data::Null));
    let origin = nulls.find_map(|node| node.origin.as_ref())?;
    sources.excerpt(&origin.span())
}

/// Where a value was written, or what is like its path.
fn look_up(values: &Values, path: &str, sources: &Sources<'_>) -> ReadValue {
    let read = ReadValue { path: path.to_owned(), ..ReadValue::default() };
    match find_value(values, path) {
        Found::Missing { nearest, parent } => {
            let parent = parent.and_then(|(path, node)| Some((path, sources.origin(node)?)));
            let turned_off = TurnedOff::of(path, values, sources);
            ReadValue { nearest, parent, turned_off, ..read }
        }
        Found::Value(node) => ReadValue { exists: true, origin: sources.origin(node), ..read },
    }
}
