mod given;
mod print;
mod rendered;
mod schema;
mod show_only;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::{Chart, Values};
use rhumb_render::resource::{ResourceError, Resources, Sorter};
use rhumb_render::{Capabilities, KubeVersion, Release, Renderer, World, is_notes};
use rhumb_report::{Diagnose as _, Reporter, Silent};
use serde::{Deserialize, Serialize};

pub use given::GivenValues;
pub(crate) use given::user_values;
pub use print::PrintOptions;
pub use rendered::{Document, Rendered, RenderedText};
pub(crate) use schema::Loader as SchemaDocuments;
pub use show_only::select;
pub(crate) use world::Machine;

use crate::chart_source::{ChartSource, FetchedChart, Remote};
use crate::explain::failure;
use crate::log::word;
use crate::{Client, Error, PostRenderer};

/// Bytes of a file of values that are read at most.
pub const MAX_VALUES: u64 = 100 << 20;
/// Characters of a release's name.
pub(crate) const MAX_NAME: usize = 53;

/// Labels of releases that mean something to Helm.
const SYSTEM_LABELS: [&str; 6] = ["name", "owner", "status", "version", "createdAt", "modifiedAt"];

/// A chart to render without a cluster.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// The chart.
    pub source: ChartSource,
    /// The chart itself, if it was fetched already.
    #[serde(skip)]
    pub fetched: Option<FetchedChart>,
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
    /// Whether an error of a template tells which values are read there.
    pub explain: bool,
    /// Whether the charts that it depends on have just been fetched: what is missing all the same is done without, as
    /// with Helm.
    pub is_updated: bool,
    /// The names of labels that the release would have.
    pub labels: Vec<String>,
    /// What changes the rendered templates before they are taken apart.
    pub post_renderer: Option<PostRenderer>,
    /// The time that templates see, in seconds since 1970.
    pub time: i64,
}

impl Template {
    /// Whether the chart is on this machine, so that no network is needed.
    ///
    /// # Errors
    ///
    /// If it is a path with nothing there.
    pub fn is_local(&self) -> Result<bool, Error> {
        Ok(self.source.path()?.is_some())
    }

    /// Whether the chart has to be fetched before: it is not on this machine, or its provenance is to be checked.
    ///
    /// # Errors
    ///
    /// If it is a path with nothing there.
    pub fn needs_fetching(&self) -> Result<bool, Error> {
        Ok(!self.is_local()? || self.source.verify.is_some())
    }
}

/// Loads and renders a chart that is here, on this thread.
pub(crate) fn run_local(client: &Client, request: &Template) -> Result<Rendered, Error> {
    let user = user_values(&request.values)?;
    let chart = load(client, request)?;
    render((chart, &user), request, client, &Renderer::new(world(request, client)))
}

/// Loads a chart that is here and renders it for each request, which differ in their values, on
/// this thread, until one fails. Its templates are parsed once.
pub(crate) fn run_each(
    client: &Client,
    requests: &[Template],
) -> Result<Vec<Result<Rendered, Error>>, Error> {
    let mut results = Vec::new();
    let Some(first) = requests.first() else { return Ok(results) };
    let chart = load(client, first)?;
    let renderer = Renderer::new(world(first, client));
    for request in requests {
        let result = user_values(&request.values)
            .and_then(|user| render((chart.clone(), &user), request, client, &renderer));
        results.push(result);
        if results.last().is_some_and(Result::is_err) {
            break;
        }
    }
    Ok(results)
}

fn load(client: &Client, request: &Template) -> Result<Chart, Error> {
    let (name, reporter) = (&request.source.chart, &*client.reporter);
    let loaded = if let Some(fetched) = &request.fetched {
        fetched.load(reporter)
    } else {
        let path = request.source.path()?.unwrap_or_else(|| PathBuf::from(name.trim()));
        match &request.source.verify {
            Some(verify) => FetchedChart::check(&path, verify)?.load(reporter),
            None => Chart::load(&path, reporter).map_err(Error::from),
        }
    };
    loaded.map_err(|error| failure::loading(error, name))
}

/// Makes a name of a template, which sees no values.
pub(crate) fn release_name(
    template: &str,
    time: i64,
    variables: BTreeMap<String, String>,
) -> Result<String, Error> {
    let reporter = Arc::new(Silent);
    let world = Arc::new(Machine { time, enable_dns: true, variables, reporter });
    let made = rhumb_render::text("name-template", template.as_bytes(), world);
    let made = made.map_err(|error| Error::Render {
        message: error.to_string(),
        span: error.span().cloned(),
    })?;
    Ok(String::from_utf8_lossy(&made).into_owned())
}

