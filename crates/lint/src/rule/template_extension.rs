use crate::finding::Finding;

/// Templates have one of the extensions that Helm knows.
pub(super) fn check(path: &str) -> Option<Finding> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rfind('.').map_or("", |at| &name[at..]);
    let known = matches!(extension, ".yaml" | ".yml" | ".tpl" | ".txt");
    (!known).then(|| {
        let text = format!(
            "file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"
        );
        text.into()
    })
}
