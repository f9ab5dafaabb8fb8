use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use rhumb_action::{Document, PrintOptions, Rendered};
use rhumb_value::path::clean_system;

use crate::context::Context;
use crate::error::Error;

/// Where documents are written, each to the file of its template.
pub(super) struct Place {
    folder: String,
    /// The name of a folder within, for all but custom resource definitions.
    below: String,
}

impl Place {
    pub(super) fn new(folder: &str, below: &str) -> Self {
        Self { folder: folder.to_owned(), below: below.to_owned() }
    }

    /// The same within a folder in this one.
    fn within(&self, name: &str) -> Self {
        let folder = Path::new(&self.folder).join(name).display().to_string();
        Self { folder, below: self.below.clone() }
    }

    fn release_folder(&self) -> String {
        let Self { folder, below } = self;
        if below.is_empty() {
            return folder.clone();
        }
        clean_system(&Path::new(folder).join(below)).display().to_string()
    }

    /// Writes documents, and says what was written.
    pub(super) fn write(
        &self,
        rendered: &Rendered,
        options: &PrintOptions<'_>,
        context: &mut Context<'_>,
    ) -> Result<(), Error> {
        let crds = rendered.crds.iter().filter(|_| options.include_crds);
        let crds = crds.map(|document| (self.folder.as_str(), document));
        let release_folder = self.release_folder();
        let below = |document| (release_folder.as_str(), document);
        let mut written = BTreeSet::new();
        for (folder, document) in crds.chain(rendered.manifests.iter().map(below)) {
            let again = !written.insert(&document.path);
            let path = write(folder, document, again).map_err(|error| error.explain(true))?;
            context.print(format_args!("wrote {path}"))?;
        }
        for (folder, document) in rendered.shown_hooks(options).map(below) {
            // A hook goes below what is in the file, even if that is from before.
            let again = Path::new(folder).join(&document.path).exists();
            let path = write(folder, document, again).map_err(|error| error.explain(false))?;
            context.print(format_args!("wrote {path}"))?;
        }
        match options.show_only.first() {
            None => context.print(""),
            // Nothing is left to be shown.
            Some(path) => Err(rhumb_action::Error::NoTemplate { path: path.clone() }.into()),
        }
    }
}

/// What could not be done to a file or folder.
struct Failed {
    verb: &'static str,
    path: String,
    error: io::Error,
}

impl Failed {
    /// `advised`: as Helm says it of what makes up the release.
    fn explain(self, advised: bool) -> Error {
        let Self { verb, path, error } = self;
        Error::WriteDocument { verb, path, error, advised }
    }
}

/// Writes a document, below what is in the file already if `again`.
fn write(folder: &str, document: &Document, again: bool) -> Result<String, Failed> {
    let path = format!("{folder}/{}", document.path);
    let failed = |verb, path: &Path| {
        let path = path.display().to_string();
        move |error| Failed { verb, path, error }
    };
    // The names of templates come from the chart.
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    if !Path::new(&document.path).components().all(inside) {
        return Err(failed("open", Path::new(&path))(io::ErrorKind::InvalidFilename.into()));
    }
    if let Some(parent) = Path::new(&path).parent() {
        let parent = &parent.components().collect::<PathBuf>();
        match fs::metadata(parent) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(failed("stat", parent)(error));
            }
            _ => fs::create_dir_all(parent).map_err(failed("mkdir", parent))?,
        }
    }
    let mut options = OpenOptions::new();
    options.create(true).write(true).append(again).truncate(!again);
    let mut file = options.open(&path).map_err(failed("open", Path::new(&path)))?;
    file.write_all(&document.print().concat()).map_err(failed("write", Path::new(&path)))?;
    Ok(path)
}

/// Prints what each file of values made: a list of JSON, or a folder each.
pub(super) fn print_each(
    results: &[Rendered],
    names: &[String],
    place: Option<&Place>,
    options: &PrintOptions<'_>,
    context: &mut Context<'_>,
) -> Result<(), Error> {
    let Some(place) = place else { return context.print_json(&results) };
    for (number, (rendered, name)) in results.iter().zip(names).enumerate() {
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let same = |other: &&String| {
            Path::new(other).file_stem().is_some_and(|other| *other.to_string_lossy() == *stem)
        };
        let is_only = names.iter().filter(same).count() == 1;
        let part = if is_only { stem.into_owned() } else { format!("{}-{stem}", number + 1) };
        place.within(&part).write(rendered, options, context)?;
    }
    Ok(())
}
