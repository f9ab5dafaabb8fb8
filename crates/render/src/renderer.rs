mod parsed;
mod plan;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use rhumb_chart::{Chart, Values};
use rhumb_gotmpl::{Functions, Memory, MissingKey, Session, Set};
use rhumb_value::{Value, Watch};

use crate::world::Rendering;
use crate::{Capabilities, Error, Release, World, function};
use parsed::ParsedFiles;
use plan::Plan;

/// The texts of a chart's templates, by path.
pub type Templates = BTreeMap<String, Bytes>;

/// The name of the set of all templates, which errors mention.
pub(crate) const SET: &str = "gotpl";

/// Renders charts, one after another on one thread. What it has parsed it keeps for the next one.
#[derive(Debug)]
pub struct Renderer {
    world: Arc<dyn World>,
    functions: Rc<Functions>,
    parsed: ParsedFiles,
}

/// What to render.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The chart, whose dependencies have been processed.
    pub chart: &'r Chart,
    /// Its values, coalesced with those of the user.
    pub values: &'r Values,
    /// The release that it becomes.
    pub release: &'r Release,
    /// The cluster and the program.
    pub capabilities: &'r Capabilities,
    /// Whether `required` and `fail` let everything pass, as they do for `lint`. Default: no.
    pub lint: bool,
    /// Whether a key that is not there is an error. Default: no.
    pub strict: bool,
}

impl<'r> Request<'r> {
    /// A request with all defaults.
    pub fn new(
        chart: &'r Chart,
        values: &'r Values,
        release: &'r Release,
        capabilities: &'r Capabilities,
    ) -> Self {
        Self { chart, values, release, capabilities, lint: false, strict: false }
    }
}

impl Renderer {
    /// A renderer for charts in this world.
    pub fn new(world: Arc<dyn World>) -> Self {
        let tables = rhumb_sprig::tables().iter().map(|(_, table)| *table);
        let mut tables: Vec<_> = tables.collect();
        tables.push(function::FUNCS);
        Self { world, functions: Rc::new(Functions::new(&tables)), parsed: ParsedFiles::default() }
    }

    /// The functions that templates may call.
    pub fn functions(&self) -> &Functions {
        &self.functions
    }

    pub(crate) fn shared_functions(&self) -> &Rc<Functions> {
        &self.functions
    }

    /// Renders all templates of a chart and of those in it, but partials: each becomes a text.
    ///
    /// # Errors
    ///
    /// If a template cannot be parsed or fails, in Helm's words.
    pub fn templates(&self, request: &Request<'_>) -> Result<Templates, Error> {
        self.templates_with(request, |_, _| {})
    }

    /// Renders as [`templates`](Self::templates) does, and gives the path and text of each to `each`
    /// before it goes on to the next one.
    ///
    /// # Errors
    ///
    /// As [`templates`](Self::templates).
    pub fn templates_with(
        &self,
        request: &Request<'_>,
        mut each: impl FnMut(&str, &Bytes),
    ) -> Result<Templates, Error> {
        let plan = Plan::new(request);
        let missing = if request.strict { MissingKey::Error } else { MissingKey::Zero };
        let mut set = Set::new(SET, Rc::clone(&self.functions)).missing_key(missing);
        for template in plan.parse_order() {
            let parsed = self
                .parsed
                .get(&template.path, &template.text, &self.functions)
                .map_err(|error| Error::parse(&template.path, error, self.functions.names()))?;
            set.add(&parsed);
        }
        let rendering = Rendering::new(Arc::clone(&self.world), request.lint);
        let watch = Watch::default();
        plan.set_watch(&watch);
        let session = Session::new(&rendering).remembering(Memory {
            watch: watch.clone(),
            volatile: &["Subcharts", "Template"],
            runners: &["include", "tpl"],
        });
        let mut texts = Templates::new();
        for template in plan.parse_order() {
            if crate::resource::is_partial(&template.path) {
                continue;
            }
            watch.ignoring(|| plan.announce(template));
            let dot = Value::Map(template.context.clone());
            let text = set
                .execute(&session, &template.path, dot)
                .map_err(|error| Error::execute(&template.path, error, set.names()))?;
            let text = Bytes::from(without_no_value(&text).unwrap_or(text));
            each(&template.path, &text);
            texts.insert(template.path.clone(), text);
        }
        Ok(texts)
    }
}

/// A text without the words that Go prints for nothing, if it has them.
pub(crate) fn without_no_value(text: &[u8]) -> Option<Vec<u8>> {
    const NO_VALUE: &[u8] = b"<no value>";
    // Few texts have any `<`, so looking for that is all that most cost.
    let places = |&at: &usize| text[at..].starts_with(NO_VALUE);
    let mut places = memchr::memchr_iter(b'<', text).filter(places).peekable();
    places.peek()?;
    let (mut out, mut end) = (Vec::with_capacity(text.len()), 0);
    for at in places {
        out.extend_from_slice(&text[end..at]);
        end = at + NO_VALUE.len();
    }
    out.extend_from_slice(&text[end..]);
    Some(out)
}
