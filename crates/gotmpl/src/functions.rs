use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::Func;
use crate::builtin::Builtin;

/// A function that a template calls, found when it is parsed.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    Builtin(Builtin),
    Table(&'static Func),
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin(builtin) => builtin.fmt(f),
            Self::Table(func) => func.fmt(f),
        }
    }
}

/// The functions that templates may call: those of the language, and those of tables.
#[derive(Clone, Debug)]
pub struct Functions(IndexMap<&'static [u8], (&'static str, Function), RandomState>);

impl Functions {
    /// The functions of the language and of these tables; a later one of a name replaces an earlier.
    pub fn new(tables: &[&'static [Func]]) -> Self {
        let builtins =
            Builtin::ALL.iter().map(|(name, builtin)| (*name, Function::Builtin(*builtin)));
        let tables = tables.iter().copied().flatten();
        let tables = tables.map(|func| (func.name, Function::Table(func)));
        let all = builtins.chain(tables);
        let mut functions: IndexMap<_, _, _> =
            all.map(|(name, function)| (name.as_bytes(), (name, function))).collect();
        functions.sort_unstable_keys();
        Self(functions)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.values().map(|(name, _)| *name)
    }

    /// The row that a name has in a table; nothing for the functions of the language.
    pub fn row(&self, name: &str) -> Option<&'static Func> {
        match self.get(name.as_bytes())? {
            Function::Builtin(_) => None,
            Function::Table(func) => Some(func),
        }
    }

    pub(crate) fn get(&self, name: &[u8]) -> Option<Function> {
        self.0.get(name).map(|(_, function)| *function)
    }
}
