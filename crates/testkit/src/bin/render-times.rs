//! Loads and renders the charts of a folder of recorded answers, and says how long each takes.
//!
//! `render-times FOLDER [RUNS [FILTER]]`; writes a JSON object a line: `id`, `case`, and the fastest
//! of the runs in `load_ms`, `render_ms`, and `render_again_ms` for a renderer that knows the chart.

use std::io::{self, Write as _, stdout};
use std::path::Path;

use mimalloc::MiMalloc;
use rhumb_testkit::conformance::charts;

/// The one that the command line has.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    let runs = arguments.next().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let filter = arguments.next().unwrap_or_default();
    let mut out = stdout().lock();
    for times in charts::times(Path::new(&folder), runs, &filter)? {
        writeln!(out, "{times}")?;
    }
    Ok(())
}
