use super::{Document, Rendered};
use crate::Error;

/// What of a rendered chart to print.
#[derive(Clone, Copy, Debug, Default)]
pub struct PrintOptions<'a> {
    /// Custom resource definitions, too.
    pub include_crds: bool,
    /// No hooks.
    pub no_hooks: bool,
    /// No hooks that are tests.
    pub skip_tests: bool,
    /// Only what comes from these templates, which may be patterns; all if there are none.
    pub show_only: &'a [String],
}

impl Rendered {
    /// Prints the documents as Helm does.
    ///
    /// # Errors
    ///
    /// If a template that is to be shown is not there.
    pub fn print(&self, options: &PrintOptions<'_>) -> Result<String, Error> {
        let crds = self.crds.iter().filter(|_| options.include_crds);
        let main: String = crds.chain(&self.manifests).map(Document::print).collect();
        let mut text = format!("{}\n", main.trim());
        text.extend(self.shown_hooks(options).map(Document::print));
        if options.show_only.is_empty() {
            return Ok(text);
        }
        super::show_only::select(&text, options.show_only)
    }

    /// The hooks that are shown.
    pub fn shown_hooks(&self, options: &PrintOptions<'_>) -> impl Iterator<Item = &Document> {
        let PrintOptions { no_hooks, skip_tests, .. } = *options;
        self.hooks.iter().filter(move |hook| !(no_hooks || skip_tests && hook.is_test))
    }
}

impl Document {
    /// The document below a line with its source.
    pub fn print(&self) -> String {
        let Self { path, manifest, .. } = self;
        format!("---\n# Source: {path}\n{manifest}\n")
    }
}
