//! Where a value comes from, and which templates read it.

mod meanings;

use std::rc::Rc;

use rhumb_chart::values::{Data, Node};
use rhumb_chart::{Chart, File, Values};
use rhumb_gotmpl::reads::{Known, Reader, Reading, Step};
use rhumb_gotmpl::{Parsed, Set};
use rhumb_report::Span;

use crate::renderer::SET;
use crate::{Error, Renderer, nearest};
use meanings::Functions;

/// What is known of one value.
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    /// The value, with the place where it was written; nothing if there is none.
    pub value: Option<Node>,
    /// Where templates read it, or something that it is in or that is in it, by path and place.
    pub reads: Vec<Read>,
}

/// A place in a template that reads values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The path of what is read, seen from the whole chart, such as `db.image.tag`; a `*` stands
    /// for each item of a list or map.
    pub path: String,
    /// The place; its source is the template's path, or the file of the values if these are
    /// templates themselves.
    pub span: Span,
}

impl Renderer {
    /// Explains the value at a path, such as `image.tag` or `hosts.0.name`, of coalesced values.
    ///
    /// Reads are found without running the templates: through `with` and `range`, variables,
    /// included templates, values that are templates, and the functions that pick values.
    ///
    /// # Errors
    ///
    /// If a template cannot be parsed.
    pub fn explain(
        &self,
        chart: &Chart,
        values: &Values,
        path: &str,
    ) -> Result<Explanation, Error> {
        let wanted = steps(path);
        let reads = self.reads(chart, values)?;
        let reads = reads.into_iter().filter(|(path, _)| is_related(path, &wanted));
        let reads = reads.map(|(path, span)| Read { path: shown(&path), span }).collect();
        Ok(Explanation { value: look_up(values, &wanted).cloned(), reads })
    }

    /// Everything that the templates of a chart and of those in it read, by place.
    fn reads(&self, chart: &Chart, values: &Values) -> Result<Vec<(Vec<Step>, Span)>, Error> {
        let mut set = Set::new(SET, Rc::clone(self.shared_functions()));
        let mut roots = Vec::new();
        self.add(chart, &Place::of(chart), &mut set, &mut roots)?;
        let meanings = Functions { values };
        let mut reader = Reader::new(&set, &meanings);
        // What no template includes is looked at last, as if it were given all that there is.
        roots.sort_by_key(|root| root.is_partial);
        for Root { names, dot, is_partial } in &roots {
            for name in names {
                if !is_partial || !reader.has_seen(name) {
                    reader.template(name, dot);
                }
            }
        }
        let found = reader.readings();
        let mut reads: Vec<(Vec<Step>, Span)> =
            found.iter().map(|reading| (without_above(reading, chart), reading.span())).collect();
        reads.sort_by(|a, b| {
            let place = |span: &Span| (span.source.to_string(), span.bytes.start);
            place(&a.1).cmp(&place(&b.1)).then_with(|| a.0.cmp(&b.0))
        });
        reads.dedup();
        Ok(reads)
    }

    /// Parses the templates of a chart, those of charts in it first, which it may replace.
    fn add(
        &self,
        chart: &Chart,
        place: &Place,
        set: &mut Set<'_>,
        roots: &mut Vec<Root>,
    ) -> Result<(), Error> {
        for inner in chart.dependencies() {
            self.add(inner, &place.inner(inner), set, roots)?;
        }
        let dot = place.dot(chart);
        for file in &chart.templates {
            let path = format!("{}/{}", place.path, file.name);
            let parsed = Parsed::new(&path, &file.data, self.functions())
                .map_err(|error| Error::parse(&path, error, self.functions().names()))?;
            set.add(&parsed);
            let is_partial = crate::resource::is_partial(&path);
            let (own, defined): (Vec<String>, Vec<String>) =
                parsed.names().map(str::to_owned).partition(|name| *name == path);
            roots.push(Root { names: own, dot: dot.clone(), is_partial });
            roots.push(Root { names: defined, dot: dot.clone(), is_partial: true });
        }
        Ok(())
    }
}

/// Templates to begin with.
struct Root {
    names: Vec<String>,
    dot: Known,
    is_partial: bool,
}

/// A template by the path that errors and reads say, which counts from the whole chart.
pub fn template_file<'c>(chart: &'c Chart, path: &str) -> Option<&'c File> {
    let inside = path.strip_prefix(chart.name())?.strip_prefix('/')?;
    if let Some(inner) = inside.strip_prefix("charts/") {
        return chart.dependencies().iter().find_map(|chart| template_file(chart, inner));
    }
    chart.templates.iter().find(|file| &*file.name == inside)
}

/// Where a chart is, and the names of the charts on the way to it.
struct Place {
    path: String,
    above: Vec<Step>,
}

