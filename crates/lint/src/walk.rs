mod templates;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::values::Node;
use rhumb_chart::{Chart, File, LoadError, Metadata, Values};
use rhumb_render::World;
use rhumb_report::{Diagnose as _, Span};

use crate::document::objects;
use crate::finding::Finding;
use crate::rule::{ChartFile, Check, Loaded, TABLE, bytes, get};
use crate::subject::{Kind, Subject};
use crate::{Message, Outcome, Request};

const CHART_FILE: &str = "Chart.yaml";
const VALUES_FILE: &str = "values.yaml";
const CRDS: &str = "crds/";

/// Applies the rules to one chart, in Helm's order.
pub(crate) struct Walk<'r> {
    subject: Subject,
    request: &'r Request<'r>,
    /// The values over those of the chart, with what Helm has put into them on the way.
    user: Values,
    chart_file: Option<ChartFile>,
    messages: Vec<Message>,
    sources: BTreeMap<Arc<str>, Bytes>,
}

impl<'r> Walk<'r> {
    pub(crate) fn new(subject: Subject, request: &'r Request<'r>) -> Self {
        let (messages, sources) = (Vec::new(), BTreeMap::new());
        Self { subject, request, user: request.values.clone(), chart_file: None, messages, sources }
    }

    pub(crate) fn run(mut self, world: &Arc<dyn World>) -> Outcome {
        self.chart_file();
        self.values();
        self.templates(world);
        self.dependencies();
        self.crds();
        Outcome { messages: self.messages, error: None, sources: self.sources, values: self.user }
    }

    /// Adds a message about a file as such.
    fn report(&mut self, rule: &str, path: &str, text: impl Into<String>) {
        self.report_at(rule, path, text, None);
    }

    /// Adds a message about a place.
    fn report_at(&mut self, rule: &str, path: &str, text: impl Into<String>, span: Option<Span>) {
        let Some(rule) = get(rule) else { return };
        if let Some(Span { source, .. }) = &span
            && !self.sources.contains_key(source)
            && let Ok(text) = self.subject.read(source)
        {
            self.sources.insert(Arc::clone(source), text);
        }
        let (path, text) = (path.to_owned(), text.into());
        self.messages.push(Message { rule: rule.id, severity: rule.severity, path, text, span });
    }

    /// Applies each rule that `apply` can be asked about; its places are made spans by `place`.
    fn apply(
        &mut self,
        path: &str,
        apply: impl Fn(&Check) -> Option<Finding>,
        place: impl Fn(Range<usize>) -> Option<Span>,
    ) {
        for rule in TABLE {
            if let Some(Finding { text, at }) = apply(&rule.check) {
                self.report_at(rule.info.id, path, text, at.and_then(&place));
            }
        }
    }

    fn chart_file(&mut self) {
        if self.subject.kind(CHART_FILE) == Kind::Folder {
            self.report("chart-file", CHART_FILE, "should be a file, not a directory");
        }
        let read = match self.subject.read(CHART_FILE) {
            Ok(text) => Metadata::read(&text, CHART_FILE)
                .map(|(metadata, node)| (ChartFile { metadata, node }, text))
                .map_err(|error| (error.to_string(), error.span().cloned())),
            Err(error) => Err((error, None)),
        };
        match read {
            Ok((file, text)) => {
                if let Some((error, span)) = strict_problem(&text, &file.node) {
                    let text = format!("failed to strictly parse chart metadata file\n\t{error}");
                    self.report_at("chart-strict", CHART_FILE, text, span);
                }
                let check = |check: &Check| match check {
                    Check::Chart(check) => check(&file),
                    _ => None,
                };
                self.apply(CHART_FILE, check, in_file(CHART_FILE));
                self.chart_file = Some(file);
            }
            Err((error, span)) => {
                let text = format!("unable to parse YAML\n\t{error}");
                self.report_at("chart-yaml", CHART_FILE, text, span);
            }
        }
    }

    fn values(&mut self) {
        if self.subject.kind(VALUES_FILE) == Kind::Missing {
            return self.report("values-file", VALUES_FILE, "file does not exist");
        }
        if let Err((error, span)) = self.check_values() {
            self.report_at("values", VALUES_FILE, error, span);
        }
    }

