mod sarif;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rhumb_lint::{Outcome, Request};
use rhumb_render::World;
use rhumb_report::Span;
use serde::{Deserialize, Serialize};

use crate::template::{self, GivenValues, Machine, SchemaDocuments};
use crate::{Client, Error, Excerpt};

/// Charts to examine.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Lint {
    /// Folders and archives of charts.
    pub charts: Vec<PathBuf>,
    /// The namespace of the release that is made up.
    pub namespace: String,
    /// The user's values.
    pub values: GivenValues,
    /// The version of Kubernetes; empty for the newest that is known.
    pub kube_version: String,
    /// Whether charts within are examined, too.
    pub with_subcharts: bool,
    /// Whether values need not fit the chart's schemas.
    pub skip_schema_validation: bool,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// The time that templates see, in seconds since 1970.
    pub time: i64,
}

/// What was found, chart by chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Linted {
    /// The charts in the order in which they were given, then those within.
    pub charts: Vec<LintedChart>,
}

/// What was found in one chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintedChart {
    /// The chart.
    pub path: PathBuf,
    /// Whether something is wrong enough to fail.
    pub failed: bool,
    /// What the rules found, in Helm's order.
    pub messages: Vec<LintMessage>,
    /// Why it could not be examined at all.
    pub error: Option<String>,
}

/// One thing that a rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintMessage {
    /// The rule's id, such as `chart-name`.
    pub rule: String,
    /// `INFO`, `WARNING` or `ERROR`.
    pub severity: String,
    /// The file within the chart, or the chart.
    pub path: String,
    /// Helm's text.
    pub text: String,
    /// The place that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Excerpt>,
}

impl LintMessage {
    /// Whether it is more than worth knowing.
    pub fn matters(&self) -> bool {
        self.severity != rhumb_lint::Severity::Info.name()
    }
}

pub(crate) fn run(client: &Client, request: &Lint) -> Result<Linted, Error> {
    let kube_version = template::kube_version(&request.kube_version)?;
    let values = template::user_values(&request.values)?;
    let lint = Request {
        values: &values,
        namespace: &request.namespace,
        kube_version: &kube_version,
        skip_schema: request.skip_schema_validation,
        schemas: &SchemaDocuments(&client.registry),
        reporter: &*client.reporter,
    };
    let world: Arc<dyn World> = Arc::new(Machine {
        time: request.time,
        enable_dns: false,
        variables: BTreeMap::new(),
        reporter: Arc::clone(&client.reporter),
    });
    let mut paths = request.charts.clone();
    if request.with_subcharts {
        paths.extend(request.charts.iter().flat_map(|chart| rhumb_lint::subcharts(chart)));
    }
    let mut charts = Vec::new();
    let mut values = values.clone();
    for path in paths {
        let lint = Request { values: &values, ..lint };
        let mut outcome = rhumb_lint::lint(&path, &lint, &world);
        values = std::mem::take(&mut outcome.values);
        charts.push(linted(outcome, path, request));
    }
    Ok(Linted { charts })
}

fn linted(outcome: Outcome, path: PathBuf, request: &Lint) -> LintedChart {
    let failed = outcome.fails(request.strict);
    let Outcome { messages, error, sources, .. } = outcome;
    let place = |span: &Span| match sources.get(&span.source) {
        Some(text) => {
            let path = path.join(&*span.source);
            Some(Excerpt::new(&path.to_string_lossy(), &String::from_utf8_lossy(text), span))
        }
        None => given(span, &request.values),
    };
    let message = |message: rhumb_lint::Message| LintMessage {
        place: message.span.as_ref().and_then(place),
        rule: message.rule.to_owned(),
        severity: message.severity.name().to_owned(),
        path: message.path,
        text: message.text,
    };
    let messages = messages.into_iter().map(message).collect();
    LintedChart { path, failed, messages, error }
}

/// The line of a span in what the user gives.
fn given(span: &Span, values: &GivenValues) -> Option<Excerpt> {
    let source = &*span.source;
    if source.starts_with("--") {
        return Some(Excerpt::new(source, source, span));
    }
    let (_, text) = values.files.iter().find(|(name, _)| name == source)?;
    Some(Excerpt::new(source, &String::from_utf8_lossy(text), span))
}
