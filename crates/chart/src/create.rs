//! Making new charts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rhumb_report::Reporter;

use crate::quote::quote;
use crate::{Chart, LoadError, Metadata, PackError, PrintError};

/// What stands for the chart's name in scaffolds and starters.
const PLACEHOLDER: &str = "<CHARTNAME>";
/// Bytes of a chart's name.
const MAX_NAME: usize = 250;
/// What a new chart is described as, until someone says it better.
const DESCRIPTION: &str = "A Helm chart for Kubernetes";

/// The files of a new chart.
const SCAFFOLD: [(&str, &str); 12] = [
    ("Chart.yaml", include_str!("../scaffold/Chart.yaml")),
    ("values.yaml", include_str!("../scaffold/values.yaml")),
    (".helmignore", include_str!("../scaffold/helmignore")),
    ("templates/ingress.yaml", include_str!("../scaffold/templates/ingress.yaml")),
    ("templates/httproute.yaml", include_str!("../scaffold/templates/httproute.yaml")),
    ("templates/deployment.yaml", include_str!("../scaffold/templates/deployment.yaml")),
    ("templates/service.yaml", include_str!("../scaffold/templates/service.yaml")),
    ("templates/serviceaccount.yaml", include_str!("../scaffold/templates/serviceaccount.yaml")),
    ("templates/hpa.yaml", include_str!("../scaffold/templates/hpa.yaml")),
    ("templates/NOTES.txt", include_str!("../scaffold/templates/NOTES.txt")),
    ("templates/_helpers.tpl", include_str!("../scaffold/templates/_helpers.tpl")),
    (
        "templates/tests/test-connection.yaml",
        include_str!("../scaffold/templates/tests/test-connection.yaml"),
    ),
];

/// Why a chart cannot be made, in Helm's words where it has them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// No name, or one that is too long.
    #[error("chart name must be between 1 and {MAX_NAME} characters")]
    NameLength,
    /// A name with other characters than letters, digits, `.`, `_` and `-`.
    #[error("chart name must match the regular expression {}", quote("^[a-zA-Z0-9._-]+$"))]
    Name,
    /// A file in place of the folder.
    #[error("file {} already exists and is not a directory", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// The starter cannot be loaded.
    #[error("could not load {}: {error}", path.display())]
    Starter {
        /// The starter.
        path: PathBuf,
        /// Why.
        error: Box<LoadError>,
    },
    /// A chart within the starter cannot be packed.
    #[error("saving {name}: {error}")]
    Dependency {
        /// The chart's path.
        name: String,
        /// Why.
        error: PackError,
    },
    /// The metadata cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// A file cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

