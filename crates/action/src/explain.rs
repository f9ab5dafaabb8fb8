mod excerpt;

use std::sync::Arc;

use rhumb_chart::{Chart, Values};
use rhumb_render::{Renderer, Request, World, nearest};
use rhumb_report::Diagnose as _;
use serde::{Deserialize, Serialize};

pub use excerpt::Excerpt;
use excerpt::Sources;

use crate::pull::ChartSource;
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
    /// If there is none: the name that is most like the one that is missing.
    pub nearest: Option<String>,
    /// Where templates read it, or something that it is in or that is in it.
    pub reads: Vec<Excerpt>,
}

/// What is known of a failed rendering besides its message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The place that failed.
    pub place: Option<Excerpt>,
    /// The actions that led there, the nearest first.
    pub callers: Vec<Excerpt>,
    /// The values that the place reads.
    pub values: Vec<ReadValue>,
    /// What may help.
    pub hints: Vec<String>,
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
    /// If there is none: the name that is most like the one that is missing.
    pub nearest: Option<String>,
}

pub(crate) async fn run(client: &Client, request: &ExplainValue) -> Result<ExplainedValue, Error> {
    let chart = request.source.load(client).await?;
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
    processed.map_err(|source| Error::Dependencies { source })?;
    let values = chart.coalesce(&user, &mut warnings)?;
    let reporter = Arc::clone(&client.reporter);
    let world = Arc::new(Machine { time: 0, enable_dns: false, reporter });
    let explained = Renderer::new(world).explain(&chart, &values, &request.path);
    let explained = explained.map_err(|error| template::told(&error, None))?;
    let sources = Sources { chart: &chart, files: &request.values.files };
    let found = look_up(&values, &request.path, &sources);
    let text = match explained.value {
        Some(node) => {
            let text = rhumb_yaml::print(&node.to_value(), rhumb_yaml::PrintLimits::default());
            let text = text.map_err(|source| Error::PrintYaml { source })?;
            Some(text.trim_end().to_owned())
        }
        None => None,
    };
    Ok(ExplainedValue {
        path: request.path.clone(),
        value: text,
        origin: found.origin,
        nearest: found.nearest,
        reads: explained.reads.iter().filter_map(|read| sources.excerpt(&read.span)).collect(),
    })
}

/// Gathers what is known of a failure.
pub(crate) fn failure(
    error: &rhumb_render::Error,
    request: &Request<'_>,
    files: &[(String, Vec<u8>)],
    world: Arc<dyn World>,
) -> Explained {
    let sources = Sources { chart: request.chart, files };
    let place = error.span().and_then(|span| sources.excerpt(span));
    let mut frames = error.frames();
    frames.pop();
    let callers = frames.iter().rev().filter_map(|frame| sources.excerpt(&frame.span)).collect();
    let mut values: Vec<ReadValue> = Vec::new();
    // Without a place in a template that can be parsed there is nothing that is read.
    if let (Some(place), Ok(all)) =
        (&place, Renderer::new(world).explain(request.chart, request.values, ""))
    {
        for read in all.reads.iter().filter(|read| *read.span.source == place.path) {
            let is_here = sources.excerpt(&read.span).is_some_and(|at| at.line == place.line);
            if is_here && !read.path.is_empty() && !values.iter().any(|one| one.path == read.path) {
                values.push(look_up(request.values, &read.path, &sources));
            }
        }
    }
    Explained { place, callers, values, hints: error.hints() }
}

/// Where a value was written, or what is like its name.
fn look_up(values: &Values, path: &str, sources: &Sources<'_>) -> ReadValue {
    let mut table = Arc::clone(values.table());
    let mut read = ReadValue { path: path.to_owned(), ..ReadValue::default() };
    let mut names = path.split('.').filter(|name| !name.is_empty()).peekable();
    while let Some(name) = names.next() {
        let Some(node) = table.get(name) else {
            let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
            read.nearest = nearest(name, keys.iter().map(String::as_str)).map(str::to_owned);
            return read;
        };
        if names.peek().is_none() {
            read.exists = true;
            let origin = node.origin.as_ref();
            read.origin = origin.and_then(|origin| sources.excerpt(&origin.span()));
            return read;
        }
        let Some(inner) = node.table() else { return read };
        let inner = Arc::clone(inner);
        table = inner;
    }
    read
}
