mod print;
mod schema;
mod show_only;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rhumb_chart::{Chart, Values, values::UserValues};
use rhumb_render::resource::{Hook, HookEvent, Resource, ResourceError, Resources};
use rhumb_render::{Capabilities, KubeVersion, Release, Renderer};
use rhumb_report::{Diagnose as _, Reporter};
use rhumb_semver::{Constraint, Version};
use rhumb_source::Place;
use serde::{Deserialize, Serialize};

pub use print::PrintOptions;
pub(crate) use schema::Loader as SchemaDocuments;
pub(crate) use world::Machine;

use crate::pull::ChartSource;
use crate::{Client, Error};

/// What the template of a chart's notes is called.
const NOTES: &str = "NOTES.txt";

/// A chart to render without a cluster.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// The chart.
    pub source: ChartSource,
    /// The release's name.
    pub name: String,
    /// The namespace that it would be in.
    pub namespace: String,
    /// The user's values.
    pub values: GivenValues,
    /// The version of Kubernetes; empty for the newest that is known.
    pub kube_version: String,
    /// API versions besides the usual ones.
    pub api_versions: Vec<String>,
    /// Whether it would replace an earlier revision.
    pub is_upgrade: bool,
    /// Whether notes of charts within are notes, too.
    pub subchart_notes: bool,
    /// Whether values need not fit the chart's schemas.
    pub skip_schema_validation: bool,
    /// Whether templates may ask for the addresses of hosts.
    pub enable_dns: bool,
    /// The time that templates see, in seconds since 1970.
    pub time: i64,
}

/// Everything by which a user gives values, in the order in which later ones win.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenValues {
    /// Files of values: names and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// Assignments of JSON.
    pub set_json: Vec<String>,
    /// Assignments with types.
    pub set: Vec<String>,
    /// Assignments of texts.
    pub set_string: Vec<String>,
    /// Assignments of the contents of files.
    pub set_file: Vec<String>,
    /// Assignments of texts that mean nothing but themselves.
    pub set_literal: Vec<String>,
}

/// What a chart renders to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The texts of all templates but partials, by path.
    pub templates: BTreeMap<String, String>,
    /// What makes up the release, in the order in which it is applied.
    pub manifests: Vec<Document>,
    /// What is applied at certain moments only.
    pub hooks: Vec<Document>,
    /// What the chart tells its user.
    pub notes: String,
    /// Custom resource definitions, which are no templates.
    #[serde(skip)]
    pub crds: Vec<Document>,
}

/// One document of a rendered template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The template that it came from.
    pub path: String,
    /// Its kind, such as `Service`.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// The text.
    pub manifest: String,
    /// Whether it is a hook that runs as a test.
    #[serde(skip)]
    pub is_test: bool,
}

impl Template {
    /// Whether the chart is on this machine, so that no network is needed.
    ///
    /// # Errors
    ///
    /// If it is nowhere.
    pub fn is_local(&self) -> Result<bool, Error> {
        Ok(matches!(Place::parse(&self.source.chart)?, Place::Path(_)))
    }
}

/// Loads and renders a chart of this machine, on this thread.
pub(crate) fn run_local(request: &Template, reporter: &dyn Reporter) -> Result<Rendered, Error> {
    let chart = Chart::load(&PathBuf::from(request.source.chart.trim()), reporter)?;
    render(chart, request, reporter)
}

pub(crate) async fn run(client: &Client, request: &Template) -> Result<Rendered, Error> {
    let chart = request.source.load(client).await?;
    let (request, reporter) = (request.clone(), Arc::clone(&client.reporter));
    crate::blocking::run(move || render(chart, &request, &*reporter)).await
}

fn render(
    mut chart: Chart,
    request: &Template,
    reporter: &dyn Reporter,
) -> Result<Rendered, Error> {
    let capabilities = capabilities(request)?;
    let user = user_values(&request.values)?;
    check_installable(&chart, reporter)?;
    let mut warnings = Vec::new();
    chart
        .process_dependencies(&user, &mut warnings)
        .map_err(|source| Error::Dependencies { source })?;
    let values = chart.coalesce(&user, &mut warnings)?;
    let checked = if request.skip_schema_validation {
        Ok(())
    } else {
        chart.check_schema(&values, &SchemaDocuments, &mut warnings)
    };
    for warning in warnings {
        reporter.warn(warning);
    }
    checked?;
    check_kube_version(&chart, &capabilities)?;
    let mut release = Release::new(&request.name, &request.namespace);
    release.is_upgrade = request.is_upgrade;
    release.is_install = !request.is_upgrade;
    let texts = templates(&chart, &values, &release, &capabilities, request)?;
    sort(&chart, texts, request.subchart_notes)
}

