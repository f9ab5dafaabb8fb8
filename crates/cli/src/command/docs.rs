use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::completion;
use crate::argument::Switch;
use crate::context::Context;
use crate::error::Error;
use crate::reference;

/// Write reference pages of all commands
///
/// One file per command is written, as Markdown or as manual pages for `man`; `bash` writes the
/// completion script and `page` everything on one Markdown page.
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub(crate) struct DocsArgs {
    /// Folder to write to
    #[arg(long, default_value = "./")]
    dir: PathBuf,

    /// Put a title block before each Markdown page
    #[arg(long)]
    generate_headers: Switch,

    /// What to write (markdown, man, bash, page)
    #[arg(long = "type", value_name = "string", default_value = "markdown")]
    kind: Kind,
}

/// Forms of the reference.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Bash,
    Man,
    #[value(alias = "mdown", alias = "md")]
    Markdown,
    Page,
}

pub(crate) fn run(args: &DocsArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let DocsArgs { dir, generate_headers, kind } = args;
    let program = context.environment.program_name();
    let root = super::definition(program);
    let pages = match kind {
        Kind::Bash => vec![("completions.bash".to_owned(), completion::bash(program))],
        Kind::Man => reference::man(&root),
        Kind::Markdown => reference::markdown(&root, generate_headers.on()),
        Kind::Page => vec![("cli.md".to_owned(), reference::page(&root))],
    };
    for (name, text) in pages {
        write(&dir.join(name), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text)
        .map_err(|source| Error::WriteFile { path: path.display().to_string(), source })
}
