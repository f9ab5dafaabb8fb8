use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use rhumb_gotmpl::{Host, Moment, Parsed};
use rhumb_value::{CallError, Map, Object, Text, Value};

use crate::object::ValuesMethods;

/// What lies outside of a chart: time, randomness, the cluster and the network.
pub trait World: fmt::Debug + Send + Sync {
    /// The time.
    fn now(&self) -> Moment;

    /// Fills `bytes` with random ones.
    fn fill_random(&self, bytes: &mut [u8]);

    /// What the function `lookup` finds in the cluster. By default there is none, and so nothing.
    ///
    /// # Errors
    ///
    /// A message, if the cluster cannot be asked. That an object is not there is no error: then the
    /// answer is empty.
    fn lookup(&self, query: &Lookup<'_>) -> Result<Value, String> {
        let _ = query;
        Ok(Value::Map(Map::new()))
    }

    /// The addresses of a host, for the function `getHostByName`; nothing if charts may not ask,
    /// which is the default.
    fn addresses(&self, host: &str) -> Option<Vec<String>> {
        let _ = host;
        None
    }

    /// Hears what `required` and `fail` let pass for `lint`: a level such as `WARN`, what happened,
    /// and the template's message. By default nobody does.
    fn passed(&self, level: &str, what: &str, message: &str) {
        let _ = (level, what, message);
    }

    /// A variable of the environment, for names of releases; charts cannot ask. By default there are none.
    fn variable(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// The name of the local time zone in the IANA database. By default UTC.
    fn time_zone(&self) -> String {
        "UTC".to_owned()
    }
}

/// What the function `lookup` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup<'q> {
    /// The API version, such as `apps/v1`.
    pub api_version: &'q str,
    /// The kind, such as `Deployment`.
    pub kind: &'q str,
    /// The namespace, or empty for all of them.
    pub namespace: &'q str,
    /// The name, or empty for a list of all.
    pub name: &'q str,
}

/// What the functions of one rendering share.
pub(crate) struct Rendering {
    pub(crate) world: Arc<dyn World>,
    /// Whether `required` and `fail` never fail.
    pub(crate) lint: bool,
    /// The names of the templates that are being included, one in the other.
    pub(crate) included: RefCell<Vec<Text>>,
    /// How many templates are being included or expanded, one in the other.
    pub(crate) depth: Cell<u32>,
    /// Texts that `tpl` has parsed.
    pub(crate) parsed: RefCell<BTreeMap<Text, Rc<Parsed>>>,
}

/// How many includes and expansions may be within each other; Go's stack ends somewhere there.
const MAX_DEPTH: u32 = 20_000;

impl Rendering {
    pub(crate) fn new(world: Arc<dyn World>, lint: bool) -> Self {
        Self {
            world,
            lint,
            included: RefCell::default(),
            depth: Cell::default(),
            parsed: RefCell::default(),
        }
    }

    /// Runs a template within the one that is running.
    pub(crate) fn deeper<T>(
        &self,
        run: impl FnOnce() -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        let depth = self.depth.get();
        if depth == MAX_DEPTH {
            return Err(CallError::new(format!("templates are nested deeper than {MAX_DEPTH}")));
        }
        self.depth.set(depth + 1);
        let result = run();
        self.depth.set(depth);
        result
    }
}

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendering").field("world", &self.world).finish_non_exhaustive()
    }
}

impl Host for Rendering {
    fn now(&self) -> Moment {
        self.world.now()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.world.fill_random(bytes);
    }

    fn time_zone(&self) -> String {
        self.world.time_zone()
    }

    fn addresses(&self, name: &str) -> Option<Vec<String>> {
        self.world.addresses(name)
    }

    fn method_of(&self, map: &Map, name: &[u8]) -> Option<Rc<dyn Object>> {
        ValuesMethods::of(map, name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
