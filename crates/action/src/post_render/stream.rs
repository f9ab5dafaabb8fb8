use std::collections::BTreeMap;

use bytes::Bytes;
use rhumb_render::resource::{is_partial, split as split_template};
use rhumb_yaml::edit::{Content, Document, Node};
use rhumb_yaml::{Options, PrintLimits};

use super::annotation::{self, annotate};

/// The annotation by which a document says which template it comes from.
const FILE_NAME: &str = "postrenderer.helm.sh/postrender-filename";

/// Makes one stream of documents, each with its template's path in an annotation.
pub(super) fn merge<'t>(
    templates: impl Iterator<Item = (&'t String, &'t Bytes)>,
) -> Result<String, String> {
    let mut all = Vec::new();
    for (path, text) in templates {
        if is_partial(path) || text.trim_ascii().is_empty() {
            continue;
        }
        let text = utf8(text).map_err(|why| format!("parsing {path}: {why}"))?;
        for range in split_template(text.as_bytes()) {
            let documents = read(&text[range]).map_err(|why| format!("parsing {path}: {why}"))?;
            for mut document in documents {
                annotate(&mut document.root, FILE_NAME, path)
                    .map_err(|why| format!("annotating {path}: {why}"))?;
                all.push(document);
            }
        }
    }
    print(all).map_err(|why| format!("writing merged docs: {why}"))
}

/// Takes a stream of documents apart, by the annotations.
pub(super) fn split(text: &[u8]) -> Result<BTreeMap<String, Bytes>, String> {
    let documents =
        utf8(text).and_then(read).map_err(|why| format!("error parsing YAML: {why}"))?;
    let mut by_path: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for (number, mut document) in documents.into_iter().enumerate() {
        let path = annotation::get(&document.root, FILE_NAME)
            .map_err(|why| format!("getting metadata: {why}"))?
            .unwrap_or_else(|| format!("generated-by-postrender-{number}.yaml"));
        annotation::remove(&mut document.root, FILE_NAME)
            .map_err(|why| format!("clearing filename annotation: {why}"))?;
        by_path.entry(path).or_default().push(document);
    }
    let mut templates = BTreeMap::new();
    for (path, documents) in by_path {
        let text = print(documents).map_err(|why| format!("re-writing {path}: {why}"))?;
        templates.insert(path, text.into());
    }
    Ok(templates)
}

/// Text, as which nothing else than UTF-8 is read.
fn utf8(bytes: &[u8]) -> Result<&str, String> {
    str::from_utf8(bytes).map_err(|error| {
        // The words are those of the parser, which reads one document.
        let mut before = bytes[..error.valid_up_to()].windows(4);
        let start = before.rposition(|part| part == b"\n---").unwrap_or_default();
        let parsed = Document::parse(&bytes[start..], &Options::default());
        let why = parsed.err().map_or_else(|| error.to_string(), |error| error.to_string());
        format!("MalformedYAMLError: {why}")
    })
}

/// Reads a stream of documents to edit; empty ones are left out. A list that is alone in it is taken
/// apart.
fn read(text: &str) -> Result<Vec<Document>, String> {
    let text = text.replace("\r\n", "\n");
    let parts = parts(&text)?;
    let mut documents = Vec::new();
    let mut number = 0;
    for (at, part) in parts.iter().enumerate() {
        // The line break before `---` belongs to the document, too.
        let part = if at + 1 < parts.len() { format!("{part}\n") } else { (*part).to_owned() };
        let document = Document::parse(part.as_bytes(), &Options::default());
        let document = document.map_err(|error| format!("MalformedYAMLError: {error}"))?;
        let Some(mut document) = document.filter(|document| !document.root.is_null()) else {
            continue;
        };
        annotation::add_index(&mut document.root, number)?;
        let items = items(&document.root).filter(|_| parts.len() == 1);
        if let Some(items) = items {
            documents.extend(items.iter().cloned().map(Document::new));
        } else {
            documents.push(document);
            number += 1;
        }
    }
    Ok(documents)
}

/// The objects of a list of Kubernetes.
fn items(root: &Node) -> Option<&[Node]> {
    let kind = root.get("kind").and_then(Node::as_text).unwrap_or_default();
    if !matches!(kind, "List" | "ResourceList") {
        return None;
    }
    match root.get("items") {
        Some(Node { content: Content::List { items, .. }, .. }) => Some(items),
        Some(_) => Some(&[]),
        None => root.get("functionConfig").map(|_| [].as_slice()),
    }
}

/// Cuts a stream at its `---` lines, on which nothing but a comment may follow.
fn parts(text: &str) -> Result<Vec<&str>, String> {
    let mut parts = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = text[from..].find("\n---").map(|at| at + from) {
        let Some(end) = text[at + 4..].find('\n').map(|end| end + at + 4) else { break };
        let after = text[at + 4..end].trim();
        if !after.is_empty() && !after.starts_with('#') {
            return Err(format!("invalid document separator: {}", text[at..end].trim()));
        }
        parts.push(&text[start..at]);
        (start, from) = (end + 1, end + 1);
    }
    if !text.is_empty() {
        parts.push(&text[start..]);
    }
    Ok(parts)
}

fn print(mut documents: Vec<Document>) -> Result<String, String> {
    for document in &mut documents {
        annotation::remove_index(&mut document.root)?;
    }
    Document::print_all(&documents, PrintLimits::default()).map_err(|error| error.to_string())
}