    fn check_values(&mut self) -> Result<(), (String, Option<Span>)> {
        let parse = |error: String, span| (format!("unable to parse YAML: {error}"), span);
        let text = self.subject.read(VALUES_FILE).map_err(|error| parse(error, None))?;
        let values = Values::read_first(&text, VALUES_FILE).map_err(|error| {
            let text = error.to_string();
            let text = text.strip_prefix("cannot unmarshal yaml document: ").unwrap_or(&text);
            // Here Helm reads them into a type of its own.
            let own = text.replace("Go value of type map[string]interface {}", OWN_VALUES);
            parse(own, error.span().cloned())
        })?;
        let mut warnings = Vec::new();
        let all = self.user.over(&values, &mut warnings);
        self.tell(&mut warnings);
        self.user = self.user.with_maps_of(&all);
        // The values and the schema alone, without those of charts within.
        let mut chart = Chart::default();
        chart.values = Some(values);
        let Ok(schema) = self.subject.read("values.schema.json") else { return Ok(()) };
        if schema.is_empty() || self.request.skip_schema {
            return Ok(());
        }
        chart.schema = Some(File::new("values.schema.json", schema, 0));
        let checked = chart.check_schema(&all, self.request.schemas, &mut warnings);
        self.tell(&mut warnings);
        checked.map_err(|error| {
            let text = error.message.as_str();
            let text = text.strip_prefix(":\n").unwrap_or(text).to_owned();
            let span = error.span(&chart, &all);
            (text, span)
        })
    }

    fn tell(&self, warnings: &mut Vec<String>) {
        for warning in warnings.drain(..) {
            self.request.reporter.warn(warning);
        }
    }

    fn dependencies(&mut self) {
        match self.subject.load(self.request.reporter) {
            Ok(chart) => {
                let path = self.subject.path();
                let file = self.chart_file.take();
                let loaded = Loaded { chart: &chart, file: file.as_ref() };
                let check = |check: &Check| match check {
                    Check::Dependencies(check) => check(&loaded),
                    _ => None,
                };
                self.apply(&path, check, in_file(CHART_FILE));
                self.chart_file = file;
            }
            Err(error) => {
                let text = format!("unable to load chart\n\t{error}");
                let span = self.place_of(&error);
                self.report_at("dependency-load", "", text, span);
            }
        }
    }

    /// Where loading failed: in a file, or at the value of `Chart.yaml` that it is about.
    fn place_of(&self, error: &LoadError) -> Option<Span> {
        if let LoadError::Validation(error) = error {
            let bytes = self.chart_file.as_ref()?.at(error.key())?;
            return in_file(CHART_FILE)(bytes);
        }
        error.span().cloned()
    }

    fn crds(&mut self) {
        match self.subject.kind("crds") {
            Kind::Missing => return,
            Kind::File => return self.report("crds-folder", CRDS, "not a directory"),
            Kind::Folder => {}
        }
        let chart = match self.subject.load(self.request.reporter) {
            Ok(chart) => chart,
            Err(error) => {
                let span = self.place_of(&error);
                return self.report_at("crds-load", CRDS, error.to_string(), span);
            }
        };
        for crd in chart.crds() {
            let path: &str = &crd.file.name;
            let place = in_file(path);
            for object in objects(&crd.file.data) {
                let object = match object {
                    Ok(object) => object,
                    Err(problem) => {
                        let text = format!("unable to parse YAML: {}", problem.text);
                        let span = place(problem.at..problem.at);
                        return self.report_at("crd-yaml", path, text, span);
                    }
                };
                let check = |check: &Check| match check {
                    Check::Crd(check) => check(&object),
                    _ => None,
                };
                self.apply(path, check, &place);
            }
        }
    }
}

/// What Helm calls the values of a chart where it reads them alone.
const OWN_VALUES: &str = "Go value of type common.Values";

/// Makes spans of places in a file.
fn in_file(path: &str) -> impl Fn(Range<usize>) -> Option<Span> {
    let source: Arc<str> = path.into();
    move |bytes| Some(Span { source: Arc::clone(&source), bytes })
}

/// What Go's strict reader says of `Chart.yaml`: a key that is there twice, or one that it does not
/// know.
fn strict_problem(text: &[u8], node: &Node) -> Option<(String, Option<Span>)> {
    if let Err(error) = rhumb_chart::check_strict(text, CHART_FILE) {
        return Some((format!("error converting YAML to JSON: {error}"), error.span().cloned()));
    }
    let (key, value) = crate::strict::unknown_key(node)?;
    let key = rhumb_value::quote::quote(key.as_bytes());
    let text = format!("error unmarshaling JSON: while decoding JSON: json: unknown field {key}");
    Some((text, bytes(value).and_then(in_file(CHART_FILE))))
}
