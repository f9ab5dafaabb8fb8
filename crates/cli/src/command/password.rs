//! Passwords, where they are not on the command line.

use std::io::{IsTerminal as _, Read as _};

use rhumb_report::Secret;

use crate::context::Context;
use crate::error::Error;

/// Bytes of a password on standard input that are read at most; tokens have some thousands.
pub(super) const MAX_PASSWORD: u64 = 1 << 20;

/// Reads all of standard input, without the line end.
pub(super) fn read(context: &mut Context<'_>) -> Result<Secret, Error> {
    let mut text = String::new();
    let mut input = context.stdin.take(MAX_PASSWORD);
    input.read_to_string(&mut text).map_err(|source| Error::Input { source })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Secret::new(text.strip_suffix('\r').unwrap_or(text)))
}

/// Whether there is someone to ask.
pub(super) fn check_terminal() -> Result<(), Error> {
    if std::io::stdin().is_terminal() {
        Ok(())
    } else {
        Err(Error::NoTerminal { question: "password" })
    }
}

/// Asks for a password, which is not shown.
pub(super) fn ask(prompt: &str, context: &mut Context<'_>) -> Result<String, Error> {
    context.prompt(prompt);
    rpassword::read_password().map_err(|source| Error::Input { source })
}