pub(crate) async fn run(client: &Client, request: &Template) -> Result<Rendered, Error> {
    let (client, mut request) = (client.clone(), request.clone());
    if request.fetched.is_none() && request.needs_fetching()? {
        request.fetched = Some(fetch(&client, &request.source).await?);
    }
    crate::blocking::run(move || run_local(&client, &request)).await
}

/// Fetches a chart from where it was found, and tells which artifact of a registry that was.
pub(crate) async fn fetch(client: &Client, source: &ChartSource) -> Result<FetchedChart, Error> {
    let failed = |error| failure::loading(error, &source.chart);
    if let (Some(path), Some(verify)) = (source.path()?, &source.verify) {
        return FetchedChart::check(&path, verify).map_err(failed);
    }
    let remote = source.find_remote(client).await.map_err(failed)?;
    let fetched = remote.fetch(client, source.verify.as_ref()).await.map_err(failed)?;
    if let Remote::Artifact(artifact) = remote {
        let (reference, digest) = (&artifact.reference, &artifact.root.digest);
        client.reporter.warn(format!("Pulled: {reference}\nDigest: {digest}"));
    }
    Ok(fetched)
}

fn world(request: &Template, client: &Client) -> Arc<dyn World> {
    let Template { time, enable_dns, .. } = *request;
    let (variables, reporter) = (BTreeMap::new(), Arc::clone(&client.reporter));
    Arc::new(Machine { time, enable_dns, variables, reporter })
}

fn render(
    (mut chart, user): (Chart, &Values),
    request: &Template,
    client: &Client,
    renderer: &Renderer,
) -> Result<Rendered, Error> {
    let reporter = &*client.reporter;
    let capabilities = capabilities(request)?;
    check_installable(&chart, request.is_updated, reporter)?;
    check_name(&request.name).inspect_err(|error| {
        let (what, why) = ("release name check failed", error.to_string());
        let why = word(why.strip_prefix("release name check failed: ").unwrap_or(&why));
        reporter.warn(format!("level=ERROR msg={} error={why}", word(what)));
    })?;
    let mut warnings = Vec::new();
    let processed = chart.process_dependencies(user, &mut warnings);
    if let Err(error) = &processed {
        let (what, why) = ("chart dependencies processing failed", error.to_string());
        warnings.push(rhumb_chart::log_line("ERROR", what, &[("error", &why)]));
    }
    tell(&mut warnings, reporter);
    let disabled = processed.map_err(|source| Error::Dependencies { source })?;
    let values = chart.coalesce(user, &mut warnings);
    tell(&mut warnings, reporter);
    let values = values?;
    let checked = if request.skip_schema_validation {
        Ok(())
    } else {
        chart.check_schema(&values, &SchemaDocuments(&client.registry), &mut warnings)
    };
    tell(&mut warnings, reporter);
    checked.map_err(|error| failure::schema(error, (&chart, &values), &request.values.files))?;
    if request.labels.iter().any(|label| SYSTEM_LABELS.contains(&label.as_str())) {
        return Err(Error::SystemLabels { names: SYSTEM_LABELS.join(" ") });
    }
    let mut release = Release::new(&request.name, &request.namespace);
    release.is_upgrade = request.is_upgrade;
    release.is_install = !request.is_upgrade;
    let wanted = rhumb_render::Request::new(&chart, &values, &release, &capabilities);
    let files = &request.values.files;
    let told = |error: rhumb_render::Error| {
        let world = request.explain.then(|| world(request, client));
        told(&error).with(failure::rendering(&error, &wanted, (files, &disabled), world))
    };
    rhumb_render::check_kube_version(&chart, &capabilities).map_err(told)?;
    documents(renderer, &wanted, request, reporter, told)
}

fn tell(warnings: &mut Vec<String>, reporter: &dyn Reporter) {
    for warning in warnings.drain(..) {
        reporter.warn(warning);
    }
}

/// Reads a version of Kubernetes; an empty text is the newest that is known.
pub(crate) fn kube_version(text: &str) -> Result<KubeVersion, Error> {
    if text.is_empty() {
        return Ok(KubeVersion::default());
    }
    text.parse().map_err(|source| Error::KubeVersion { text: text.to_owned(), source })
}

