use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// A set of characters. Go's code points include surrogates; no text has them, so they are left out.
pub(crate) type Class = ClassUnicode;

/// Code points between two, both included.
pub(crate) fn range(low: u32, high: u32) -> Class {
    let mut class = Class::empty();
    for (low, high) in [(low, high.min(0xd7ff)), (low.max(0xe000), high)] {
        if let (true, Some(low), Some(high)) =
            (low <= high, char::from_u32(low), char::from_u32(high))
        {
            class.push(ClassUnicodeRange::new(low, high));
        }
    }
    class
}

/// Adds what differs only in case.
pub(crate) fn fold(class: &mut Class) {
    class.case_fold_simple();
}

/// `\d`, `\w`, `\s` and their opposites: the set and whether it is negated.
pub(crate) fn perl(letter: u8) -> Option<(&'static [(char, char)], bool)> {
    let set: &[(char, char)] = match letter.to_ascii_lowercase() {
        b'd' => &[('0', '9')],
        b's' => &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')],
        b'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        _ => return None,
    };
    Some((set, letter.is_ascii_uppercase()))
}

/// The set of `[:name:]`.
pub(crate) fn posix(name: &[u8]) -> Option<&'static [(char, char)]> {
    Some(match name {
        b"alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        b"alpha" => &[('A', 'Z'), ('a', 'z')],
        b"ascii" => &[('\0', '\x7f')],
        b"blank" => &[('\t', '\t'), (' ', ' ')],
        b"cntrl" => &[('\0', '\x1f'), ('\x7f', '\x7f')],
        b"digit" => &[('0', '9')],
        b"graph" => &[('!', '~')],
        b"lower" => &[('a', 'z')],
        b"print" => &[(' ', '~')],
        b"punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        b"space" => &[('\t', '\r'), (' ', ' ')],
        b"upper" => &[('A', 'Z')],
        b"word" => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        b"xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    })
}

/// Makes a class of a named set: folded first, negated then.
pub(crate) fn named(set: &[(char, char)], is_folded: bool, is_negated: bool) -> Class {
    let mut class = Class::new(set.iter().map(|(low, high)| ClassUnicodeRange::new(*low, *high)));
    if is_folded {
        fold(&mut class);
    }
    if is_negated {
        class.negate();
    }
    class
}
