//! Renders the charts of a folder of recorded answers and compares.
//!
//! `conformance-charts FOLDER [FILTER]`; fails unless all is the same.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::ExitCode;

use rhumb_testkit::conformance::charts;

fn main() -> std::io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    let filter = arguments.next().unwrap_or_default();
    let report = charts::compare(Path::new(&folder), &filter)?;
    writeln!(stdout(), "{report}")?;
    Ok(if report.is_same() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
