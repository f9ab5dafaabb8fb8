/// Templates have one of the extensions that Helm knows.
pub(super) fn check(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rfind('.').map_or("", |at| &name[at..]);
    let known = matches!(extension, ".yaml" | ".yml" | ".tpl" | ".txt");
    (!known).then(|| {
        format!(
            "file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"
        )
    })
}
