//! Prints the reference of the functions of templates, in Markdown.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let page = rhumb_testkit::reference::page().map_err(std::io::Error::other)?;
    std::io::stdout().lock().write_all(page.as_bytes())
}