/// Whether a text can be the version of Kubernetes that a request names.
///
/// # Errors
///
/// If it is none.
pub fn check_kube_version(text: &str) -> Result<(), Error> {
    kube_version(text).map(drop)
}

fn capabilities(request: &Template) -> Result<Capabilities, Error> {
    let mut capabilities = Capabilities::default();
    let Template { kube_version, api_versions, .. } = request;
    capabilities.kube_version = self::kube_version(kube_version)?;
    let all = capabilities.api_versions.iter().chain(api_versions);
    capabilities.api_versions = all.cloned().collect();
    Ok(capabilities)
}

fn check_installable(
    chart: &Chart,
    is_updated: bool,
    reporter: &dyn Reporter,
) -> Result<(), Error> {
    let kind = &chart.metadata.kind;
    if !matches!(kind.as_str(), "" | "application") {
        return Err(Error::NotInstallable { kind: kind.clone() });
    }
    if is_updated {
        return Ok(());
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

fn check_name(name: &str) -> Result<(), Error> {
    let is_part = |part: &str| {
        let inner = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        !part.is_empty()
            && part.bytes().all(inner)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    if name.is_empty() {
        return Err(Error::NoReleaseName);
    }
    if name.len() <= MAX_NAME && name.split('.').all(is_part) {
        return Ok(());
    }
    Err(Error::ReleaseName { name: name.to_owned() })
}

/// The error without what must stay on the thread that rendered.
pub(crate) fn told(error: &rhumb_render::Error) -> Error {
    Error::Render { message: error.to_string(), span: error.span().cloned() }
}

/// Renders the templates and takes their documents apart.
fn documents(
    renderer: &Renderer,
    wanted: &rhumb_render::Request<'_>,
    request: &Template,
    reporter: &dyn Reporter,
    told: impl Fn(rhumb_render::Error) -> Error,
) -> Result<Rendered, Error> {
    let chart = wanted.chart;
    let mut sorter = Sorter::default();
    let is_changed = request.post_renderer.is_some();
    let templates = renderer.templates_with(wanted, |path, text| {
        if !is_changed && !is_notes(path) {
            sorter.add(path, text);
        }
    });
    let templates = templates.map_err(told)?;
    let notes = rhumb_render::notes(chart, &templates, request.subchart_notes);
    let files = templates.iter().filter(|(path, _)| !is_notes(path));
    let changed;
    let (files, resources) = if let Some(post_renderer) = &request.post_renderer {
        changed = post_renderer.run(files)?;
        (changed.iter().collect(), Sorter::sort(&changed))
    } else {
        (files.collect::<Vec<_>>(), sorter.finish())
    };
    let unknown_hooks = match &resources {
        Ok(resources) => &resources.unknown_hooks,
        Err(error) => &error.unknown_hooks,
    };
    for events in unknown_hooks {
        let pair = [("hookTypes", events.as_str())];
        reporter.warn(rhumb_chart::log_line("INFO", "skipping unknown hooks", &pair));
    }
    let Resources { resources, hooks, .. } =
        resources.map_err(|error| invalid(error, &files, chart))?;
    let crds = chart.crds().into_iter().map(|crd| Document {
        path: crd.path,
        manifest: crd.file.data.clone().into(),
        ..Document::default()
    });
    Ok(Rendered {
        manifests: resources.into_iter().map(Document::from).collect(),
        hooks: hooks.into_iter().map(Document::from).collect(),
        notes,
        crds: crds.collect(),
        templates: templates.into_iter().map(|(path, text)| (path, text.into())).collect(),
    })
}

/// The error, with what was rendered for those who want to look at it.
fn invalid(error: Box<ResourceError>, files: &[(&String, &Bytes)], chart: &Chart) -> Error {
    let printed = |(path, text): &(&String, &Bytes)| {
        let manifest = RenderedText::from(Bytes::clone(text));
        let is_blank = manifest.to_lossy().trim().is_empty();
        let document = Document { path: (*path).clone(), manifest, ..Document::default() };
        (!is_blank).then(|| document.print().concat())
    };
    let rendered = files.iter().filter_map(printed).collect::<Vec<_>>().concat();
    let rendered = String::from_utf8_lossy(&rendered).into_owned();
    let problem = error.clone();
    let error = Error::NotYaml { error, rendered };
    failure::document(error, &problem, chart)
}
