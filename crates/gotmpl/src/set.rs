use std::rc::Rc;

use bytes::Bytes;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use rhumb_value::{Text, Value};

use crate::ast::Template;
use crate::{Error, Functions, Session, exec, parser};

/// What a field that a map does not have is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingKey {
    /// `missingkey=default`: nothing, printed as `<no value>`.
    #[default]
    Default,
    /// `missingkey=zero`: the zero value of the map's elements.
    Zero,
    /// `missingkey=error`: an error.
    Error,
}

/// The templates of one text, parsed once and added to any number of sets.
#[derive(Clone, Debug)]
pub struct Parsed(Rc<[Rc<Template>]>);

impl Parsed {
    /// Parses the template called `name`, and those that it defines.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`].
    pub fn new(name: &str, text: &Bytes, functions: &Functions) -> Result<Self, Error> {
        Ok(Self(parser::parse(name, text, functions)?.into()))
    }

    /// The text.
    pub fn text(&self) -> &[u8] {
        self.0.last().map(|template| &*template.unit.text).unwrap_or_default()
    }

    /// The names of the templates, that of the text itself last.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|template| &*template.name)
    }

    /// The template of the text itself.
    pub(crate) fn last(&self) -> Option<&Template> {
        self.0.last().map(|template| &**template)
    }
}

/// Templates that can call each other by name.
///
/// ```
/// # use std::rc::Rc;
/// # use rhumb_gotmpl::{Functions, Set};
/// let mut set = Set::new("example", Rc::new(Functions::new(&[])));
/// set.parse("greeting", b"Hello, {{ . }}!")?;
/// assert!(set.contains("greeting"));
/// # Ok::<_, rhumb_gotmpl::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Set<'b> {
    name: Rc<str>,
    functions: Rc<Functions>,
    missing_key: MissingKey,
    templates: IndexMap<Rc<str>, Rc<Template>, RandomState>,
    base: Option<&'b Self>,
}

impl<'b> Set<'b> {
    /// An empty set, whose name appears in errors about missing templates.
    pub fn new(name: &str, functions: Rc<Functions>) -> Self {
        let (name, templates) = (name.into(), IndexMap::default());
        Self { name, functions, missing_key: MissingKey::default(), templates, base: None }
    }

    /// Says what a missing key is. Default: [`MissingKey::Default`].
    #[must_use]
    pub fn missing_key(mut self, missing_key: MissingKey) -> Self {
        self.missing_key = missing_key;
        self
    }

    /// A set with all templates of this one, to which more can be added that this one does not see.
    #[must_use]
    pub fn over(&'b self) -> Self {
        Self { base: Some(self), ..self.clone_empty() }
    }

    fn clone_empty(&self) -> Self {
        Self {
            name: Rc::clone(&self.name),
            functions: Rc::clone(&self.functions),
            missing_key: self.missing_key,
            templates: IndexMap::default(),
            base: None,
        }
    }

    /// The functions that its templates may call.
    pub fn functions(&self) -> &Rc<Functions> {
        &self.functions
    }

    /// Parses a text and adds its templates.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`].
    pub fn parse(&mut self, name: &str, text: &[u8]) -> Result<(), Error> {
        let parsed = Parsed::new(name, &Bytes::copy_from_slice(text), &self.functions)?;
        self.add(&parsed);
        Ok(())
    }

    /// Adds templates. One that exists is replaced, unless the new one is empty.
    pub fn add(&mut self, parsed: &Parsed) {
        for template in parsed.0.iter() {
            if template.is_empty && self.contains(&template.name) {
                continue;
            }
            self.templates.insert(Rc::clone(&template.name), Rc::clone(template));
        }
    }

    /// Whether there is a template of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names of its own templates, without those of a set below.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(|name| &**name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Rc<Template>> {
        let mut set = self;
        loop {
            if let Some(template) = set.templates.get(name) {
                return Some(template);
            }
            set = set.base?;
        }
    }

    /// The template of a name.
    ///
    /// # Errors
    ///
    /// [`Error::NoTemplate`].
    pub(crate) fn named(&self, name: &str) -> Result<&Rc<Template>, Error> {
        self.get(name).ok_or_else(|| {
            let (name, set) = (name.to_owned(), self.name.as_ref().to_owned());
            Error::NoTemplate { name, set }
        })
    }

    /// Whether it has all its templates itself, and none from a set below.
    pub(crate) fn is_whole(&self) -> bool {
        self.base.is_none()
    }

    pub(crate) fn missing(&self) -> MissingKey {
        self.missing_key
    }

    /// Renders a template.
    ///
    /// # Errors
    ///
    /// [`Error::NoTemplate`] or [`Error::Execute`].
    pub fn execute(&self, session: &Session<'_>, name: &str, dot: Value) -> Result<Vec<u8>, Error> {
        // Short texts are copied, so that the room for them is used again.
        exec::execute(session, self, (self.named(name)?, dot), |out| {
            let is_short = out.len() < exec::LONG.max(out.capacity() / 2);
            if is_short { out.clone() } else { std::mem::take(out) }
        })
    }

    /// Renders the text that was parsed, seeing the templates of this set; the set may have another
    /// one under its name, as it does if the text is empty and was added to it.
    ///
    /// # Errors
    ///
    /// [`Error::Execute`].
    pub(crate) fn execute_parsed(
        &self,
        session: &Session<'_>,
        parsed: &Parsed,
        dot: Value,
    ) -> Result<Text, Error> {
        match parsed.0.last() {
            Some(template) => {
                exec::execute(session, self, (template, dot), |out| Text::from(out.as_slice()))
            }
            None => Ok(Text::from("")),
        }
    }
}
