use std::fmt::Write as _;

use clap::Command;

use super::{defaults, each};
use crate::command_line::{command_path, usage_line};
use crate::definition;
use crate::help::{about, description, examples, flag_table, global_flags};

/// One Markdown page per command, with its file name.
pub(crate) fn markdown(root: &Command, with_header: bool) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    each(&mut vec![root], &mut |path| {
        let name = file_name(path);
        let header = if with_header { header(path) } else { String::new() };
        let text = format!("{header}{}{}", section(path, 2), see_also(path));
        pages.push((name, text));
    });
    pages
}

/// All commands on one Markdown page.
pub(crate) fn page(root: &Command) -> String {
    let mut text =
        "# Commands\n\n<!-- Written by `rhumb docs --type page`; a test compares. -->\n".to_owned();
    each(&mut vec![root], &mut |path| {
        text.push('\n');
        text.push_str(&section(path, 2));
    });
    text
}

fn file_name(path: &[&Command]) -> String {
    format!("{}.md", command_path(path).replace(' ', "_"))
}

fn header(path: &[&Command]) -> String {
    format!("---\ntitle: \"{}\"\n---\n\n", command_path(path))
}

fn section(path: &[&Command], level: usize) -> String {
    let command = path[path.len() - 1];
    let marks = "#".repeat(level);
    let mut text = format!("{marks} {}\n\n{}\n", command_path(path), description_of(path));
    if definition::subcommands(command).is_empty() {
        let _ = write!(text, "\n```\n{}\n```\n", usage_line(path));
    }
    let aliases: Vec<_> = command.get_all_aliases().map(|alias| format!("`{alias}`")).collect();
    if !aliases.is_empty() {
        let _ = write!(text, "\nAlso called {}.\n", aliases.join(", "));
    }
    if let Some(examples) = examples(path) {
        let _ = write!(text, "\n{marks}# Examples\n\n```\n{examples}\n```\n");
    }
    let own = flag_table(&definition::flags(command), &defaults());
    let _ = write!(text, "\n{marks}# Flags\n\n```\n{own}```\n");
    text
}

/// The description; a list of variables becomes a code block.
fn description_of(path: &[&Command]) -> String {
    match description(path).split_once("\n\nEnvironment:\n\n") {
        Some((text, variables)) => format!("{text}\n\n```\n{variables}\n```"),
        None => description(path),
    }
}

fn see_also(path: &[&Command]) -> String {
    let mut text = String::new();
    if path.len() > 1 {
        let inherited = flag_table(&global_flags(path[0]), &defaults());
        let _ = write!(text, "\n### Global flags\n\n```\n{inherited}```\n");
    }
    let mut links = Vec::new();
    if let Some((command, parents)) = path.split_last().filter(|(_, parents)| !parents.is_empty()) {
        let parent = parents[parents.len() - 1];
        let _ = command;
        links.push(link(parents, parent));
    }
    for command in definition::subcommands(path[path.len() - 1]) {
        let path: Vec<_> = path.iter().copied().chain([command]).collect();
        links.push(link(&path, command));
    }
    let _ = write!(text, "\n### See also\n\n{}", links.concat());
    text
}

fn link(path: &[&Command], command: &Command) -> String {
    format!("- [{}]({}): {}\n", command_path(path), file_name(path), about(command))
}
