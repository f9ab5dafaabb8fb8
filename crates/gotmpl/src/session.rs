use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rhumb_value::{CallError, Map, Object, Text, Value};

use crate::ast::Template;
use crate::exec::{self, Scratch};
use crate::memory::{Made, Texts, Used};
use crate::{Error, Host, Limits, Memory, Moment, Parsed, Set};

/// One rendering: what all its templates and functions share.
#[derive(Debug)]
pub struct Session<'a> {
    host: &'a dyn Host,
    limits: Limits,
    used: Cell<Used>,
    /// What executions that have ended leave to later ones.
    scratch: RefCell<Vec<Scratch>>,
    memory: Option<Memory>,
    texts: Texts,
    /// How often something was used that no dot decides on.
    doubts: Cell<u64>,
}

/// How things stood when a template began to run whose text may be remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    doubts: u64,
    changes: u64,
    used: Used,
}

impl<'a> Session<'a> {
    /// A rendering with the default [`Limits`].
    pub fn new(host: &'a dyn Host) -> Self {
        Self::limited(host, Limits::default())
    }

    /// A rendering with these limits.
    pub fn limited(host: &'a dyn Host, limits: Limits) -> Self {
        Self {
            host,
            limits,
            used: Cell::default(),
            scratch: RefCell::default(),
            memory: None,
            texts: Texts::default(),
            doubts: Cell::default(),
        }
    }

    /// Lets it remember what templates made. All templates must be of one [`Set`].
    #[must_use]
    pub fn remembering(mut self, memory: Memory) -> Self {
        self.memory = Some(memory);
        self
    }

    /// What lies outside. What a template makes after asking for it is not remembered.
    pub fn host(&self) -> &'a dyn Host {
        self.doubt();
        self.host
    }

    /// The method of a map, if the host has one.
    pub(crate) fn method_of(&self, map: &Map, name: &[u8]) -> Option<Rc<dyn Object>> {
        let found = self.host.method_of(map, name);
        if found.is_some() {
            self.doubt();
        }
        found
    }

    /// Notes that something is used that no dot decides on.
    fn doubt(&self) {
        self.doubts.set(self.doubts.get() + 1);
    }

    /// Notes that a value changes that dots may lead to.
    pub(crate) fn note_change(&self) {
        if let Some(memory) = &self.memory {
            memory.watch.note_change();
        }
    }

    /// Notes that a template looks at an entry of a map whose type has a name.
    pub(crate) fn note_key(&self, key: &[u8]) {
        if self.memory.as_ref().is_some_and(|memory| memory.is_volatile(key)) {
            self.doubt();
        }
    }

    /// Notes that a value as a whole is looked at, or goes where nobody knows what becomes of it.
    pub(crate) fn note_value(&self, value: &Value) {
        if let Value::Map(map) = value
            && map.is_named()
            && self.memory.as_ref().is_some_and(|memory| memory.has_volatile(map))
        {
            self.doubt();
        }
    }

    /// Whether a function passes maps on to templates, and does nothing else with them.
    pub(crate) fn is_runner(&self, function: &str) -> bool {
        self.memory.as_ref().is_some_and(|memory| memory.runners.contains(&function))
    }

    /// The dot, if what the template makes of it may be remembered.
    fn memorable<'v>(&self, set: &Set<'_>, dot: &'v Value) -> Option<&'v Map> {
        let Value::Map(map) = dot else { return None };
        let memory = self.memory.as_ref()?;
        let is_sure = map.is_named_itself() && set.is_whole() && !memory.watch.has_seen_a_move();
        is_sure.then(|| self.texts.forget_before(memory.watch.changes()))?;
        Some(map)
    }

    /// What the template made of the dot before, if it is remembered; counts what it took.
    pub(crate) fn recall(
        &self,
        set: &Set<'_>,
        template: &Rc<Template>,
        dot: &Value,
    ) -> Option<Result<Text, CallError>> {
        let Made { text, used } = self.texts.get(template, self.memorable(set, dot)?)?;
        let counted = self.charge(used.bytes).and_then(|()| self.step(used.steps));
        Some(counted.map(|()| text))
    }

    pub(crate) fn begin(&self) -> Begun {
        Begun { doubts: self.doubts.get(), changes: self.changes(), used: self.used.get() }
    }

    fn changes(&self) -> u64 {
        self.memory.as_ref().map_or(0, |memory| memory.watch.changes())
    }

    /// Remembers the text that a template has made, if it would make it again.
    pub(crate) fn remember(
        &self,
        begun: Begun,
        set: &Set<'_>,
        (template, dot): (&Rc<Template>, &Value),
        (bytes, text): (&[u8], impl FnOnce() -> Text),
    ) {
        if bytes.len() <= Memory::MAX_TEXT
            && (begun.doubts, begun.changes) == (self.doubts.get(), self.changes())
            && let Some(dot) = self.memorable(set, dot)
        {
            let made = Made { text: text(), used: self.used.get().since(begun.used) };
            self.texts.insert(template, dot, made);
        }
    }

    /// How much may be used.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn take_scratch(&self) -> Scratch {
        self.scratch.borrow_mut().pop().unwrap_or_default()
    }

    pub(crate) fn give_scratch(&self, scratch: Scratch) {
        self.scratch.borrow_mut().push(scratch);
    }

    /// Counts bytes that were or will be made.
    pub(crate) fn charge(&self, bytes: usize) -> Result<(), CallError> {
        let used = self.used.get();
        let total = used.bytes.saturating_add(bytes);
        self.used.set(Used { bytes: total, ..used });
        if total > self.limits.bytes {
            let limit = self.limits.bytes;
            return Err(CallError::new(format!("templates make more than {limit} bytes")));
        }
        Ok(())
    }

    /// Counts steps.
    pub(crate) fn step(&self, steps: u64) -> Result<(), CallError> {
        let used = self.used.get();
        let total = used.steps.saturating_add(steps);
        self.used.set(Used { steps: total, ..used });
        if total > self.limits.steps {
            let limit = self.limits.steps;
            return Err(CallError::new(format!("templates take more than {limit} steps")));
        }
        Ok(())
    }
}

