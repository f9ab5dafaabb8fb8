use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rhumb_value::{CallError, Text, Value};

use crate::exec::Scratch;
use crate::{Host, Limits, Moment, Parsed, Set};

/// One rendering: what all its templates and functions share.
#[derive(Debug)]
pub struct Session<'a> {
    host: &'a dyn Host,
    limits: Limits,
    bytes: Cell<usize>,
    steps: Cell<u64>,
    /// What executions that have ended leave to later ones.
    scratch: RefCell<Vec<Scratch>>,
}

impl<'a> Session<'a> {
    /// A rendering with the default [`Limits`].
    pub fn new(host: &'a dyn Host) -> Self {
        Self::limited(host, Limits::default())
    }

    /// A rendering with these limits.
    pub fn limited(host: &'a dyn Host, limits: Limits) -> Self {
        Self { host, limits, bytes: Cell::new(0), steps: Cell::new(0), scratch: RefCell::default() }
    }

    /// What lies outside.
    pub fn host(&self) -> &'a dyn Host {
        self.host
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
        let total = self.bytes.get().saturating_add(bytes);
        self.bytes.set(total);
        if total > self.limits.bytes {
            let limit = self.limits.bytes;
            return Err(CallError::new(format!("templates make more than {limit} bytes")));
        }
        Ok(())
    }

    /// Counts steps.
    pub(crate) fn step(&self, steps: u64) -> Result<(), CallError> {
        let total = self.steps.get().saturating_add(steps);
        self.steps.set(total);
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
    pub fn execute(&self, name: &str, dot: Value) -> Result<Text, CallError> {
        let Some(set) = self.set else {
            return Err(CallError::new(format!("no template {name:?} outside of templates")));
        };
        let made = set.execute_to(self.session, name, dot, |out| Text::from(out.as_slice()));
        made.map_err(|error| CallError::caused(Rc::new(error)))
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

    /// The time.
    pub fn now(&self) -> Moment {
        self.session.host().now()
    }

    /// Fills `bytes` with random ones.
    pub fn fill_random(&self, bytes: &mut [u8]) {
        self.session.host().fill_random(bytes);
    }

    /// The host, if it is a `T`: for functions that come with a host of their own.
    pub fn host<T: 'static>(&self) -> Option<&'a T> {
        self.session.host().as_any().downcast_ref()
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
