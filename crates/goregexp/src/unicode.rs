//! Names of Unicode classes as Go 1.26 knows them, which is Unicode 15.0.

use regex_syntax::hir::{Class as HirClass, HirKind};

use crate::class::{self, Class};

/// General categories that have a name of one or two letters; `Cn` is made from the others.
const CATEGORIES: [&str; 37] = [
    "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn",
    "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm",
    "So", "Z", "Zl", "Zp", "Zs",
];

/// Long names of the categories, without underscores and in the case that [`canonical`] gives.
const ALIASES: [(&str, &str); 42] = [
    ("Casedletter", "LC"),
    ("Closepunctuation", "Pe"),
    ("Cntrl", "Cc"),
    ("Combiningmark", "M"),
    ("Connectorpunctuation", "Pc"),
    ("Control", "Cc"),
    ("Currencysymbol", "Sc"),
    ("Dashpunctuation", "Pd"),
    ("Decimalnumber", "Nd"),
    ("Digit", "Nd"),
    ("Enclosingmark", "Me"),
    ("Finalpunctuation", "Pf"),
    ("Format", "Cf"),
    ("Initialpunctuation", "Pi"),
    ("Lc", "LC"),
    ("Letter", "L"),
    ("Letternumber", "Nl"),
    ("Lineseparator", "Zl"),
    ("Lowercaseletter", "Ll"),
    ("Mark", "M"),
    ("Mathsymbol", "Sm"),
    ("Modifierletter", "Lm"),
    ("Modifiersymbol", "Sk"),
    ("Nonspacingmark", "Mn"),
    ("Number", "N"),
    ("Openpunctuation", "Ps"),
    ("Other", "C"),
    ("Otherletter", "Lo"),
    ("Othernumber", "No"),
    ("Otherpunctuation", "Po"),
    ("Othersymbol", "So"),
    ("Paragraphseparator", "Zp"),
    ("Privateuse", "Co"),
    ("Punct", "P"),
    ("Punctuation", "P"),
    ("Separator", "Z"),
    ("Spaceseparator", "Zs"),
    ("Spacingmark", "Mc"),
    ("Surrogate", "Cs"),
    ("Symbol", "S"),
    ("Titlecaseletter", "Lt"),
    ("Uppercaseletter", "Lu"),
];

/// Scripts of one word. Go drops underscores from what it looks up but not from its own names, so
/// that scripts of several words cannot be named at all.
const SCRIPTS: &str = " Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi \
    Braille Buginese Buhid Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform \
    Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian \
    Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana \
    Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin \
    Lepcha Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen \
    Medefaidrin Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa Nko Nushu \
    Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada \
    Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa \
    Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi \
    Yi ";

/// The class of a name in `\p{name}`, before folding; nothing if Go does not know it.
pub(crate) fn class(name: &str) -> Option<Class> {
    let name = canonical(name);
    match &*name {
        "Any" => return Some(class::range(0, 0x10_ffff)),
        "Ascii" => return Some(class::range(0, 0x7f)),
        "Assigned" => return assigned(),
        _ => {}
    }
    if CATEGORIES.contains(&&*name) {
        return category(&name);
    }
    if !name.is_empty() && name.is_ascii() && SCRIPTS.contains(&format!(" {name} ")) {
        return limited(&format!(r"\p{{script={name}}}"));
    }
    let (_, short) = ALIASES.iter().find(|(long, _)| *long == name)?;
    category(short)
}

/// Whether a character is a letter or a decimal digit.
pub(crate) fn is_letter_or_digit(char: char) -> bool {
    let holds = |class: Class| {
        class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&char))
    };
    ["L", "Nd"].into_iter().filter_map(category).any(holds)
}

/// The name as Go looks it up: a capital, then small letters, no spaces, hyphens or underscores.
fn canonical(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut is_first = true;
    for char in name.chars() {
        match char {
            '_' | '-' | ' ' => {}
            _ if is_first => {
                result.push(char.to_ascii_uppercase());
                is_first = false;
            }
            _ => result.push(char.to_ascii_lowercase()),
        }
    }
    result
}

fn category(short: &str) -> Option<Class> {
    match short {
        "Cs" => Some(Class::empty()),
        "Co" => limited(r"\p{gc=Co}"),
        "Cn" => {
            let mut class = assigned()?;
            class.negate();
            Some(class)
        }
        "C" => {
            let mut class = category("Cn")?;
            for part in ["Cc", "Cf", "Co"] {
                class.union(&category(part)?);
            }
            Some(class)
        }
        _ => limited(&format!(r"\p{{gc={short}}}")),
    }
}

/// All code points that have a category other than `Cn`.
fn assigned() -> Option<Class> {
    limited(r"\P{gc=Cn}")
}

/// A class of the syntax crate without the characters that came after Unicode 15.0.
fn limited(pattern: &str) -> Option<Class> {
    let mut class = parse(pattern)?;
    class.intersect(&parse(r"\p{age=15.0}")?);
    Some(class)
}

fn parse(pattern: &str) -> Option<Class> {
    let hir = regex_syntax::parse(pattern).ok()?;
    match hir.kind() {
        HirKind::Class(HirClass::Unicode(class)) => Some(class.clone()),
        HirKind::Literal(literal) => {
            let char = str::from_utf8(&literal.0).ok()?.chars().next()?;
            Some(class::range(char.into(), char.into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_has_a_class() {
        for name in CATEGORIES.into_iter().chain(SCRIPTS.split_whitespace()) {
            assert!(class(name).is_some(), "{name}");
        }
        for (name, _) in ALIASES {
            assert!(class(name).is_some(), "{name}");
        }
        assert!(class("Old_Italic").is_none());
    }
}
