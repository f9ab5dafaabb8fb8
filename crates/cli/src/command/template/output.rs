use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use rhumb_action::{Document, PrintOptions, Rendered};

use crate::context::Context;
use crate::error::Error;

/// Writes documents to files, one for each template.
pub(super) struct Folder<'a> {
    folder: &'a Path,
    written: BTreeSet<PathBuf>,
}

impl<'a> Folder<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Self { folder, written: BTreeSet::new() }
    }

    pub(super) fn write(
        mut self,
        rendered: &Rendered,
        options: &PrintOptions<'_>,
        context: &mut Context<'_>,
    ) -> Result<(), Error> {
        let crds = rendered.crds.iter().filter(|_| options.include_crds);
        let documents = crds.chain(&rendered.manifests).chain(rendered.shown_hooks(options));
        for document in documents {
            let path = self.add(document)?;
            context.print(format_args!("wrote {}", path.display()))?;
        }
        context.print("")
    }

    fn add(&mut self, document: &Document) -> Result<PathBuf, Error> {
        let path = self.folder.join(&document.path);
        let wrong = |source| Error::WriteFile { path: path.display().to_string(), source };
        // The names of templates come from the chart.
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
        if !Path::new(&document.path).components().all(inside) {
            return Err(wrong(std::io::ErrorKind::InvalidFilename.into()));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(wrong)?;
        }
        let again = !self.written.insert(path.clone());
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(again).truncate(!again);
        let mut file = options.open(&path).map_err(wrong)?;
        file.write_all(document.print().as_bytes()).map_err(wrong)?;
        Ok(path)
    }
}

/// Prints what each file of values made: a list of JSON, or a folder each.
pub(super) fn print_each(
    results: &[Rendered],
    names: &[String],
    folder: Option<&Path>,
    options: &PrintOptions<'_>,
    context: &mut Context<'_>,
) -> Result<(), Error> {
    let Some(folder) = folder else { return context.print_json(&results) };
    for (number, (rendered, name)) in results.iter().zip(names).enumerate() {
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let same = |other: &&String| {
            Path::new(other).file_stem().is_some_and(|other| *other.to_string_lossy() == *stem)
        };
        let is_only = names.iter().filter(same).count() == 1;
        let part = if is_only { stem.into_owned() } else { format!("{}-{stem}", number + 1) };
        Folder::new(&folder.join(part)).write(rendered, options, context)?;
    }
    Ok(())
}
