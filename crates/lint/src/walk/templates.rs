use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::{Chart, File, Values};
use rhumb_render::{Capabilities, Release, Renderer, World, template_file, template_line};
use rhumb_report::{Diagnose as _, Span};

use super::{Walk, in_file};
use crate::Request;
use crate::document::objects;
use crate::rule::{Check, Rendered};
use crate::subject::Kind;

const TEMPLATES: &str = "templates/";

impl Walk<'_> {
    pub(super) fn templates(&mut self, world: &Arc<dyn World>) {
        match self.subject.kind("templates") {
            Kind::Missing => {
                return self.report("templates-folder", TEMPLATES, "directory does not exist");
            }
            Kind::File => return self.report("templates-kind", TEMPLATES, "not a directory"),
            Kind::Folder => {}
        }
        let chart = match self.subject.load(self.request.reporter) {
            Ok(chart) => chart,
            Err(error) => {
                let span = self.place_of(&error);
                return self.report_at("templates-load", TEMPLATES, error.to_string(), span);
            }
        };
        let Some(templates) = self.render(chart, world) else { return };
        for (file, text) in templates {
            if !self.template(&file, text.as_deref()) {
                return;
            }
        }
    }

    /// All templates of the chart itself, with what they render to.
    fn render(
        &mut self,
        mut chart: Chart,
        world: &Arc<dyn World>,
    ) -> Option<Vec<(File, Option<Bytes>)>> {
        let values = self.coalesced(&mut chart)?;
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
                let text = |name: &str| texts.get(&format!("{}/{name}", chart.name())).cloned();
                let files = chart.templates.iter();
                Some(files.map(|file| (file.clone(), text(&file.name))).collect())
            }
            Err(error) => {
                let span = error.span().and_then(|span| self.in_chart(span, &chart));
                self.report_at("templates-render", TEMPLATES, error.to_string(), span);
                None
            }
        }
    }

    /// The values of all charts, if they fit their schemas.
    fn coalesced(&mut self, chart: &mut Chart) -> Option<Values> {
        let Request { skip_schema, schemas, .. } = *self.request;
        let user = &self.user;
        let mut warnings = Vec::new();
        let processed = chart.process_dependencies(user, &mut warnings);
        let values = processed.and_then(|_| chart.coalesce(user, &mut warnings));
        let values = values.and_then(|values| chart.coalesce(&values, &mut warnings));
        let checked = match &values {
            Ok(values) if !skip_schema => chart.check_schema(values, schemas, &mut warnings),
            _ => Ok(()),
        };
        self.tell(&mut warnings);
        let values = values.ok()?;
        if let Err(error) = checked {
            let span = error.span(chart, &values);
            self.report_at("templates-schema", TEMPLATES, error.to_string(), span);
            return None;
        }
        Some(values)
    }

    /// A place in a template as one in a file of the chart's folder.
    fn in_chart(&mut self, span: &Span, chart: &Chart) -> Option<Span> {
        let file = template_file(chart, &span.source)?;
        let path = span.source.strip_prefix(chart.name())?.strip_prefix('/')?;
        let source: Arc<str> = path.into();
        self.sources.insert(Arc::clone(&source), file.data.clone());
        Some(Span { source, bytes: span.bytes.clone() })
    }

    /// Looks at one template; gives whether to go on.
    fn template(&mut self, file: &File, text: Option<&[u8]>) -> bool {
        let path: &str = &file.name;
        let check = |check: &Check| match check {
            Check::Path(check) => check(path),
            _ => None,
        };
        self.apply(path, check, in_file(path));
        let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
        let is_yaml = extension.is_some_and(|(_, extension)| {
            extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
        });
        let bytes = text.unwrap_or_default();
        let text = String::from_utf8_lossy(bytes);
        if !is_yaml || text.trim().is_empty() {
            return true;
        }
        let template = file.text();
        let span = in_file(path);
        let place = |at: Range<usize>| span(template_line(&template, &text, &at)?);
        let check = |check: &Check| match check {
            Check::Text(check) => check(&text),
            _ => None,
        };
        self.apply(path, check, place);
        let kube_version = self.request.kube_version;
        for object in objects(bytes) {
            let object = match object {
                Ok(object) => object,
                Err(problem) => {
                    let text = format!("unable to parse YAML: {}", problem.text);
                    self.report_at("template-yaml", path, text, place(problem.at..problem.at));
                    return false;
                }
            };
            let rendered = Rendered { object: &object, text: &text, kube_version };
            let check = |check: &Check| match check {
                Check::Object(check) => check(&rendered),
                _ => None,
            };
            self.apply(path, check, place);
        }
        true
    }
}
