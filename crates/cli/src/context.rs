use std::fmt;
use std::io::{self, BufRead, BufWriter, IsTerminal as _, Write};
use std::sync::Arc;

use rhumb_report::Reporter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::environment::{Environment, Settings};
use crate::error::Error;

/// Bytes of a long result that are written at a time.
const BUFFER: usize = 64 << 10;

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

    /// Writes a long result, which is there in pieces, without making one text of it first.
    pub(crate) fn print_pieces(&mut self, pieces: &[&[u8]]) -> Result<(), Error> {
        let mut out = BufWriter::with_capacity(BUFFER, &mut *self.stdout);
        let written = pieces.iter().try_for_each(|piece| out.write_all(piece));
        written.and_then(|()| out.flush()).map_err(|source| Error::Output { source })
    }

    /// Writes a result as one line of JSON, as Helm does.
    pub(crate) fn print_json(&mut self, result: &impl serde::Serialize) -> Result<(), Error> {
        let text = serde_json::to_string(result).map_err(|source| Error::Json { source })?;
        self.print(text)
    }

    /// Writes a result as YAML, keys sorted, as Helm does.
    pub(crate) fn print_yaml(&mut self, result: &impl serde::Serialize) -> Result<(), Error> {
        let text = rhumb_action::print_yaml(result)?;
        self.print_bytes(text.as_bytes())
    }

    /// Writes the beginning of a line that the user is to complete.
    pub(crate) fn prompt(&mut self, text: &str) {
        drop(write!(self.stderr, "{text}").and_then(|()| self.stderr.flush()));
    }

    /// Writes one line for people; if standard error is closed, nobody is left to tell.
    pub(crate) fn tell(&mut self, line: impl fmt::Display) {
        drop(writeln!(self.stderr, "{line}"));
    }

    /// Whether errors come with their place and the values that are read there: if the user asked
    /// for it, or looks at a terminal.
    pub(crate) fn explains_errors(&self) -> bool {
        self.settings.explain || io::stderr().is_terminal()
    }

    /// Starts the developers' log, if the user asked for it.
    pub(crate) fn start_log(&self) {
        if self.settings.debug {
            // Of other libraries' logs nobody knows whether they keep secrets.
            let ours = Targets::new().with_target("rhumb", tracing::Level::DEBUG);
            let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
            tracing_subscriber::registry().with(lines).with(ours).init();
        }
    }
}

/// Runs a future on this thread, with a runtime made for it, so that commands without I/O need none.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(|source| Error::Runtime { source })?.block_on(future))
}

/// Runs a server on all of the machine's processors.
pub(crate) fn serve_on<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    Ok(runtime.map_err(|source| Error::Runtime { source })?.block_on(future))
}
