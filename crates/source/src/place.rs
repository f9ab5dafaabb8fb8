use std::path::{Path, PathBuf};

use rhumb_oci::Reference;

use crate::Error;

/// Where a chart is, by the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In a registry.
    Registry(Reference),
    /// On this machine: a folder or an archive.
    Path(PathBuf),
}

impl Place {
    /// Reads `oci://…` or a path. As with Helm, what is there on this machine comes first.
    ///
    /// # Errors
    ///
    /// If it is neither a reference nor something that is there.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let path = Path::new(text);
        if text.starts_with("oci://") {
            return Ok(Self::Registry(text.parse()?));
        }
        if path.exists() {
            return Ok(Self::Path(path.to_owned()));
        }
        if path.is_absolute() || text.starts_with('.') {
            return Err(Error::NoPath { path: text.to_owned() });
        }
        if text.contains("://") {
            return Err(Error::NoAddress { text: text.to_owned() });
        }
        match text.split_once('/') {
            Some((repository, _)) => Err(Error::NoRepository { name: repository.to_owned() }),
            None => Err(Error::NoPlace { text: text.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_references_from_paths_and_says_what_is_missing() {
        assert!(matches!(Place::parse("oci://h/a:1"), Ok(Place::Registry(_))));
        assert_eq!(Place::parse("Cargo.toml").unwrap(), Place::Path("Cargo.toml".into()));
        let error = |text: &str| Place::parse(text).unwrap_err().to_string();
        assert_eq!(error("./no-such"), "path \"./no-such\" not found");
        assert_eq!(error("stable/web"), "repo stable not found");
        assert_eq!(
            error("web"),
            "non-absolute URLs should be in form of repo_name/path_to_chart, got: web"
        );
        assert!(error("oci://h").contains("is not a reference"));
    }
}
