use std::path::{Path, PathBuf};

use rhumb_oci::Reference;

use crate::Error;

/// Where a chart is, by the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a registry.
    Registry(Reference),
    /// On this machine: a folder or an archive.
    Path(PathBuf),
    /// In a chart repository or on a web server: what [`locate`](crate::locate) takes.
    Elsewhere(String),
}

impl Place {
    /// Reads `oci://…`, a path, or anything else. As with Helm, what is there on this machine comes first.
    ///
    /// # Errors
    ///
    /// If it is a reference that is none, or a path with nothing there.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let path = Path::new(text);
        if let Some(reference) = Self::reference(text)? {
            return Ok(Self::Registry(reference));
        }
        if path.exists() {
            return Ok(Self::Path(path.to_owned()));
        }
        if path.is_absolute() || text.starts_with('.') {
            return Err(Error::NoPath { path: text.to_owned() });
        }
        Ok(Self::Elsewhere(text.to_owned()))
    }

    /// Reads `oci://…`; nothing for what starts otherwise.
    ///
    /// # Errors
    ///
    /// If it is a reference that is none.
    pub fn reference(text: &str) -> Result<Option<Reference>, Error> {
        let text = text.trim();
        let names = text.strip_prefix("oci://").is_some_and(|rest| !rest.is_empty());
        Ok(if names { Some(text.parse()?) } else { None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_references_from_paths_and_says_what_is_missing() {
        assert!(matches!(Place::parse("oci://h/a:1"), Ok(Place::Registry(_))));
        assert_eq!(Place::parse("Cargo.toml").unwrap(), Place::Path("Cargo.toml".into()));
        assert_eq!(Place::parse("a/web").unwrap(), Place::Elsewhere("a/web".into()));
        let error = |text: &str| Place::parse(text).unwrap_err().to_string();
        assert_eq!(error("./no-such"), "path \"./no-such\" not found");
        assert!(error("oci://h").contains("is not a reference"));
    }
}
