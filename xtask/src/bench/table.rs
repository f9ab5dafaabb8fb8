use std::fmt::Write as _;

/// Figures of ours beside those of others.
#[derive(Debug)]
pub(super) struct Table {
    text: String,
    columns: usize,
}

impl Table {
    /// A table with these columns after the first, which names what is measured.
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Self { text: String::new(), columns: columns.len() };
        table.row("", columns);
        table
    }

    pub(super) fn row<S: AsRef<str>>(&mut self, name: &str, cells: &[S]) {
        debug_assert_eq!(cells.len(), self.columns);
        write!(self.text, "{name:32}").expect("a string takes all");
        for cell in cells {
            write!(self.text, "{:>20}", cell.as_ref()).expect("a string takes all");
        }
        self.text.push('\n');
    }

    pub(super) fn print(&self) {
        crate::process::say(&self.text);
    }
}

/// `12.3×`
pub(super) fn ratio(more: f64, less: f64) -> String {
    format!("{:.1}×", more / less)
}

/// Bytes in MiB.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
pub(super) fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
