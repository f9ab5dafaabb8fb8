use std::env::consts;

use rhumb_yaml::edit::{Content, Node};
use serde::{Deserialize, Serialize};

/// A command for one platform, or for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformCommand {
    /// The operating system as Go names it; empty for all.
    pub system: String,
    /// The processor as Go names it; empty for all.
    pub processor: String,
    /// The program and its first arguments, with blanks between.
    pub command: String,
    /// More arguments.
    pub arguments: Vec<String>,
}

/// This machine, as Go names it.
const fn platform() -> (&'static str, &'static str) {
    let system = match consts::OS.as_bytes() {
        b"macos" => "darwin",
        _ => consts::OS,
    };
    let processor = match consts::ARCH.as_bytes() {
        b"x86_64" => "amd64",
        b"x86" => "386",
        b"aarch64" => "arm64",
        _ => consts::ARCH,
    };
    (system, processor)
}

impl PlatformCommand {
    /// Reads a list of commands; what is none is left out.
    pub(super) fn read_all(node: Option<&Node>) -> Vec<Self> {
        let Some(Content::List { items, .. }) = node.map(|node| &node.content) else {
            return Vec::new();
        };
        items.iter().map(Self::read).collect()
    }

    fn read(node: &Node) -> Self {
        let field = |name| node.get(name).and_then(Node::as_text).unwrap_or_default().to_owned();
        let arguments = match node.get("args").map(|node| &node.content) {
            Some(Content::List { items, .. }) => items,
            _ => &Vec::new(),
        };
        let arguments = arguments.iter().map(|node| node.as_text().unwrap_or_default().to_owned());
        Self {
            system: field("os"),
            processor: field("arch"),
            command: field("command"),
            arguments: arguments.collect(),
        }
    }

    /// The command that fits this machine best: both, then the system alone, then any.
    pub(super) fn choose(commands: &[Self]) -> Option<&Self> {
        let (system, processor) = platform();
        let fits = |command: &&Self| command.system.eq_ignore_ascii_case(system);
        let both =
            |command: &&Self| fits(command) && command.processor.eq_ignore_ascii_case(processor);
        let system_alone = |command: &&Self| fits(command) && command.processor.is_empty();
        let any = |command: &&Self| command.system.is_empty() && command.processor.is_empty();
        let mut all = commands.iter();
        all.find(both)
            .or_else(|| commands.iter().find(system_alone))
            .or_else(|| commands.iter().find(any))
    }

    /// The program and its arguments, with variables put in; nothing if there is no program.
    pub(super) fn words(&self, variable: impl Fn(&str) -> String) -> Option<(String, Vec<String>)> {
        let mut words = self.command.split(' ');
        let program = words.next().filter(|program| !program.is_empty())?;
        let rest = words.chain(self.arguments.iter().map(String::as_str));
        let rest = rest.map(|word| expand(word, &variable)).collect();
        Some((expand(program, &variable), rest))
    }
}

/// Puts variables into a text: `$NAME`, `${NAME}`, and the one-character ones of shells.
fn expand(text: &str, variable: &impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if after.is_empty() {
            out.push('$');
            return out;
        }
        let (name, width) = shell_name(after);
        match (name, width) {
            ("", 0) => out.push('$'),
            // What is no name is left out.
            ("", _) => {}
            (name, _) => out.push_str(&variable(name)),
        }
        rest = &after[width..];
    }
    out.push_str(rest);
    out
}

/// The name after a `$`, and how much of the text it takes.
fn shell_name(text: &str) -> (&str, usize) {
    let is_special =
        |byte: u8| matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9');
    let bytes = text.as_bytes();
    match bytes {
        [b'{', special, b'}', ..] if is_special(*special) => (&text[1..2], 3),
        [b'{', ..] => match text.find('}') {
            Some(1) => ("", 2),
            Some(end) => (&text[1..end], end + 1),
            None => ("", 1),
        },
        [special, ..] if is_special(*special) => (&text[..1], 1),
        _ => {
            let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
            let end = bytes.iter().take_while(is_part).count();
            (&text[..end], end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_put_in_as_shells_do() {
        let variable = |name: &str| format!("<{name}>");
        for (text, want) in [
            ("$A/b", "<A>/b"),
            ("${A}b$", "<A>b$"),
            ("$$1$-", "<$>1<->"),
            ("a${}b${", "ab"),
            ("$ a$é", "$ a$é"),
            ("${*}", "<*>"),
        ] {
            assert_eq!(expand(text, &variable), want, "{text}");
        }
    }

    #[test]
    fn the_command_is_chosen_by_the_platform() {
        let (system, processor) = platform();
        let command = |system: &str, processor: &str| PlatformCommand {
            system: system.to_owned(),
            processor: processor.to_owned(),
            command: "x  $Y".to_owned(),
            arguments: vec!["z".to_owned()],
        };
        let all = [
            command("", ""),
            command("plan9", ""),
            command(&system.to_uppercase(), ""),
            command(system, processor),
        ];
        assert_eq!(PlatformCommand::choose(&all), all.get(3));
        assert_eq!(PlatformCommand::choose(&all[..3]), all.get(2));
        assert_eq!(PlatformCommand::choose(&all[..2]), all.first());
        assert_eq!(PlatformCommand::choose(&all[1..2]), None);
        let words = all[0].words(|_| "y".to_owned()).unwrap();
        let rest = ["", "y", "z"].map(str::to_owned);
        assert_eq!(words, ("x".to_owned(), rest.into()));
    }
}
