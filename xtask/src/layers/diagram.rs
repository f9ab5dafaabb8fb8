use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};

/// The layers as ARCHITECTURE.md draws them.
///
/// A line `L4  registry ► oci     cluster ► yaml` puts crates in layer 4 and draws their edges; a line that
/// mentions the async line parts those above it from those below.
#[derive(Debug, Default)]
pub(super) struct Diagram {
    layers: BTreeMap<String, u8>,
    edges: BTreeMap<String, BTreeSet<String>>,
    /// Every layer below this one is free of async code.
    line: u8,
}

impl Diagram {
    /// Reads the first fenced block that has layers.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let mut diagram = Self::default();
        for line in text.lines() {
            if line.contains("══") && line.contains("async line") {
                diagram.line =
                    diagram.layers.values().copied().min().context("an async line on top")?;
            }
            if let Some((layer, rest)) = layer(line) {
                diagram.read(layer, rest).with_context(|| line.to_owned())?;
            }
        }
        if diagram.layers.is_empty() || diagram.line == 0 {
            bail!("ARCHITECTURE.md has no diagram of layers with an async line");
        }
        Ok(diagram)
    }

    fn read(&mut self, layer: u8, rest: &str) -> anyhow::Result<()> {
        let spaced = rest.replace('►', " ► ").replace(',', " , ").replace('─', " ");
        let mut words = spaced.split_whitespace().peekable();
        while let Some(name) = words.next() {
            if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
                bail!("`{name}` is not the name of a crate");
            }
            if self.layers.insert(name.to_owned(), layer).is_some() {
                bail!("`{name}` is in two places");
            }
            let edges = self.edges.entry(name.to_owned()).or_default();
            let mut more = words.next_if_eq(&"►").is_some();
            while more {
                edges.insert(words.next().context("an edge that leads nowhere")?.to_owned());
                more = words.next_if_eq(&",").is_some();
            }
        }
        Ok(())
    }

    pub(super) fn crates(&self) -> impl Iterator<Item = &str> {
        self.layers.keys().map(String::as_str)
    }

    /// Whether a crate is below the async line.
    pub(super) fn is_sync(&self, name: &str) -> bool {
        self.layers.get(name).is_some_and(|layer| *layer < self.line)
    }

    /// Every crate that edges lead to, directly or not.
    pub(super) fn reached(&self, name: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut todo: Vec<&String> = self.edges.get(name).into_iter().flatten().collect();
        while let Some(to) = todo.pop() {
            if reached.insert(to.as_str()) {
                todo.extend(self.edges.get(to).into_iter().flatten());
            }
        }
        reached
    }

    /// Edges to nowhere, upwards, or in a circle.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (from, edges) in &self.edges {
            for to in edges {
                match self.layers.get(to) {
                    None => problems.push(format!("`{from} ► {to}` leads out of the diagram")),
                    Some(layer) if *layer > self.layers[from] => {
                        problems.push(format!("`{from} ► {to}` points up"));
                    }
                    Some(_) => {}
                }
            }
            if self.reached(from).contains(from.as_str()) {
                problems.push(format!("`{from}` reaches itself"));
            }
        }
        problems
    }
}

/// The number and the rest of a line such as `L4  registry ► oci`; a remark in parentheses is no part of it.
fn layer(line: &str) -> Option<(u8, &str)> {
    let (layer, rest) = line.strip_prefix('L')?.split_once(' ')?;
    let rest = rest.split_once('(').map_or(rest, |(rest, _)| rest);
    Some((layer.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = "\
```
L2  cli ──► action, server
L2  action ► engine
═══ async line: nothing below it awaits ═══
L1  engine ► data     lint ► engine
L0  report    data    server    (any crate may use report)
```";

    #[test]
    fn reads_layers_edges_and_the_line() {
        let diagram = Diagram::parse(DRAWN).unwrap();
        assert_eq!(
            diagram.reached("cli").into_iter().collect::<Vec<_>>(),
            ["action", "data", "engine", "server"]
        );
        assert!(diagram.is_sync("engine") && diagram.is_sync("report"));
        assert!(!diagram.is_sync("action") && !diagram.is_sync("nothing"));
        assert!(diagram.problems().is_empty());
        assert_eq!(diagram.crates().count(), 7);
    }

    #[test]
    fn finds_edges_that_point_up_out_or_in_a_circle() {
        let up = DRAWN.replace("data     lint", "cli     lint");
        let problems = Diagram::parse(&up).unwrap().problems();
        assert!(problems.contains(&"`engine ► cli` points up".to_owned()), "{problems:?}");
        assert!(problems.contains(&"`engine` reaches itself".to_owned()), "{problems:?}");
        let out = DRAWN.replace("engine ► data", "engine ► sky");
        assert_eq!(
            Diagram::parse(&out).unwrap().problems(),
            ["`engine ► sky` leads out of the diagram"]
        );
    }

    #[test]
    fn refuses_what_is_no_diagram() {
        assert!(Diagram::parse("no layers here").is_err());
        assert!(Diagram::parse(&DRAWN.replace("═══ async line", "a line")).is_err());
        assert!(Diagram::parse(&DRAWN.replace("lint ►", "engine ►")).is_err());
        assert!(Diagram::parse(&DRAWN.replace("action, server", "action,")).is_err());
    }
}
