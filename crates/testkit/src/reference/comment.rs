use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// What the comment beside a function says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The name with the parameters, such as `trunc LENGTH TEXT`.
    pub usage: String,
    /// What it gives.
    pub text: String,
    /// An example.
    pub template: String,
    /// What comes of the example.
    pub answer: Answer,
}

/// What comes of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This text.
    Gives(String),
    /// An error that ends so.
    Fails(String),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gives(text) => write!(f, "gives `{text}`"),
            Self::Fails(text) => write!(f, "fails with `{text}`"),
        }
    }
}

impl Comment {
    /// Reads the two paragraphs of a comment; nothing if they are not about a function of templates.
    fn parse(paragraphs: &[String]) -> Option<Self> {
        let (usage, text) = code(paragraphs.first()?)?;
        let (template, rest) = code(paragraphs.get(1)?)?;
        let answer = |word: &str| Some(code(rest.strip_prefix(word)?)?.0.to_owned());
        let answer = answer(" gives ")
            .map(Answer::Gives)
            .or_else(|| answer(" fails with ").map(Answer::Fails))?;
        let (usage, text) = (usage.to_owned(), text.strip_prefix(": ")?.to_owned());
        Some(Self { usage, text, template: template.to_owned(), answer })
    }

    fn name(&self) -> &str {
        self.usage.split(' ').next().unwrap_or_default()
    }

    /// What is said of a function under another name.
    fn renamed(&self, name: &str) -> Self {
        let old = self.name();
        let rename = |word: &str| if word == old { name.to_owned() } else { word.to_owned() };
        let words = |text: &str| {
            let is_end = |char: char| !char.is_alphanumeric();
            let parts = text.split_inclusive(is_end).map(|part| match part.find(is_end) {
                Some(at) => rename(&part[..at]) + &part[at..],
                None => rename(part),
            });
            parts.collect::<String>()
        };
        Self { usage: words(&self.usage), template: words(&self.template), ..self.clone() }
    }
}

/// A text in backticks that a text starts with, and what follows it.
fn code(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('`')?.split_once('`')
}

/// The comments of all functions, and the Rust functions behind their names.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// By the name that the comment says.
    comments: BTreeMap<String, Comment>,
    /// The names that comments say, by the Rust functions below them.
    documented: BTreeMap<String, String>,
    /// The Rust functions of the rows of tables, by name.
    rows: BTreeMap<String, String>,
}

impl Source {
    /// What is said of a function, and the name under which it is said if that is another.
    pub(super) fn of(&self, name: &str) -> Option<(Option<String>, Comment)> {
        if let Some(comment) = self.comments.get(name) {
            return Some((None, comment.clone()));
        }
        let other = self.documented.get(self.rows.get(name)?)?;
        Some((Some(other.clone()), self.comments.get(other)?.renamed(name)))
    }

    fn file(&mut self, path: &Path, text: &str) {
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut paragraphs = vec![String::new()];
        for line in text.lines().map(str::trim_start) {
            if let Some(line) = line.strip_prefix("///") {
                add(&mut paragraphs, line.trim_start());
                continue;
            }
            if line.starts_with("#[") {
                continue;
            }
            if let (Some(comment), Some(function)) = (Comment::parse(&paragraphs), name(line)) {
                self.documented.insert(format!("{module}::{function}"), comment.name().to_owned());
                self.comments.insert(comment.name().to_owned(), comment);
            }
            paragraphs = vec![String::new()];
        }
        for row in text.split("func!(").skip(1) {
            let mut parts = row.split(',').map(str::trim);
            if let (Some(name), Some(function)) = (parts.next(), parts.next()) {
                let function = if function.contains("::") {
                    function.to_owned()
                } else {
                    format!("{module}::{function}")
                };
                self.rows.insert(name.trim_matches('"').to_owned(), function);
            }
        }
    }
}

fn add(paragraphs: &mut Vec<String>, line: &str) {
    match paragraphs.last_mut() {
        Some(last) if line.is_empty() && !last.is_empty() => paragraphs.push(String::new()),
        Some(last) if !line.is_empty() => {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(line);
        }
        _ => {}
    }
}

/// The name of the function, or of the variant, that a line declares.
fn name(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    let line = line.strip_prefix("pub(super) ").unwrap_or(line);
    let line = line.strip_prefix("fn ").unwrap_or(line);
    let end = line.find(|char: char| !char.is_alphanumeric() && char != '_')?;
    (end > 0).then(|| &line[..end])
}

/// The folders and files that declare functions, from the folder of crates.
const PLACES: &[&str] = &["gotmpl/src/builtin.rs", "sprig/src", "render/src/function"];

/// Reads the sources of this checkout.
pub(super) fn read() -> io::Result<Source> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut source = Source::default();
    let mut places: Vec<PathBuf> = PLACES.iter().map(|place| crates.join(place)).collect();
    places.push(crates.join("render/src/function.rs"));
    while let Some(place) = places.pop() {
        if place.is_dir() {
            for entry in fs::read_dir(&place)? {
                places.push(entry?.path());
            }
        } else if place.extension().is_some_and(|extension| extension == "rs") {
            source.file(&place, &fs::read_to_string(&place)?);
        }
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
/// `append LIST VALUE`: the list
/// with the value at its end.
///
/// `{{ append (list 1) 2 }}` gives `[1
/// 2]`.
fn append(list: &List) -> List {}

/// Not a function of templates.
fn other() {}

const FUNCS: &[Func] = &[
    func!(\"append\", append, [list, value]),
    func!(\"mustAppend\", append, [list, value]),
];
";

    #[test]
    fn comments_are_found_under_all_names() {
        let mut source = Source::default();
        source.file(Path::new("src/list.rs"), FILE);
        let (other, comment) = source.of("append").expect("a comment");
        assert_eq!((other, comment.text.as_str()), (None, "the list with the value at its end."));
        assert_eq!(comment.answer, Answer::Gives("[1 2]".to_owned()));
        let (other, comment) = source.of("mustAppend").expect("a comment");
        assert_eq!(other.as_deref(), Some("append"));
        assert_eq!(comment.usage, "mustAppend LIST VALUE");
        assert_eq!(comment.template, "{{ mustAppend (list 1) 2 }}");
        assert!(source.of("other").is_none());
    }
}