impl Place {
    fn of(chart: &Chart) -> Self {
        Self { path: chart.name().to_owned(), above: Vec::new() }
    }

    fn inner(&self, chart: &Chart) -> Self {
        let above = [self.above.clone(), vec![Step::Key(chart.name().to_owned())]].concat();
        Self { path: format!("{}/charts/{}", self.path, chart.name()), above }
    }

    /// What the templates of the chart have as their dot, as far as it leads to values.
    fn dot(&self, chart: &Chart) -> Known {
        let inner = chart.dependencies().iter();
        let inner = inner.map(|inner| (inner.name().to_owned(), self.inner(inner).dot(inner)));
        Known::made_of([
            ("Values".to_owned(), Known::path(self.above.clone())),
            ("Subcharts".to_owned(), Known::made_of(inner)),
        ])
    }
}

/// A path without the charts before `global`, which is the same for all.
fn without_above(reading: &Reading, chart: &Chart) -> Vec<Step> {
    let mut chart = Some(chart);
    for (index, step) in reading.path.iter().enumerate() {
        let Step::Key(name) = step else { break };
        if name == "global" {
            return reading.path[index..].to_vec();
        }
        chart =
            chart.and_then(|chart| chart.dependencies().iter().find(|inner| inner.name() == name));
        if chart.is_none() {
            break;
        }
    }
    reading.path.clone()
}

/// The steps of a path such as `hosts.0.name` or `hosts[0].name`.
fn steps(path: &str) -> Vec<Step> {
    let path = path.strip_prefix(".Values").unwrap_or(path);
    let names = path.split(['.', '[', ']']).filter(|name| !name.is_empty());
    names.map(|name| Step::Key(name.trim_matches('"').to_owned())).collect()
}

fn shown(path: &[Step]) -> String {
    let name = |step: &Step| match step {
        Step::Key(name) => name.clone(),
        Step::Each => "*".to_owned(),
    };
    path.iter().map(name).collect::<Vec<_>>().join(".")
}

/// Whether one path leads to the other.
fn is_related(read: &[Step], wanted: &[Step]) -> bool {
    read.iter().zip(wanted).all(|(read, wanted)| read == wanted || *read == Step::Each)
}

/// The value at a path, without the steps from the first on that may be any.
fn look_up<'v>(values: &'v Values, path: &[Step]) -> Option<&'v Node> {
    let (Step::Key(first), rest) = path.split_first()? else { return None };
    rest.iter().try_fold(values.table().get(first)?, |node, step| inner(node, step))
}

fn inner<'n>(node: &'n Node, step: &Step) -> Option<&'n Node> {
    match (step, &node.data) {
        (Step::Key(name), Data::Map(table)) => table.get(name),
        (Step::Key(index), Data::List(items)) => items.get(index.parse::<usize>().ok()?),
        _ => None,
    }
}

/// A value at a path that a person wrote, or that a read of templates has.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<'v> {
    /// The value; for a path with a `*`, what the `*` stands in.
    Value(&'v Node),
    /// Nothing.
    Missing {
        /// A path that is very much like it.
        nearest: Option<String>,
        /// How much of the path there is, with the value there.
        parent: Option<(String, &'v Node)>,
    },
}

impl<'v> Found<'v> {
    /// The value, if there is one.
    pub fn value(self) -> Option<&'v Node> {
        match self {
            Self::Value(node) => Some(node),
            Self::Missing { .. } => None,
        }
    }
}

/// Looks a value up by its path.
pub fn find_value<'v>(values: &'v Values, path: &str) -> Found<'v> {
    let steps: Vec<Step> = steps(path);
    let end = steps.iter().position(|step| *step == Step::Key("*".to_owned()));
    let steps = &steps[..end.unwrap_or(steps.len())];
    let mut node: Option<&Node> = None;
    for (index, step) in steps.iter().enumerate() {
        let next = match (node, step) {
            (None, Step::Key(name)) => values.table().get(name),
            (Some(node), step) => inner(node, step),
            _ => None,
        };
        let Some(next) = next else {
            let table = node.map_or(Some(values.table()), Node::table);
            let names = table.into_iter().flat_map(|table| table.iter().map(|(name, _)| name));
            let (Step::Key(name), rest) = (step, &steps[index + 1..]) else { break };
            let like = nearest(name, names).map(|like| {
                let like = [Step::Key(like.to_owned())];
                shown(&[&steps[..index], like.as_slice(), rest].concat())
            });
            let parent = node.map(|node| (shown(&steps[..index]), node));
            return Found::Missing { nearest: like, parent };
        };
        node = Some(next);
    }
    node.map_or(Found::Missing { nearest: None, parent: None }, Found::Value)
}
