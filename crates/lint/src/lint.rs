use std::path::Path;
use std::sync::Arc;

use rhumb_chart::values::merge;
use rhumb_chart::{Chart, File, Metadata, SchemaLoader, Values};
use rhumb_render::{Capabilities, KubeVersion, Release, Renderer, World};

use crate::document::objects;
use crate::rule::{ChartFile, Check, Rendered, TABLE, get};
use crate::subject::{Kind, Subject};
use crate::{Message, Outcome};

/// What to lint charts with.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// Values over those of the chart.
    pub values: &'r Values,
    /// The namespace of the release that is made up.
    pub namespace: &'r str,
    /// The version of Kubernetes, for templates and for deprecated APIs.
    pub kube_version: &'r KubeVersion,
    /// Whether values are not held against schemas.
    pub skip_schema: bool,
    /// Fetches what schemas refer to.
    pub schemas: &'r dyn SchemaLoader,
}

/// Runs all rules over a chart: a folder or an archive.
pub fn lint(path: &Path, request: &Request<'_>, world: &Arc<dyn World>) -> Outcome {
    match Subject::open(path) {
        Ok(subject) => {
            let mut walk = Walk { subject, request, messages: Vec::new() };
            walk.chart_file();
            walk.values();
            walk.templates(world);
            walk.dependencies();
            walk.crds();
            Outcome { messages: walk.messages, error: None }
        }
        Err(error) => Outcome { messages: Vec::new(), error: Some(error.to_string()) },
    }
}

/// The charts in a chart's `charts` folder, at any depth, in order of their paths: folders that
/// have a `Chart.yaml`, and archives.
pub fn subcharts(chart: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    walk_folder(&chart.join("charts"), &mut found, 0);
    found
}

/// Folders deeper than this are not searched for charts.
const MAX_DEPTH: usize = 100;

fn walk_folder(folder: &Path, found: &mut Vec<std::path::PathBuf>, depth: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort_unstable();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_folder = std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir());
        if name == "Chart.yaml" {
            found.push(folder.to_owned());
        } else if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
            found.push(path.clone());
        }
        if is_folder && depth < MAX_DEPTH {
            walk_folder(&path, found, depth + 1);
        }
    }
}

struct Walk<'r> {
    subject: Subject,
    request: &'r Request<'r>,
    messages: Vec<Message>,
}

/// What Go's strict reader says of `Chart.yaml`: a key that is there twice, or one that it does not
/// know.
fn strict_problem(text: &[u8], node: &rhumb_chart::values::Node) -> Option<String> {
    if let Err(error) = rhumb_chart::check_strict(text, CHART_FILE) {
        return Some(format!("error converting YAML to JSON: {error}"));
    }
    let unknown = crate::strict::unknown_key(node)?;
    let key = rhumb_value::quote::quote(unknown.as_bytes());
    Some(format!("error unmarshaling JSON: while decoding JSON: json: unknown field {key}"))
}

const CHART_FILE: &str = "Chart.yaml";
const VALUES_FILE: &str = "values.yaml";
const TEMPLATES: &str = "templates/";
const CRDS: &str = "crds/";

