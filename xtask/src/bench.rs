//! Measurements beside Helm, each a file in `bench/`.

mod memory;
mod operations;
mod program;
mod proxy;
mod render;
mod server;
mod start;
mod table;

use anyhow::Context as _;

use crate::process::say;
use crate::workspace::Workspace;

/// Measure, beside Helm where it does the same
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Benches to run instead of all
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(BENCHES.iter().map(|bench| bench.0)))]
    names: Vec<String>,
}

type Bench = (&'static str, fn(&Workspace) -> anyhow::Result<()>);

const BENCHES: &[Bench] = &[
    ("start", start::run),
    ("operations", operations::run),
    ("memory", memory::run),
    ("server", server::run),
    ("render", render::run),
];

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { names } = arguments;
    for (name, bench) in BENCHES {
        if names.is_empty() || names.iter().any(|asked| asked == name) {
            say(&format!("── {name}"));
            bench(workspace).with_context(|| (*name).to_owned())?;
        }
    }
    Ok(())
}
