use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rhumb_semver::Version;
use rhumb_value::quote::quote;
use rhumb_yaml::Options;
use rhumb_yaml::edit::{Content, Document, Node};

use super::{PlatformCommand, Plugin, PluginRuntime};

/// Bytes of `plugin.yaml` that are read at most.
const MAX_FILE: u64 = 1 << 20;
/// What the plugins of today have in `plugin.yaml`.
const FIELDS: [&str; 8] =
    ["apiVersion", "name", "type", "runtime", "version", "sourceURL", "config", "runtimeConfig"];
/// What plugins can do.
const KINDS: [&str; 4] = ["test/v1", "cli/v1", "getter/v1", "postrenderer/v1"];

/// Loads the plugin in a folder, or says why it is none, in Helm's words.
pub(super) fn load(folder: &Path, file: &Path) -> Result<Plugin, String> {
    let shown = |path: &Path| quote(path.as_os_str().as_encoded_bytes());
    let text = read(file).map_err(|why| {
        format!("failed to read plugin at {}: open {}: {why}", shown(file), file.display())
    })?;
    let plugin = parse(&text, folder)
        .map_err(|why| format!("failed to load plugin {}: {why}", shown(folder)))?;
    let program = folder.join("plugin.wasm");
    if plugin.runtime == PluginRuntime::Extism && !program.exists() {
        return Err(format!("wasm binary missing for extism/v1 plugin: {}", shown(&program)));
    }
    Ok(plugin)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let file = File::open(path).map_err(|error| rhumb_report::system_words(&error))?;
    file.take(MAX_FILE + 1)
        .read_to_end(&mut text)
        .map_err(|error| rhumb_report::system_words(&error))?;
    if text.len() as u64 > MAX_FILE {
        return Err(format!("larger than the limit of {MAX_FILE} bytes"));
    }
    Ok(text)
}

fn parse(text: &[u8], folder: &Path) -> Result<Plugin, String> {
    let peek =
        |why: &dyn std::fmt::Display| format!("failed to peek plugin.yaml API version: {why}");
    let document = Document::parse(text, &Options::default()).map_err(|error| peek(&error))?;
    let Some(Document { root, .. }) = document else { return Err(peek(&"EOF")) };
    if !matches!(root.content, Content::Map { .. }) {
        return Err(peek(&"it is no mapping"));
    }
    let field = |name: &str| root.get(name).and_then(Node::as_text).unwrap_or_default().to_owned();
    match field("apiVersion").as_str() {
        "" => legacy(&root, folder),
        "v1" => current(&root, folder),
        other => Err(format!("invalid plugin apiVersion: {}", quote(other.as_bytes()))),
    }
}

/// A plugin of the old kind: a command, or a getter of charts.
fn legacy(root: &Node, folder: &Path) -> Result<Plugin, String> {
    let name = root.get("name").and_then(Node::as_text).unwrap_or_default();
    if !is_name(name) {
        let name = quote(name.as_bytes());
        return Err(format!(
            "invalid plugin name {name}: must contain only a-z, A-Z, 0-9, _ and -"
        ));
    }
    let has_getters = root.get("downloaders").is_some_and(|list| !list.is_null());
    let kind = if has_getters { "getter/v1" } else { "cli/v1" };
    Ok(Plugin {
        name: name.to_owned(),
        folder: folder.to_owned(),
        kind: kind.to_owned(),
        runtime: PluginRuntime::Process(PlatformCommand::read_all(root.get("platformCommand"))),
    })
}

fn current(root: &Node, folder: &Path) -> Result<Plugin, String> {
    let entries =
        if let Content::Map { entries, .. } = &root.content { entries } else { &Vec::new() };
    let mut names = entries.iter().filter_map(|(key, _)| key.as_text());
    if let Some(name) = names.find(|name| !FIELDS.contains(name)) {
        return Err(format!("field {name} not found in type plugin.MetadataV1"));
    }
    let field = |name: &str| root.get(name).and_then(Node::as_text).unwrap_or_default();
    let [name, version, kind, runtime] = ["name", "version", "type", "runtime"].map(field);
    if !is_name(name) {
        return Err("invalid plugin `name`".to_owned());
    }
    if version.is_empty() {
        return Err("plugin `version` is required".to_owned());
    }
    if Version::parse_strict(version).is_err() {
        let version = quote(version.as_bytes());
        return Err(format!("invalid plugin `version` {version}: must be valid semver"));
    }
    for (value, missing) in [(kind, "`type` missing"), (runtime, "`runtime` missing")] {
        if value.is_empty() {
            return Err(missing.to_owned());
        }
    }
    let failed = |why: String| format!("failed to convert MetadataV1 to Metadata: {why}");
    if !KINDS.contains(&kind) {
        return Err(failed(format!("unknown plugin type {}", quote(kind.as_bytes()))));
    }
    let commands = root.get("runtimeConfig").and_then(|config| config.get("platformCommand"));
    let runtime = match runtime {
        "subprocess" => PluginRuntime::Process(PlatformCommand::read_all(commands)),
        "extism/v1" => PluginRuntime::Extism,
        other => {
            let other = quote(other.as_bytes());
            return Err(failed(format!("unsupported plugin runtime type: {other}")));
        }
    };
    let (name, kind) = (name.to_owned(), kind.to_owned());
    Ok(Plugin { name, folder: folder.to_owned(), kind, runtime })
}

fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(fits)
}
