use rhumb_chart::Chart;
use rhumb_semver::{Constraint, Version};

use crate::resource::{Hook, Resource, Resources, Sorter};
use crate::{Capabilities, Error, Renderer, Request, Templates};

/// What notes are called in each chart.
const NOTES: &str = "NOTES.txt";

/// A chart that was rendered.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The texts of all templates, by path, notes and empty ones too.
    pub templates: Templates,
    /// What makes up the release, in the order in which it is applied.
    pub resources: Vec<Resource>,
    /// What is applied at certain moments only.
    pub hooks: Vec<Hook>,
    /// The notes of the chart itself.
    pub notes: String,
    /// Lists of hook events that name an unknown one; their documents are left out.
    pub unknown_hooks: Vec<String>,
}

impl Renderer {
    /// Renders a chart and sorts what comes out of it.
    ///
    /// # Errors
    ///
    /// If the chart does not work with the cluster's version, a template fails, or a document is no
    /// resource: each in Helm's words.
    pub fn render(&self, request: &Request<'_>) -> Result<Rendered, Error> {
        check_kube_version(request.chart, request.capabilities)?;
        let mut sorter = Sorter::default();
        let templates = self.templates_with(request, |path, text| {
            if !is_notes(path) {
                sorter.add(path, text);
            }
        })?;
        let notes = notes(request.chart, &templates, false);
        let Resources { resources, hooks, unknown_hooks } =
            sorter.finish().map_err(Error::Resource)?;
        Ok(Rendered { templates, resources, hooks, notes, unknown_hooks })
    }
}

/// Refuses a chart that asks for another version of Kubernetes.
///
/// # Errors
///
/// [`Error::KubeVersion`]
pub fn check_kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Error> {
    let wanted = &chart.metadata.kube_version;
    if wanted.is_empty() {
        return Ok(());
    }
    let version = &capabilities.kube_version;
    let fits = match (Version::parse(&version.to_string()), Constraint::parse(wanted)) {
        (Ok(version), Ok(wanted)) => wanted.check(&version),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    Err(Error::KubeVersion { wanted: wanted.clone(), version: version.version().to_owned() })
}

/// The notes of a chart, and of the charts in it if `all`, with a line break between two.
pub fn notes(chart: &Chart, templates: &Templates, all: bool) -> String {
    let own = format!("{}/templates/{NOTES}", chart.name());
    let chosen = templates.iter().filter(|(path, _)| is_notes(path) && (all || **path == own));
    let mut notes = String::new();
    for (_, text) in chosen {
        if !notes.is_empty() {
            notes.push('\n');
        }
        notes.push_str(&String::from_utf8_lossy(text));
    }
    notes
}

/// Whether a template, given by its path, makes notes of whichever chart.
pub fn is_notes(path: &str) -> bool {
    path.ends_with(NOTES)
}

/// Sorts rendered templates, without notes, into resources and hooks.
///
/// # Errors
///
/// [`Error::Resource`] at the first document that is none.
pub fn sort(templates: &Templates) -> Result<Resources, Error> {
    let templates = templates.iter().filter(|(path, _)| !is_notes(path));
    Sorter::sort(templates).map_err(Error::Resource)
}
