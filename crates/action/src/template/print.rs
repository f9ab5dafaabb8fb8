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
    /// The documents as Helm prints them, in pieces that follow one another. What is to be shown only
    /// is not chosen here: see [`select`](super::select).
    pub fn print(&self, options: &PrintOptions<'_>) -> Vec<&[u8]> {
        let crds = self.crds.iter().filter(|_| options.include_crds);
        let mut pieces: Vec<_> = crds.chain(&self.manifests).flat_map(Document::print).collect();
        trim_end(&mut pieces);
        pieces.push(b"\n");
        pieces.extend(self.shown_hooks(options).flat_map(Document::print));
        pieces
    }

    /// The documents that are to be shown only, as Helm prints them.
    ///
    /// # Errors
    ///
    /// If a template that is to be shown is not there.
    pub fn print_only(&self, options: &PrintOptions<'_>) -> Result<String, Error> {
        let text = self.print(options).concat();
        super::select(&String::from_utf8_lossy(&text), options.show_only)
    }

    /// The hooks that are shown.
    pub fn shown_hooks(&self, options: &PrintOptions<'_>) -> impl Iterator<Item = &Document> {
        let PrintOptions { no_hooks, skip_tests, .. } = *options;
        self.hooks.iter().filter(move |hook| !(no_hooks || skip_tests && hook.is_test))
    }
}

impl Document {
    /// The document below a line with its source, in pieces.
    pub fn print(&self) -> [&[u8]; 5] {
        let manifest = self.manifest.as_bytes();
        [b"---\n# Source: ", self.path.as_bytes(), b"\n", manifest, b"\n"]
    }
}

/// Drops the white space at the end of a text.
fn trim_end(pieces: &mut Vec<&[u8]>) {
    while let Some(last) = pieces.pop() {
        // What is not UTF-8 is no white space.
        let kept =
            str::from_utf8(last).map_or(last.trim_ascii_end(), |text| text.trim_end().as_bytes());
        if !kept.is_empty() {
            return pieces.push(kept);
        }
    }
}
