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
        let main = crds.chain(&self.manifests);
        let bytes = main.clone().chain(&self.hooks).map(Document::printed_bytes).sum();
        let mut text = String::with_capacity(bytes);
        main.for_each(|document| document.print_to(&mut text));
        text.truncate(text.trim_end().len());
        text.push('\n');
        self.shown_hooks(options).for_each(|document| document.print_to(&mut text));
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
        let mut text = String::with_capacity(self.printed_bytes());
        self.print_to(&mut text);
        text
    }

    fn print_to(&self, text: &mut String) {
        for part in ["---\n# Source: ", &self.path, "\n", &self.manifest, "\n"] {
            text.push_str(part);
        }
    }

    /// A little more than it has printed.
    fn printed_bytes(&self) -> usize {
        self.path.len() + self.manifest.len() + 20
    }
}
