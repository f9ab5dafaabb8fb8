use super::emitter::{Emitter, Place};
use super::sort::sort_keys;
use super::{Dialect, PrintError};
use crate::node::{Content, Node};
use crate::number::yaml_float;

/// Writes a node and all that is in it.
pub(super) fn emit(emitter: &mut Emitter, node: &Node) -> Result<(), PrintError> {
    emit_at(emitter, node, Place::Document)
}

fn emit_at(emitter: &mut Emitter, node: &Node, place: Place) -> Result<(), PrintError> {
    match &node.content {
        Content::Null => emitter.plain("null"),
        Content::Bool(value) => emitter.plain(if *value { "true" } else { "false" }),
        Content::Int(number) => emitter.plain(&number.to_string()),
        Content::Uint(number) => emitter.plain(&number.to_string()),
        Content::Float(number) => emitter.plain(&yaml_float(*number, false)),
        Content::Text(text) => emitter.text(text, place),
        Content::List(items) => {
            let before = emitter.start_list(items.is_empty(), place)?;
            for item in items {
                emitter.item();
                emit_at(emitter, item, Place::List)?;
            }
            emitter.end(before);
        }
        Content::Map(mapping) => {
            let entries = mapping.iter().map(|entry| (entry.key.as_str(), &entry.value));
            let mut entries: Vec<_> = entries.collect();
            sort_keys(&mut entries, Dialect::V2);
            let before = emitter.start_map(entries.is_empty())?;
            for (key, value) in entries {
                emitter.key(key);
                emit_at(emitter, value, Place::Mapping)?;
            }
            emitter.end(before);
        }
    }
    Ok(())
}