/// What a template function may ask for.
#[derive(Debug)]
pub struct Call<'a> {
    session: &'a Session<'a>,
    set: Option<&'a Set<'a>>,
}

impl<'a> Call<'a> {
    /// A call from Rust, outside of any template.
    pub fn outside(session: &'a Session<'a>) -> Self {
        Self { session, set: None }
    }

    pub(crate) fn inside(session: &'a Session<'a>, set: &'a Set<'a>) -> Self {
        Self { session, set: Some(set) }
    }

    /// The templates that the calling one may call; none outside of templates.
    pub fn set(&self) -> Option<&'a Set<'a>> {
        self.set
    }

    /// Renders a template of the calling one's set, as `include` does.
    ///
    /// # Errors
    ///
    /// If there is none of that name or it fails; the error's words are the template's.
    pub fn execute(&self, name: &str, dot: &Value) -> Result<Text, CallError> {
        let Some(set) = self.set else {
            return Err(CallError::new(format!("no template {name:?} outside of templates")));
        };
        let caused = |error: Error| CallError::caused(Rc::new(error));
        let template = set.named(name).map_err(caused)?;
        if let Some(text) = self.session.recall(set, template, dot) {
            return text;
        }
        let begun = self.session.begin();
        let finish = |out: &mut Vec<u8>| Text::from(out.as_slice());
        let made = exec::execute(self.session, set, (template, dot.clone()), finish);
        let text = made.map_err(caused)?;
        self.session.remember(begun, set, (template, dot), (text.as_bytes(), || text.clone()));
        Ok(text)
    }

    /// Renders a text that was parsed and added to a set, as `tpl` does.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn execute_parsed(
        &self,
        set: &Set<'_>,
        parsed: &Parsed,
        dot: Value,
    ) -> Result<Text, CallError> {
        let made = set.execute_parsed(self.session, parsed, dot);
        made.map_err(|error| CallError::caused(Rc::new(error)))
    }

    /// The rendering.
    pub fn session(&self) -> &'a Session<'a> {
        self.session
    }

    /// The time. It is not remembered what a template makes that asks for it.
    pub fn now(&self) -> Moment {
        self.session.host().now()
    }

    /// Fills `bytes` with random ones.
    pub fn fill_random(&self, bytes: &mut [u8]) {
        self.session.host().fill_random(bytes);
    }

    /// The host, if it is a `T`: for functions that come with a host of their own, and get from it
    /// what comes out the same for the same arguments.
    pub fn host<T: 'static>(&self) -> Option<&'a T> {
        self.session.host.as_any().downcast_ref()
    }

    /// Says that the function's result is another when it is called again, or that more comes of the
    /// call than its result: so what the template makes is not remembered.
    pub fn is_unique(&self) {
        self.session.doubt();
    }

    /// Counts bytes of a result before it is made, so that `repeat 9999999999 "x"` ends at once.
    ///
    /// # Errors
    ///
    /// If the rendering has used up its [`Limits::bytes`](crate::Limits::bytes).
    pub fn charge(&self, bytes: usize) -> Result<(), CallError> {
        self.session.charge(bytes)
    }

    /// Counts the steps of a loop.
    ///
    /// # Errors
    ///
    /// If the rendering has used up its [`Limits::steps`](crate::Limits::steps).
    pub fn step(&self, steps: u64) -> Result<(), CallError> {
        self.session.step(steps)
    }
}
