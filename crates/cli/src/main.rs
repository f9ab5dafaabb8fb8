//! The rhumb command line.

mod argument;
mod command;
mod command_line;
mod completion;
mod context;
mod definition;
mod environment;
mod error;
mod explanation;
mod help;
mod ports;
mod progress;
mod reference;
mod run;
mod table;
mod telling;
mod usage;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use context::Context;
use environment::{Environment, Settings};
use mimalloc::MiMalloc;

/// Rendering makes and drops many small texts and maps (docs/decisions/004-allocator.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let mut words = std::env::args_os();
    let program = words.next().unwrap_or_default().to_string_lossy().into_owned();
    let words = words.enumerate().map(|(index, word)| as_text(index + 1, word)).collect();
    let words: Vec<String> = match words {
        Ok(words) => words,
        Err(error) => {
            // Nobody is left to tell if standard error is closed.
            drop(writeln!(std::io::stderr(), "Error: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let environment = Environment::from_process(program);
    let reporter = Arc::new(progress::Terminal::new());
    let mut context = Context {
        stdin: &mut std::io::stdin().lock(),
        stdout: &mut std::io::stdout().lock(),
        stderr: &mut std::io::stderr(),
        settings: Settings::from_environment(&environment),
        environment: &environment,
        reporter,
    };
    run::run(&words, &mut context)
}

fn as_text(position: usize, word: OsString) -> Result<String, usage::UsageError> {
    word.into_string().map_err(|_| usage::UsageError::NotUtf8 { position })
}
