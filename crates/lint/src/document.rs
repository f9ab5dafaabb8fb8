//! Objects in streams of YAML or JSON documents, as the library of Kubernetes reads them.

mod reader;
mod stream;

use std::ops::Range;

use reader::Reader;
use stream::{Document, Stream};

/// What the rules look at in an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Where the object starts in the text.
    start: usize,
    /// The bytes of the values that are there, by key.
    places: Vec<(&'static str, Range<usize>)>,
}

impl Object {
    /// The bytes of `apiVersion`, `kind` or `name`; without it, those where the object starts.
    pub(crate) fn at(&self, key: &str) -> Range<usize> {
        let place = self.places.iter().find(|(name, _)| *name == key);
        place.map_or(self.start..self.start, |(_, bytes)| bytes.clone())
    }
}

/// Why a document is no object, in the words of Kubernetes' library, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// Reads all objects of a stream; after a document that is none, nothing more. Documents of
/// nothing are left out.
pub(crate) fn objects(text: &[u8]) -> Vec<Result<Object, Problem>> {
    if !text.is_empty() && !text.ends_with(b"\n") {
        // Their reader ends every line with a line break, and errors count lines.
        return objects(&[text, b"\n"].concat());
    }
    let mut stream = Stream::new(text);
    let mut objects = Vec::new();
    while let Some(document) = stream.next() {
        let (object, is_document) = match document {
            Ok(document) => (object(&document).transpose(), true),
            Err(problem) => (Some(Err(problem)), false),
        };
        // What an attempt as JSON says counts, but only if YAML cannot be read either.
        let object = match (object, stream.first_problem.take()) {
            (Some(Err(_)), Some(first)) => Some(Err(first)),
            (Some(Err(problem)), None) if is_document && stream.gives_up_json(&problem) => continue,
            (object, _) => object,
        };
        let Some(object) = object else { continue };
        let failed = object.is_err();
        objects.push(object);
        if failed {
            break;
        }
    }
    objects
}

fn object(document: &Document<'_>) -> Result<Option<Object>, Problem> {
    let Document { text, start, is_json } = *document;
    let problem = |text: String, at: usize| Problem { text, at: start + at };
    let node = rhumb_yaml::parse(text, &rhumb_yaml::Options::default());
    let node = node.map_err(|error| {
        // What is missing at the end is missing behind the last thing that is there.
        let last = text.trim_ascii_end().len().saturating_sub(1);
        let at = (error.offset().unwrap_or_default() as usize).min(last);
        problem(format!("error converting YAML to JSON: {error}"), at)
    })?;
    let mut reader = Reader::new(start, is_json);
    let object = reader.object(&node);
    match reader.problem {
        Some((text, at)) if is_json => Err(problem(text, at)),
        Some((text, at)) => {
            Err(problem(format!("error unmarshaling JSON: while decoding JSON: {text}"), at))
        }
        None => Ok(object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Result<(String, String), String>> {
        let one = |object: Result<Object, Problem>| {
            object.map(|one| (one.kind, one.name)).map_err(|problem| problem.text)
        };
        objects(text.as_bytes()).into_iter().map(one).collect()
    }

    fn named(kind: &str, name: &str) -> (String, String) {
        (kind.to_owned(), name.to_owned())
    }

    #[test]
    fn objects_of_a_stream() {
        let all = found("kind: A\n---\n# nothing\n--- # b\nKIND: B\nmetadata: {name: 1}\n");
        assert_eq!(all, [Ok(named("A", "")), Ok(named("B", "1"))]);
    }

    #[test]
    fn the_first_error_ends_it() {
        assert_eq!(
            found("kind: [1]\n---\nkind: B\n"),
            [Err(
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into \
                  Go struct field k8sYamlStruct.Kind of type string"
                    .to_owned()
            )]
        );
        assert_eq!(
            found("---kind: B\n"),
            [Err("invalid Yaml document separator: kind: B".to_owned())]
        );
    }

    #[test]
    fn a_separator_in_front_is_a_line() {
        for (text, line) in [
            ("k: 1\na: b: c\n", 2),
            ("---\nk: 1\na: b: c\n", 3),
            ("x: 1\n---\n--- # y\na: b: c\n", 2),
            ("k: 1\na: \"", 3),
        ] {
            let last = found(text).pop().expect("a document").expect_err("no YAML");
            assert!(last.contains(&format!("yaml: line {line}: ")), "{text:?}: {last}");
        }
        assert_eq!(found("---\n---\n---\nkind: A\n---\n"), [Ok(named("A", ""))]);
    }

    #[test]
    fn places_count_from_the_start_of_the_stream() {
        let text = "kind: A\n---\nmetadata: {name: bad}\nkind: B\n";
        let all = objects(text.as_bytes());
        let second = all[1].as_ref().expect("an object");
        assert_eq!(&text[second.at("name")], "bad");
        assert_eq!(&text[second.at("kind")], "B");
        assert_eq!(second.at("apiVersion"), 12..12);
        let bad = objects(b"kind: A\n---\nkind: [\n");
        assert!(bad[1].as_ref().is_err_and(|problem| problem.at > 12), "{bad:?}");
    }

    #[test]
    fn json_is_read_as_json_until_it_is_none() {
        assert_eq!(
            found("{\"kind\": \"A\"} {\"kind\": \"B\"}\n"),
            [Ok(named("A", "")), Ok(named("B", ""))]
        );
        assert_eq!(
            found("{\"kind\": \"A\"}\n---\nkind: B\n"),
            [Ok(named("A", "")), Ok(named("B", ""))]
        );
        assert_eq!(found("{kind: A}\n"), [Ok(named("A", ""))]);
        assert_eq!(
            found("{\"kind\": \"A\"}\n{\"kind\": \"B\"}\n---\nkind: C\n")[2],
            Err("invalid character '-' in numeric literal".to_owned())
        );
        assert_eq!(
            found("{\"kind\": \"A\", [}\n"),
            [Err(
                "json: offset 15: invalid character '[' looking for beginning of object key string"
                    .to_owned()
            )]
        );
        assert_eq!(found("{\"kind\": \n"), [Err("unexpected EOF".to_owned())]);
    }
}
