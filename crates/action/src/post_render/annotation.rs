//! Annotations of documents that are edited, by the rules of the tools for that.

use rhumb_yaml::PrintLimits;
use rhumb_yaml::edit::{Content, Document, Node, ScalarStyle};

/// Where a document stood, as tools note it for each other: the name of today and the old one.
const INDEX: [&str; 2] = ["internal.config.kubernetes.io/index", "config.kubernetes.io/index"];
/// Notes that are made under both names: the name of today and the old one.
const COPIED: [[&str; 2]; 3] = [
    ["internal.config.kubernetes.io/path", "config.kubernetes.io/path"],
    INDEX,
    ["internal.config.kubernetes.io/id", "config.k8s.io/id"],
];

/// Sets an annotation, with what it takes to have one.
pub(super) fn annotate(root: &mut Node, key: &str, value: &str) -> Result<(), String> {
    remove_empty(root)?;
    if root.is_null() {
        return Ok(());
    }
    let metadata = get_or_add(root, "metadata")?;
    let annotations = get_or_add(metadata, "annotations")?;
    let entries = entries(annotations)?;
    if let Some((_, old)) = entries.iter_mut().find(|(name, _)| name.as_text() == Some(key)) {
        let style = match old.content {
            Content::Scalar { style, .. } => style,
            _ => ScalarStyle::Plain,
        };
        *old = Node::text(value, style);
    } else {
        let value = Node::text(value, ScalarStyle::SingleQuoted);
        entries.push((Node::text(key, ScalarStyle::Plain), value));
    }
    Ok(())
}

/// Removes an annotation, if it is there.
pub(super) fn remove(root: &mut Node, key: &str) -> Result<(), String> {
    let Some(metadata) = get_mut(root, "metadata")? else { return Ok(()) };
    let Some(annotations) = get_mut(metadata, "annotations")? else { return Ok(()) };
    if !annotations.is_null() {
        remove_entry(annotations, key, false)?;
    }
    Ok(())
}

/// The value of an annotation, if it is there and not empty.
pub(super) fn get(root: &Node, key: &str) -> Result<Option<String>, &'static str> {
    if root.is_null() {
        return Ok(None);
    }
    let is_there = |node: &Node, name| node.get(name).is_some_and(|value| !is_empty(value));
    let metadata = root.get("metadata").filter(|metadata| !is_empty(metadata));
    let has_meta = is_there(root, "apiVersion")
        || is_there(root, "kind")
        || metadata.is_some_and(|metadata| {
            ["name", "namespace", "labels", "annotations"]
                .iter()
                .any(|name| is_there(metadata, name))
        });
    if !has_meta {
        return Err("missing Resource metadata");
    }
    let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
    let value = annotations.and_then(|annotations| last(annotations, key));
    let value = value.filter(|value| !value.is_null()).and_then(Node::as_text);
    Ok(value.filter(|value| !value.is_empty()).map(str::to_owned))
}

/// Notes where a document stood.
pub(super) fn add_index(root: &mut Node, number: usize) -> Result<(), String> {
    for [new, old] in COPIED {
        let (new_value, old_value) = (get(root, new), get(root, old));
        match (new_value.unwrap_or_default(), old_value.unwrap_or_default()) {
            (Some(value), None) => annotate(root, old, &value)?,
            (None, Some(value)) => annotate(root, new, &value)?,
            _ => {}
        }
    }
    let [new, old] = INDEX;
    annotate(root, old, &number.to_string())?;
    annotate(root, new, &number.to_string())
}

/// Removes the notes of where a document stood, and what is empty then.
pub(super) fn remove_index(root: &mut Node) -> Result<(), String> {
    for key in INDEX {
        remove(root, key)?;
    }
    remove_empty(root)
}

/// Removes annotations that hold nothing, and metadata that does.
fn remove_empty(root: &mut Node) -> Result<(), String> {
    if let Some(metadata) = get_mut(root, "metadata")?
        && !metadata.is_null()
    {
        remove_entry(metadata, "annotations", true)?;
    }
    if !root.is_null() {
        remove_entry(root, "metadata", true)?;
    }
    Ok(())
}

fn remove_entry(node: &mut Node, key: &str, if_empty: bool) -> Result<(), String> {
    let entries = entries(node)?;
    let found = entries
        .iter()
        .position(|(name, value)| name.as_text() == Some(key) && !(if_empty && has_content(value)));
    if let Some(at) = found {
        entries.remove(at);
    }
    Ok(())
}

/// The value of a key, which is added as an empty mapping if it is not there.
fn get_or_add<'n>(node: &'n mut Node, key: &str) -> Result<&'n mut Node, String> {
    let entries = entries(node)?;
    let found = entries.iter().position(|(name, _)| name.as_text() == Some(key));
    let at = found.unwrap_or_else(|| {
        let value = Node::new(Content::Map { entries: Vec::new(), in_braces: false });
        entries.push((Node::text(key, ScalarStyle::Plain), value));
        entries.len() - 1
    });
    Ok(&mut entries[at].1)
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Result<Option<&'n mut Node>, String> {
    if node.is_null() {
        return Ok(None);
    }
    let entries = entries(node)?;
    Ok(entries.iter_mut().find(|(name, _)| name.as_text() == Some(key)).map(|(_, value)| value))
}

fn last<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Content::Map { entries, .. } = &node.content else { return None };
    entries.iter().rev().find(|(name, _)| name.as_text() == Some(key)).map(|(_, value)| value)
}

fn entries(node: &mut Node) -> Result<&mut Vec<(Node, Node)>, String> {
    let wrong = wrong_kind(node);
    match &mut node.content {
        Content::Map { entries, .. } => Ok(entries),
        _ => Err(wrong),
    }
}

/// The complaint about what should be a mapping.
fn wrong_kind(node: &Node) -> String {
    let kind = match node.content {
        Content::Map { .. } => return String::new(),
        Content::Scalar { .. } => "ScalarNode",
        Content::List { .. } => "SequenceNode",
        Content::Alias(_) => "AliasNode",
    };
    let shown = Document::print_all(&[Document::new(node.clone())], PrintLimits::default());
    let shown = shown.map(|shown| format!(": node contents:\n{shown}")).unwrap_or_default();
    format!("wrong node kind: expected MappingNode but got {kind}{shown}")
}

/// Whether there is something in a collection.
fn has_content(node: &Node) -> bool {
    match &node.content {
        Content::List { items, .. } => !items.is_empty(),
        Content::Map { entries, .. } => !entries.is_empty(),
        Content::Scalar { .. } | Content::Alias(_) => false,
    }
}

/// Whether a value is as good as not there.
fn is_empty(node: &Node) -> bool {
    let is_collection = matches!(node.content, Content::List { .. } | Content::Map { .. });
    node.is_null() || is_collection && !has_content(node)
}