impl Walk<'_> {
    fn report(&mut self, rule: &str, path: &str, text: impl Into<String>) {
        if let Some(rule) = get(rule) {
            self.messages.push(Message {
                rule: rule.id,
                severity: rule.severity,
                path: path.to_owned(),
                text: text.into(),
            });
        }
    }

    /// Applies each rule that `apply` can be asked about.
    fn apply(&mut self, path: &str, apply: impl Fn(&Check) -> Option<String>) {
        for rule in TABLE {
            if let Some(text) = apply(&rule.check) {
                self.report(rule.info.id, path, text);
            }
        }
    }

    fn chart_file(&mut self) {
        if self.subject.kind(CHART_FILE) == Kind::Folder {
            self.report("chart-file", CHART_FILE, "should be a file, not a directory");
        }
        let chart = match self.subject.read(CHART_FILE) {
            Ok(text) => Metadata::read(&text, CHART_FILE)
                .map(|(metadata, node)| (ChartFile { metadata, node }, text))
                .map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        match chart {
            Ok((chart, text)) => {
                if let Some(error) = strict_problem(&text, &chart.node) {
                    let text = format!("failed to strictly parse chart metadata file\n\t{error}");
                    self.report("chart-strict", CHART_FILE, text);
                }
                self.apply(CHART_FILE, |check| match check {
                    Check::Chart(check) => check(&chart),
                    _ => None,
                });
            }
            Err(error) => {
                self.report("chart-yaml", CHART_FILE, format!("unable to parse YAML\n\t{error}"));
            }
        }
    }

    fn values(&mut self) {
        if self.subject.kind(VALUES_FILE) == Kind::Missing {
            return self.report("values-file", VALUES_FILE, "file does not exist");
        }
        if let Err(error) = self.check_values() {
            self.report("values", VALUES_FILE, error);
        }
    }

    fn check_values(&self) -> Result<(), String> {
        let text = self.subject.read(VALUES_FILE);
        let values = text.and_then(|text| {
            Values::read(&text, VALUES_FILE).map_err(|error| {
                let text = error.to_string();
                text.strip_prefix("cannot unmarshal yaml document: ").unwrap_or(&text).to_owned()
            })
        });
        let values = values.map_err(|error| format!("unable to parse YAML: {error}"))?;
        let Ok(schema) = self.subject.read("values.schema.json") else { return Ok(()) };
        if schema.is_empty() || self.request.skip_schema {
            return Ok(());
        }
        let mut table = values.table().as_ref().clone();
        merge(&mut table, self.request.values.table());
        // The schema alone, without those of charts within.
        let mut chart = Chart::default();
        chart.schema = Some(File::new("values.schema.json", schema, 0));
        let checked = chart.check_schema(&table.into(), self.request.schemas, &mut Vec::new());
        checked.map_err(|error| {
            let text = error.message.as_str();
            text.strip_prefix(":\n").unwrap_or(text).to_owned()
        })
    }

    fn templates(&mut self, world: &Arc<dyn World>) {
        match self.subject.kind("templates") {
            Kind::Missing => {
                return self.report("templates-folder", TEMPLATES, "directory does not exist");
            }
            Kind::File => return self.report("templates-kind", TEMPLATES, "not a directory"),
            Kind::Folder => {}
        }
        let chart = match self.subject.load() {
            Ok(chart) => chart,
            Err(error) => return self.report("templates-load", TEMPLATES, error.to_string()),
        };
        let Some(templates) = self.render(chart, world) else { return };
        for (path, text) in templates {
            if !self.template(&path, text.as_deref()) {
                return;
            }
        }
    }

    /// The paths of all templates of the chart itself, with what they render to.
    fn render(
        &mut self,
        mut chart: Chart,
        world: &Arc<dyn World>,
    ) -> Option<Vec<(String, Option<String>)>> {
        let mut warnings = Vec::new();
        let user = self.request.values;
        chart.process_dependencies(user, &mut warnings).ok()?;
        let values = chart.coalesce(user, &mut warnings).ok()?;
        let values = chart.coalesce(&values, &mut warnings).ok()?;
        if !self.request.skip_schema
            && let Err(error) = chart.check_schema(&values, self.request.schemas, &mut warnings)
        {
            self.report("templates-schema", TEMPLATES, error.to_string());
            return None;
        }
        let kube_version = self.request.kube_version.clone();
        let capabilities = Capabilities { kube_version, ..Capabilities::default() };
        let mut release = Release::new("test-release", self.request.namespace);
        (release.revision, release.is_install) = (0, false);
        let request = rhumb_render::Request {
            lint: true,
            ..rhumb_render::Request::new(&chart, &values, &release, &capabilities)
        };
        match Renderer::new(Arc::clone(world)).templates(&request) {
            Ok(texts) => {
                let text = |name: &str| {
                    let text = texts.get(&format!("{}/{name}", chart.name()))?;
                    Some(String::from_utf8_lossy(text).into_owned())
                };
                let names = chart.templates.iter().map(|file| file.name.to_string());
                Some(names.map(|name| (name.clone(), text(&name))).collect())
            }
            Err(error) => {
                self.report("templates-render", TEMPLATES, error.to_string());
                None
            }
        }
    }

    /// Looks at one template; gives whether to go on.
    fn template(&mut self, path: &str, text: Option<&str>) -> bool {
        self.apply(path, |check| match check {
            Check::Path(check) => check(path),
            _ => None,
        });
        let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
        let is_yaml = extension.is_some_and(|(_, extension)| {
            extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
        });
        let text = text.unwrap_or_default();
        if !is_yaml || text.trim().is_empty() {
            return true;
        }
        self.apply(path, |check| match check {
            Check::Text(check) => check(text),
            _ => None,
        });
        let kube_version = self.request.kube_version;
        for object in objects(text) {
            let object = match object {
                Ok(object) => object,
                Err(error) => {
                    self.report("template-yaml", path, format!("unable to parse YAML: {error}"));
                    return false;
                }
            };
            let rendered = Rendered { object: &object, text, kube_version };
            self.apply(path, |check| match check {
                Check::Object(check) => check(&rendered),
                _ => None,
            });
        }
        true
    }

    fn dependencies(&mut self) {
        match self.subject.load() {
            Ok(chart) => {
                let path = self.subject.path();
                self.apply(&path, |check| match check {
                    Check::Dependencies(check) => check(&chart),
                    _ => None,
                });
            }
            Err(error) => {
                self.report("dependency-load", "", format!("unable to load chart\n\t{error}"));
            }
        }
    }

    fn crds(&mut self) {
        match self.subject.kind("crds") {
            Kind::Missing => return,
            Kind::File => return self.report("crds-folder", CRDS, "not a directory"),
            Kind::Folder => {}
        }
        let chart = match self.subject.load() {
            Ok(chart) => chart,
            Err(error) => return self.report("crds-load", CRDS, error.to_string()),
        };
        for crd in chart.crds() {
            for object in objects(&crd.file.text()) {
                let object = match object {
                    Ok(object) => object,
                    Err(error) => {
                        let text = format!("unable to parse YAML: {error}");
                        return self.report("crd-yaml", &crd.file.name, text);
                    }
                };
                self.apply(&crd.file.name, |check| match check {
                    Check::Crd(check) => check(&object),
                    _ => None,
                });
            }
        }
    }
}
