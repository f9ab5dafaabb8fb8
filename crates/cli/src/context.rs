use std::fmt;
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use rhumb_report::Reporter;

use crate::environment::{Environment, Settings};
use crate::error::Error;

/// What a command may use: the only way to streams, settings and progress.
pub(crate) struct Context<'a> {
    pub(crate) stdin: &'a mut dyn BufRead,
    /// Results, and nothing else.
    pub(crate) stdout: &'a mut dyn Write,
    /// What is for people: warnings, prompts, progress.
    pub(crate) stderr: &'a mut dyn Write,
    pub(crate) environment: &'a Environment,
    pub(crate) settings: Settings,
    pub(crate) reporter: Arc<dyn Reporter>,
}

impl Context<'_> {
    /// Writes one line of result.
    pub(crate) fn print(&mut self, line: impl fmt::Display) -> Result<(), Error> {
        writeln!(self.stdout, "{line}").map_err(|source| Error::Output { source })
    }

    /// Writes a result that brings its own line ends.
    pub(crate) fn print_bytes(&mut self, text: &[u8]) -> Result<(), Error> {
        self.stdout.write_all(text).map_err(|source| Error::Output { source })
    }

    /// Writes one line for people; if standard error is closed, nobody is left to tell.
    pub(crate) fn tell(&mut self, line: impl fmt::Display) {
        drop(writeln!(self.stderr, "{line}"));
    }

    /// Starts the developers' log, if the user asked for it.
    pub(crate) fn start_log(&self) {
        if self.settings.debug {
            tracing_subscriber::fmt()
                .with_writer(io::stderr)
                .with_max_level(tracing::Level::DEBUG)
                .with_ansi(false)
                .init();
        }
    }
}

/// Runs a future on a runtime made for it, so that commands without I/O need none.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    Ok(runtime.map_err(|source| Error::Runtime { source })?.block_on(future))
}
