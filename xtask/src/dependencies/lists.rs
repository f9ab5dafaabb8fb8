use std::collections::BTreeSet;

use anyhow::{Context as _, bail};

/// The lists of `deny.toml`.
pub(super) struct Lists {
    pub(super) licences: BTreeSet<String>,
    pub(super) banned: BTreeSet<String>,
    pub(super) duplicates: BTreeSet<String>,
}

impl Lists {
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(Self {
            licences: list(text, "licenses", "allow")?,
            banned: list(text, "bans", "deny")?,
            duplicates: list(text, "bans", "skip")?,
        })
    }
}

/// The strings of `key = ["…", …]` in a section: as much of TOML as deny.toml needs, and an error for more.
fn list(text: &str, section: &str, key: &str) -> anyhow::Result<BTreeSet<String>> {
    let lines = text.lines().map(|line| line.split_once('#').map_or(line, |(line, _)| line));
    let lines = lines.map(str::trim).skip_while(|line| *line != format!("[{section}]"));
    let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let start = lines.split('\n').position(|line| {
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    });
    let start = start.with_context(|| format!("deny.toml has no `{key}` in [{section}]"))?;
    let rest = lines.split('\n').skip(start).collect::<Vec<_>>().join(" ");
    let (_, rest) = rest.split_once('[').with_context(|| format!("`{key}` is not a list"))?;
    let (items, _) = rest.split_once(']').with_context(|| format!("`{key}` does not end"))?;
    let items = items.split(',').map(str::trim).filter(|item| !item.is_empty());
    let strings =
        items.map(|item| match item.strip_prefix('"').and_then(|item| item.strip_suffix('"')) {
            Some(item) => Ok(item.to_owned()),
            None => bail!("`{item}` in `{key}` of deny.toml is not a string"),
        });
    strings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "[licenses]\nallow = [ # why\n \"MIT\",\n \"ISC\",\n]\n[bans]\ndeny = [\"a\"]\nskip = []\n";

    #[test]
    fn reads_the_lists() {
        let lists = Lists::parse(TEXT).unwrap();
        assert_eq!(lists.licences.into_iter().collect::<Vec<_>>(), ["ISC", "MIT"]);
        assert_eq!(lists.banned.into_iter().collect::<Vec<_>>(), ["a"]);
        assert!(lists.duplicates.is_empty());
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        assert!(Lists::parse(&TEXT.replace("skip", "other")).is_err());
        assert!(Lists::parse(&TEXT.replace("\"a\"", "{ crate = \"a\" }")).is_err());
        assert!(Lists::parse(&TEXT.replace("[bans]", "[ban]")).is_err());
    }
}
