//! Renders the reference of all commands, as Markdown and as manual pages.

mod man;
mod markdown;

use clap::Command;

pub(crate) use man::man;
pub(crate) use markdown::{markdown, page};

use crate::environment::{Environment, Settings};
use crate::help::Defaults;

/// Defaults as they are for everyone: paths start at the home folder.
fn defaults() -> Defaults {
    Settings::from_environment(&Environment::from_pairs("rhumb", &[("HOME", "~")])).defaults()
}

/// Calls `visit` with the path to every command that users see, parents first.
fn each<'c>(path: &mut Vec<&'c Command>, visit: &mut dyn FnMut(&[&'c Command])) {
    visit(path);
    for command in crate::definition::subcommands(path[path.len() - 1]) {
        path.push(command);
        each(path, visit);
        path.pop();
    }
}
