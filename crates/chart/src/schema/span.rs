//! Where the values are that do not fit a schema.

use rhumb_report::Span;

use super::SchemaError;
use crate::values::{Data, Node};
use crate::{Chart, Values};

impl SchemaError {
    /// The paths of the values that do not fit, in the order in which the message has them: the
    /// names and numbers on the way, charts within included.
    pub fn paths(&self, chart: &Chart) -> Vec<Vec<String>> {
        let mut above: Vec<String> = Vec::new();
        let mut paths = Vec::new();
        for line in self.message.lines() {
            if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with([' ', '-']))
            {
                above = way_to(chart, name).unwrap_or_default();
            }
            let Some((_, rest)) = line.split_once("- at '") else { continue };
            let Some((pointer, _)) = rest.split_once('\'') else { continue };
            let steps = pointer.split('/').skip(1);
            let steps = steps.map(|step| step.replace("~1", "/").replace("~0", "~"));
            let path: Vec<String> = above.iter().cloned().chain(steps).collect();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }

    /// The place of the first value that does not fit; of one that is missing, the place of the map
    /// that it is missing in.
    pub fn span(&self, chart: &Chart, values: &Values) -> Option<Span> {
        self.paths(chart).iter().find_map(|path| place(values, path))
    }
}

fn place(values: &Values, path: &[String]) -> Option<Span> {
    let (first, rest) = path.split_first()?;
    let mut node = values.table().get(first)?;
    for step in rest {
        let Some(next) = inner(node, step) else { break };
        node = next;
    }
    Some(node.origin.as_ref()?.span())
}

fn inner<'n>(node: &'n Node, step: &str) -> Option<&'n Node> {
    match &node.data {
        Data::Map(table) => table.get(step),
        Data::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The names of the charts on the way from a chart to the one of that name.
fn way_to(chart: &Chart, name: &str) -> Option<Vec<String>> {
    if chart.name() == name {
        return Some(Vec::new());
    }
    chart.dependencies().iter().find_map(|inner| {
        let way = way_to(inner, name)?;
        Some([inner.name().to_owned()].into_iter().chain(way).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_message() {
        let message = "web:\n- at '': missing property 'image'\n- at '/ports/0/na~1me': \
                       value must be one of 'a'\n- at '/ports/0/na~1me': again\n";
        let error = SchemaError { message: message.to_owned() };
        let mut chart = Chart::default();
        chart.metadata.name = "web".to_owned();
        let none: &[&str] = &[];
        assert_eq!(error.paths(&chart), [none, &["ports", "0", "na/me"]]);
    }
}
