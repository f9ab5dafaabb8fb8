use rhumb_render::KubeVersion;

use super::Rendered;
use crate::finding::Finding;

/// Deprecated kinds of Kubernetes 1.37, a line each: API version, kind, since when, when they are
/// gone or `-`, and maybe the API version and kind to use instead.
const DEPRECATED: &str = include_str!("deprecated.txt");

/// The API is not deprecated in the cluster's version.
pub(super) fn check(rendered: &Rendered<'_>) -> Option<Finding> {
    let object = rendered.object;
    let mut lines = DEPRECATED.lines().map(|line| line.split(' '));
    let mut words = lines.find(|words| {
        let mut words = words.clone();
        words.next() == Some(&object.api_version) && words.next() == Some(&object.kind)
    })?;
    let (version, kind) = (words.next()?, words.next()?);
    let since = words.next()?;
    if numbers(since)? > current(rendered.kube_version)? {
        return None;
    }
    let mut text = format!("{version} {kind} is deprecated in v{since}+");
    if let Some(gone) = words.next().filter(|gone| *gone != "-") {
        text = format!("{text}, unavailable in v{gone}+");
    }
    if let (Some(version), Some(kind)) = (words.next(), words.next()) {
        text = format!("{text}; use {version} {kind}");
    }
    Some(Finding::new(text, Some(object.at("apiVersion"))))
}

fn numbers(version: &str) -> Option<(u64, u64)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn current(version: &KubeVersion) -> Option<(u64, u64)> {
    Some((version.major().parse().ok()?, version.minor().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_can_be_read() {
        for line in DEPRECATED.lines() {
            let words: Vec<_> = line.split(' ').collect();
            assert!(matches!(words.len(), 4 | 6), "{line}");
            assert!(numbers(words[2]).is_some(), "{line}");
            assert!(words[3] == "-" || numbers(words[3]).is_some(), "{line}");
        }
    }
}
