//! The project's chores: `cargo xtask --help`.

mod bench;
mod ci;
mod conformance;
mod dependencies;
mod docs;
mod fuzz;
mod layers;
mod peers;
mod process;
mod service;
mod spelling;
mod test;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::workspace::Workspace;

/// The project's chores
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, clap::Subcommand)]
enum Chore {
    Bench(bench::Arguments),
    Ci(ci::Arguments),
    Conformance(conformance::Arguments),
    Docs(docs::Arguments),
    Fuzz(fuzz::Arguments),
    /// Compare the crates' dependencies with the diagram in ARCHITECTURE.md
    Layers,
    Peers(peers::Arguments),
    Test(test::Arguments),
}

#[expect(clippy::print_stderr, reason = "a program reports its failure")]
fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let workspace = Workspace::load()?;
    match arguments.chore {
        Chore::Bench(arguments) => bench::run(&workspace, &arguments),
        Chore::Ci(arguments) => ci::run(&workspace, &arguments),
        Chore::Conformance(arguments) => conformance::run(&workspace, &arguments),
        Chore::Docs(arguments) => docs::run(&workspace, &arguments),
        Chore::Fuzz(arguments) => fuzz::run(&workspace, &arguments),
        Chore::Layers => layers::run(&workspace),
        Chore::Peers(arguments) => peers::run(&workspace, &arguments),
        Chore::Test(arguments) => test::run(&workspace, &arguments),
    }
}