/// Checks the name of a new chart.
///
/// # Errors
///
/// If it is empty, too long, or has characters that names do not have.
pub fn check_name(name: &str) -> Result<(), CreateError> {
    if name.is_empty() || name.len() > MAX_NAME {
        return Err(CreateError::NameLength);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if name.bytes().all(allowed) { Ok(()) } else { Err(CreateError::Name) }
}

/// Makes a chart named `name` in `folder` and gives its path. Files that are there already are
/// overwritten, with a warning; others stay.
///
/// # Errors
///
/// If the name is none, or something cannot be written.
pub fn create(name: &str, folder: &Path, reporter: &dyn Reporter) -> Result<PathBuf, CreateError> {
    check_name(name)?;
    let base = chart_folder(name, folder)?;
    for (file, text) in SCAFFOLD {
        let path = base.join(file);
        if path.exists() {
            reporter.warn(format!(
                "File {} already exists. Overwriting.",
                quote(&path.to_string_lossy())
            ));
        }
        write(&path, text.replace(PLACEHOLDER, name).as_bytes())?;
    }
    make_folder(&base.join("charts"))?;
    Ok(base)
}

/// Makes a chart named `name` in `folder` from a starter, which is a chart whose templates and
/// values have `<CHARTNAME>` in them, and gives its path.
///
/// # Errors
///
/// If the name is none, the starter cannot be loaded, or something cannot be written.
pub fn create_from(
    name: &str,
    folder: &Path,
    starter: &Path,
    reporter: &dyn Reporter,
) -> Result<PathBuf, CreateError> {
    check_name(name)?;
    let mut chart = Chart::load(starter, reporter).map_err(|error| CreateError::Starter {
        path: starter.to_owned(),
        error: Box::new(error),
    })?;
    chart.metadata = Metadata {
        name: name.to_owned(),
        description: DESCRIPTION.to_owned(),
        kind: "application".to_owned(),
        version: "0.1.0".to_owned(),
        app_version: "0.1.0".to_owned(),
        api_version: "v2".to_owned(),
        ..Metadata::default()
    };
    let base = chart_folder(name, folder)?;
    write(&base.join("Chart.yaml"), chart.packed_metadata()?.as_bytes())?;
    let values = chart.raw.iter().filter(|file| &*file.name == "values.yaml");
    for file in values.chain(&chart.templates) {
        write(&base.join(&*file.name), file.text().replace(PLACEHOLDER, name).as_bytes())?;
    }
    for file in chart.schema.iter().chain(&chart.files) {
        write(&base.join(&*file.name), &file.data)?;
    }
    for inner in chart.dependencies() {
        inner.save(&base.join("charts"), None).map_err(|error| CreateError::Dependency {
            name: format!("{name}/charts/{}", inner.name()),
            error,
        })?;
    }
    Ok(base)
}

fn chart_folder(name: &str, folder: &Path) -> Result<PathBuf, CreateError> {
    let path = folder.join(name);
    if path.exists() && !path.is_dir() {
        return Err(CreateError::NoFolder { path });
    }
    make_folder(&path)?;
    Ok(path)
}

fn make_folder(path: &Path) -> Result<(), CreateError> {
    fs::create_dir_all(path).map_err(|error| CreateError::Write { path: path.to_owned(), error })
}

fn write(path: &Path, data: &[u8]) -> Result<(), CreateError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, data).map_err(|error| CreateError::Write { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use rhumb_report::Silent;

    use super::*;

    #[test]
    fn a_new_chart_loads_and_its_values_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = create("web", folder.path(), &Silent).unwrap();
        let chart = Chart::load(&path, &Silent).unwrap();
        assert_eq!((chart.name(), chart.templates.len()), ("web", 9));
        assert!(chart.templates.iter().all(|file| !file.text().contains(PLACEHOLDER)));
        assert!(path.join("charts").is_dir());
        let values = chart.values.unwrap();
        assert_eq!(values.table().value_at("service.port").unwrap().to_string(), "80");
    }

    #[test]
    fn a_starter_gives_its_files_and_the_chart_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let starter = folder.path().join("starter");
        write(&starter.join("Chart.yaml"), b"apiVersion: v1\nname: s\nversion: 9.0.0\n").unwrap();
        write(&starter.join("values.yaml"), b"# <CHARTNAME>\nname: <CHARTNAME>\n").unwrap();
        write(&starter.join("templates/a.yaml"), b"a: <CHARTNAME>\n").unwrap();
        write(&starter.join("README.md"), b"<CHARTNAME>").unwrap();
        let path = create_from("web", folder.path(), &starter, &Silent).unwrap();
        let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
        assert_eq!(read("values.yaml"), "# web\nname: web\n");
        assert_eq!(read("templates/a.yaml"), "a: web\n");
        assert_eq!(read("README.md"), "<CHARTNAME>");
        assert_eq!(
            read("Chart.yaml"),
            "apiVersion: v2\nappVersion: 0.1.0\ndescription: A Helm chart for Kubernetes\n\
             name: web\ntype: application\nversion: 0.1.0\n"
        );
    }

    #[test]
    fn names_are_checked() {
        for name in ["a", "A.b_c-1", &"a".repeat(250)] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "a b", "a/b", "ä", "a\n", &"a".repeat(251)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
