use std::fmt;

use crate::Func;
use crate::builtin::Builtin;
use crate::token::head;

/// A function that a template calls, found when it is parsed.
#[derive(Clone, Copy)]
pub(crate) enum Function {
    Builtin(Builtin),
    Table(&'static Func),
}

impl Function {
    /// The name under which templates call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Builtin(builtin) => builtin.name(),
            Self::Table(func) => func.name,
        }
    }
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
pub struct Functions {
    /// In the order of their names.
    rows: Vec<Row>,
    /// Where each is among them, plus one, at the place of its hash or at the next that was free;
    /// at least every other place is free.
    places: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Row {
    name: &'static str,
    head: u64,
    function: Function,
}

impl Functions {
    /// The functions of the language and of these tables; a later one of a name replaces an earlier.
    pub fn new(tables: &[&'static [Func]]) -> Self {
        let builtins = Builtin::ALL.iter().map(|(_, builtin)| Function::Builtin(*builtin));
        let tables = tables.iter().copied().flatten().map(Function::Table);
        let all = builtins.chain(tables).map(|function| {
            let name = function.name();
            Row { name, head: head(name.as_bytes()), function }
        });
        let mut rows: Vec<Row> = all.collect();
        // The later of a name comes first, and stays.
        rows.reverse();
        rows.sort_by_key(|row| row.name);
        rows.dedup_by_key(|row| row.name);
        let mut functions = Self { places: vec![0; (4 * rows.len()).next_power_of_two()], rows };
        for (at, number) in (0..functions.rows.len()).zip(1..) {
            let Row { name, head, .. } = functions.rows[at];
            let mut place = functions.place(head, name.len());
            while functions.places[place] != 0 {
                place = (place + 1) & (functions.places.len() - 1);
            }
            functions.places[place] = number;
        }
        functions
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.rows.iter().map(|row| row.name)
    }

    /// The row that a name has in a table; nothing for the functions of the language.
    pub fn row(&self, name: &str) -> Option<&'static Func> {
        match self.get(name.as_bytes())? {
            Function::Builtin(_) => None,
            Function::Table(func) => Some(func),
        }
    }

    pub(crate) fn get(&self, name: &[u8]) -> Option<Function> {
        let head = head(name);
        let mut place = self.place(head, name.len());
        loop {
            let number = self.places.get(place)?.checked_sub(1)?;
            let row = self.rows.get(number as usize)?;
            let known = row.name.as_bytes();
            if row.head == head && known.len() == name.len() && known.get(8..) == name.get(8..) {
                return Some(row.function);
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }

    fn place(&self, head: u64, length: usize) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let hash = (head ^ length as u64).wrapping_mul(FACTOR) >> 40;
        usize::try_from(hash).unwrap_or_default() & (self.places.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::func;

    fn nothing() -> bool {
        false
    }

    const FIRST: &[Func] = &[func!("abcdefgh", nothing, []), func!("print", nothing, [])];
    const SECOND: &[Func] = &[func!("abcdefghi", nothing, []), func!("abcdefgh", nothing, [])];

    #[test]
    fn names_are_found_and_nothing_else_is() {
        let functions = Functions::new(&[FIRST, SECOND]);
        assert!(functions.names().is_sorted());
        for name in functions.names() {
            assert_eq!(functions.get(name.as_bytes()).map(Function::name), Some(name));
            let longer = format!("{name}x");
            assert!(functions.get(longer.as_bytes()).is_none());
            assert!(functions.get(&name.as_bytes()[1..]).is_none_or(|found| found.name() != name));
        }
        assert!(functions.get(b"").is_none());
    }

    #[test]
    fn the_later_of_a_name_counts() {
        let functions = Functions::new(&[FIRST, SECOND]);
        let row = functions.row("abcdefgh").expect("a row");
        assert!(std::ptr::eq(row, &raw const SECOND[1]));
        assert!(functions.row("print").is_some() && functions.row("printf").is_none());
    }
}
