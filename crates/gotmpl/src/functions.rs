use std::collections::BTreeMap;
use std::fmt;

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
pub struct Functions(BTreeMap<&'static str, Function>);

impl Functions {
    /// The functions of the language and of these tables; a later one of a name replaces an earlier.
    pub fn new(tables: &[&'static [Func]]) -> Self {
        let builtins =
            Builtin::ALL.iter().map(|(name, builtin)| (*name, Function::Builtin(*builtin)));
        let mut functions: BTreeMap<_, _> = builtins.collect();
        for func in tables.iter().copied().flatten() {
            functions.insert(func.name, Function::Table(func));
        }
        Self(functions)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    pub(crate) fn get(&self, name: &str) -> Option<Function> {
        self.0.get(name).copied()
    }
}
