use std::fmt;

use crate::Func;
use crate::builtin::Builtin;
use crate::token::Kind;

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

/// What a word stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    /// A keyword, or a truth value.
    Keyword(Kind),
    Function(Function),
}

/// The functions that templates may call: those of the language, and those of tables.
#[derive(Clone, Debug)]
pub struct Functions {
    /// All words that mean something.
    rows: Vec<Row>,
    /// Where each is among them, plus one, at the place of its hash or at the next that was free;
    /// at least every other place is free.
    places: Vec<u16>,
}

#[derive(Clone, Debug)]
struct Row {
    name: &'static str,
    ends: Ends,
    word: Word,
}

impl Functions {
    /// The functions of the language and of these tables; a later one of a name replaces an earlier.
    pub fn new(tables: &[&'static [Func]]) -> Self {
        let builtins = Builtin::ALL.iter().map(|(_, builtin)| Function::Builtin(*builtin));
        let tables = tables.iter().copied().flatten().map(Function::Table);
        let functions = builtins.chain(tables);
        let functions = functions.map(|function| (function.name(), Word::Function(function)));
        let keyword = |(name, kind): &(&'static str, Kind)| (*name, Word::Keyword(*kind));
        // Functions may take the place of some of the keywords.
        let keywords = Kind::YIELDING.iter().map(keyword);
        let all = keywords.chain(functions).chain(Kind::KEYWORDS.iter().map(keyword));
        let rows: Vec<Row> =
            all.map(|(name, word)| Row { name, ends: Ends::of(name.as_bytes()), word }).collect();
        let mut functions = Self {
            places: vec![0; (4 * rows.len()).next_power_of_two()],
            rows: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            functions.insert(row);
        }
        functions
    }

    /// Adds a row, or puts it in the place of the one of its name.
    fn insert(&mut self, row: Row) {
        match self.find(row.name.as_bytes(), row.ends) {
            Ok(number) => self.rows[number] = row,
            Err(place) => {
                self.rows.push(row);
                // There are some hundreds.
                self.places[place] = u16::try_from(self.rows.len()).unwrap_or_default();
            }
        }
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let functions = self.rows.iter().filter(|row| matches!(row.word, Word::Function(_)));
        let mut names: Vec<_> = functions.map(|row| row.name).collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// The row that a name has in a table; nothing for the functions of the language.
    pub fn row(&self, name: &str) -> Option<&'static Func> {
        match self.get(name.as_bytes())? {
            Word::Function(Function::Table(func)) => Some(func),
            Word::Function(Function::Builtin(_)) | Word::Keyword(_) => None,
        }
    }

    /// What a word stands for, if anything.
    #[inline]
    pub(crate) fn get(&self, name: &[u8]) -> Option<Word> {
        let number = self.find(name, Ends::of(name)).ok()?;
        Some(self.rows[number].word)
    }

    /// The number of the row that a name has, or the place that is free for it.
    #[inline]
    fn find(&self, name: &[u8], ends: Ends) -> Result<usize, usize> {
        let mut place = self.place(ends);
        loop {
            let Some(number) = self.places[place].checked_sub(1) else { return Err(place) };
            let row = &self.rows[usize::from(number)];
            if row.ends == ends && (name.len() <= 16 || row.name.as_bytes() == name) {
                return Ok(usize::from(number));
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }

    fn place(&self, Ends { head, tail, length }: Ends) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let hash = (head ^ tail ^ length as u64).wrapping_mul(FACTOR) >> 40;
        usize::try_from(hash).unwrap_or_default() & (self.places.len() - 1)
    }
}

/// The length of a name, and what tells names of up to 16 bytes apart: the first eight bytes, and
/// the last eight of those that are longer, each as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ends {
    head: u64,
    tail: u64,
    length: usize,
}

impl Ends {
    #[inline]
    fn of(name: &[u8]) -> Self {
        let length = name.len();
        let (head, tail) = match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (short(name), 0),
        };
        Self { head, tail, length }
    }
}

/// A name of less than eight bytes as a number.
#[inline]
fn short(name: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        // They overlap.
        let shift = 8 * (name.len() as u64 - 4);
        return u64::from(u32::from_le_bytes(*first))
            | u64::from(u32::from_le_bytes(*last)) << shift;
    }
    name.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::func;

    fn nothing() -> bool {
        false
    }

    const FIRST: &[Func] = &[
        func!("abcdefgh", nothing, []),
        func!("print", nothing, []),
        func!("break", nothing, []),
        func!("range", nothing, []),
        func!("sixteenBytesLong", nothing, []),
        func!("seventeenBytesLon", nothing, []),
    ];
    const SECOND: &[Func] = &[func!("abcdefghi", nothing, []), func!("abcdefgh", nothing, [])];

    fn found(functions: &Functions, name: &str) -> Option<&'static str> {
        match functions.get(name.as_bytes())? {
            Word::Function(function) => Some(function.name()),
            Word::Keyword(_) => None,
        }
    }

    #[test]
    fn names_are_found_and_nothing_else_is() {
        let functions = Functions::new(&[FIRST, SECOND]);
        assert!(functions.names().is_sorted());
        for name in functions.names() {
            assert_eq!(found(&functions, name), Some(name));
            assert_eq!(found(&functions, &format!("{name}x")), None);
            assert_ne!(found(&functions, &name[1..]), Some(name));
        }
        assert_eq!(found(&functions, ""), None);
    }

    #[test]
    fn the_later_of_a_name_counts() {
        let functions = Functions::new(&[FIRST, SECOND]);
        let row = functions.row("abcdefgh").expect("a row");
        assert!(std::ptr::eq(row, &raw const SECOND[1]));
        assert!(functions.row("print").is_some() && functions.row("printf").is_none());
    }

    #[test]
    fn long_names_differ_in_the_middle_too() {
        let functions = Functions::new(&[FIRST]);
        assert_eq!(found(&functions, "seventeenBytesLon"), Some("seventeenBytesLon"));
        assert_eq!(found(&functions, "seventeexBytesLon"), None);
        assert_eq!(found(&functions, "sixteenXytesLong"), None);
    }

    #[test]
    fn some_keywords_give_way_to_functions() {
        let functions = Functions::new(&[FIRST]);
        assert_eq!(found(&functions, "break"), Some("break"));
        let kind = |word: &[u8]| match functions.get(word) {
            Some(Word::Keyword(kind)) => Some(kind),
            _ => None,
        };
        assert_eq!(kind(b"continue"), Some(Kind::Continue));
        assert_eq!(kind(b"range"), Some(Kind::Range));
        assert_eq!(kind(b"false"), Some(Kind::Bool));
        assert!(functions.names().all(|name| name != "range" && name != "continue"));
    }
}
