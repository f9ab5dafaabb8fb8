//! Tables as Helm prints them: columns padded to their widest cell, with a tab between.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Rows of text under a heading. The layout is that of the library that Helm uses, oddities included.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
    /// Columns that a cell may take; 0 for any number.
    max_width: usize,
}

impl Table {
    /// A table whose cells are cut at `max_width` columns, unless that is 0.
    pub(crate) fn new(heading: &[&str], max_width: usize) -> Self {
        Self { rows: vec![heading.iter().map(ToString::to_string).collect()], max_width }
    }

    /// A table without a heading, whose cells are not cut.
    pub(crate) fn plain() -> Self {
        Self { rows: Vec::new(), max_width: 0 }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Prints the table, a line end after each row.
    pub(crate) fn print(&self) -> String {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            let widths = cells.map(|cell| cell.split('\n').map(width).max().unwrap_or(0));
            let widest = widths.max().unwrap_or(0);
            if self.max_width == 0 { widest } else { widest.min(self.max_width) }
        };
        let widths: Vec<usize> = (0..count).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            print_row(&mut text, row, &widths);
        }
        text
    }
}

/// Prints a row; a cell of several lines makes it several lines high.
fn print_row(text: &mut String, row: &[String], widths: &[usize]) {
    let cells: Vec<String> =
        row.iter().zip(widths).map(|(cell, width)| resize(cell, *width)).collect();
    let cells: Vec<Vec<&str>> = cells.iter().map(|cell| cell.split('\n').collect()).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let parts: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| resize(cell.get(line).copied().unwrap_or_default(), *width))
            .collect();
        text.push_str(&parts.join("\t"));
        text.push('\n');
    }
}

fn width(text: &str) -> usize {
    text.replace(char::is_control, "").width()
}

/// Pads a text with blanks, or cuts it and says so with dots.
fn resize(text: &str, want: usize) -> String {
    let have = width(text);
    if have <= want {
        return format!("{text}{}", " ".repeat(want - have));
    }
    let room = want.saturating_sub(3);
    let mut cut = String::new();
    let mut used = 0;
    for char in text.chars() {
        cut.push(char);
        let width = char.width().unwrap_or(0);
        if used + width >= room {
            break;
        }
        used += width;
    }
    cut + "..."
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn pads_and_cuts_cells() {
        let mut table = Table::new(&["NAME", "DESCRIPTION"], 8);
        table.push(vec!["web".into(), "exactly8".into()]);
        table.push(vec!["日本".into(), "much too long".into()]);
        assert_eq!(table.print(), "NAME\tDESCR...\nweb \texactly8\n日本\tmuch ...\n");
    }

    #[test]
    fn a_cell_of_several_lines_is_cut_as_if_it_were_one() {
        let mut table = Table::new(&["A", "B"], 0);
        table.push(vec!["x".into(), "one\ntwo".into()]);
        table.push(vec!["x".into(), String::new()]);
        assert_eq!(table.print(), "A\tB  \nx\to...\nx\t   \n");
        let mut table = Table::new(&["A", "B"], 2);
        table.push(vec!["xyz".into(), "日本日本".into()]);
        assert_eq!(table.print(), "A \tB \nx...\t日...\n");
    }
}