fn capabilities(request: &Template) -> Result<Capabilities, Error> {
    let mut capabilities = Capabilities::default();
    let Template { kube_version, api_versions, .. } = request;
    if !kube_version.is_empty() {
        let parsed: Result<KubeVersion, _> = kube_version.parse();
        capabilities.kube_version =
            parsed.map_err(|source| Error::KubeVersion { text: kube_version.clone(), source })?;
    }
    capabilities.api_versions.extend(api_versions.iter().cloned());
    Ok(capabilities)
}

pub(crate) fn user_values(given: &GivenValues) -> Result<Values, Error> {
    let GivenValues { files, set_json, set, set_string, set_file, set_literal } = given;
    let user = UserValues { files, set_json, set, set_string, set_file, set_literal };
    let read = |path: &str| {
        std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("open {path}: no such file or directory"),
            _ => format!("open {path}: {error}"),
        })
    };
    Ok(user.build(&read)?)
}

fn check_installable(chart: &Chart, reporter: &dyn Reporter) -> Result<(), Error> {
    let kind = &chart.metadata.kind;
    if !matches!(kind.as_str(), "" | "application") {
        return Err(Error::NotInstallable { kind: kind.clone() });
    }
    if chart.metadata.deprecated {
        reporter.warn("level=WARN msg=\"this chart is deprecated\"".to_owned());
    }
    let missing = chart.missing_dependencies();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::ChartDependencies { names: missing.join(", ") })
}

fn check_kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Error> {
    let wanted = &chart.metadata.kube_version;
    if wanted.is_empty() {
        return Ok(());
    }
    let version = &capabilities.kube_version;
    let fits = match (Constraint::parse(wanted), Version::parse(&version.to_string())) {
        (Ok(range), Ok(version)) => range.check(&version),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let version = version.version().to_owned();
    Err(Error::Incompatible { wanted: wanted.clone(), version })
}

/// Renders the templates on a thread with the stack that deep recursion needs.
fn templates(
    chart: &Chart,
    values: &Values,
    release: &Release,
    capabilities: &Capabilities,
    request: &Template,
) -> Result<BTreeMap<String, String>, Error> {
    let world = Arc::new(Machine { time: request.time, enable_dns: request.enable_dns });
    let work = || {
        let request = rhumb_render::Request::new(chart, values, release, capabilities);
        // What the error keeps besides stays on this thread.
        Renderer::new(world).templates(&request).map_err(|error| Error::Render {
            message: error.to_string(),
            span: error.span().cloned(),
        })
    };
    let rendered = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(rhumb_render::STACK_BYTES);
        let thread = thread.spawn_scoped(scope, work);
        let thread = thread.map_err(|source| Error::Thread { source })?;
        match thread.join() {
            Ok(rendered) => rendered,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;
    let text = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Ok(rendered.into_iter().map(|(path, bytes)| (path, text(bytes))).collect())
}

/// Takes the documents of the templates apart.
fn sort(
    chart: &Chart,
    templates: BTreeMap<String, String>,
    subchart_notes: bool,
) -> Result<Rendered, Error> {
    let own_notes = format!("{}/templates/{NOTES}", chart.name());
    let is_notes = |path: &str| path.ends_with(NOTES);
    let notes = templates
        .iter()
        .filter(|(path, _)| is_notes(path) && (subchart_notes || **path == own_notes));
    let notes: Vec<&str> = notes.map(|(_, text)| text.as_str()).collect();
    let notes = notes.join("\n");
    let documents = templates.iter().filter(|(path, _)| !is_notes(path));
    let sorted = Resources::sort(documents.map(|(path, text)| (path.as_str(), text.as_str())));
    let Resources { resources, hooks, .. } =
        sorted.map_err(|error| invalid(error, &templates, &is_notes))?;
    let crds = chart.crds().into_iter().map(|crd| Document {
        path: crd.path,
        manifest: crd.file.text().into_owned(),
        ..Document::default()
    });
    let crds = crds.collect();
    Ok(Rendered {
        manifests: resources.into_iter().map(document).collect(),
        hooks: hooks.into_iter().map(hook).collect(),
        notes,
        crds,
        templates,
    })
}

/// The error, with what was rendered for those who want to look at it.
fn invalid(
    error: ResourceError,
    templates: &BTreeMap<String, String>,
    is_notes: &dyn Fn(&str) -> bool,
) -> Error {
    let shown = templates.iter().filter(|(path, text)| !is_notes(path) && !text.trim().is_empty());
    let rendered: Vec<String> =
        shown.map(|(path, text)| rhumb_render::resource::print_document(path, text)).collect();
    let rendered = rendered.concat();
    Error::NotYaml { error: Box::new(error), rendered }
}

fn document(resource: Resource) -> Document {
    let Resource { path, text, head } = resource;
    Document { path, kind: head.kind, name: head.name, manifest: text, is_test: false }
}

fn hook(hook: Hook) -> Document {
    let is_test = hook.events.contains(&HookEvent::Test);
    let Hook { path, text, head, .. } = hook;
    Document { path, kind: head.kind, name: head.name, manifest: text, is_test }
}
