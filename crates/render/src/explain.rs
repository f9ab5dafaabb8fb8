//! Where a value comes from, and which templates read it.

use rhumb_chart::values::Node;
use rhumb_chart::{Chart, Values};
use rhumb_gotmpl::Parsed;
use rhumb_report::Span;

use crate::{Error, Renderer};

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
    /// The path of what is read, seen from the whole chart, such as `db.image.tag`.
    pub path: String,
    /// The place; its source is the template's path.
    pub span: Span,
}

impl Renderer {
    /// Explains the value at a path, such as `image.tag`, of coalesced values.
    ///
    /// Reads are found in the text of the templates, so those through a variable or inside of
    /// `with` and `range` show as reads of what the block is about.
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
        let wanted: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
        let mut reads = Vec::new();
        let place = Place { path: chart.name().to_owned(), above: Vec::new() };
        self.collect(chart, &place, &wanted, &mut reads)?;
        reads.sort_by(|a, b| {
            let start = |read: &Read| read.span.bytes.start;
            a.span.source.cmp(&b.span.source).then(start(a).cmp(&start(b)))
        });
        reads.dedup();
        Ok(Explanation { value: find(values, &wanted), reads })
    }

    fn collect(
        &self,
        chart: &Chart,
        place: &Place,
        wanted: &[&str],
        reads: &mut Vec<Read>,
    ) -> Result<(), Error> {
        for file in &chart.templates {
            let path = format!("{}/{}", place.path, file.name);
            let parsed = Parsed::new(&path, &file.data, self.functions())
                .map_err(|error| Error::parse(&path, error, self.functions().names()))?;
            for (names, span) in parsed.field_chains() {
                let Some((first, rest)) = names.split_first() else { continue };
                if *first != "Values" {
                    continue;
                }
                let full = place.full(rest);
                if is_related(&full, wanted) {
                    reads.push(Read { path: full.join("."), span });
                }
            }
        }
        for inner in chart.dependencies() {
            let mut above = place.above.clone();
            above.push(inner.name().to_owned());
            let path = format!("{}/charts/{}", place.path, inner.name());
            self.collect(inner, &Place { path, above }, wanted, reads)?;
        }
        Ok(())
    }
}

/// Where a chart is, and the names of the charts on the way to it.
struct Place {
    path: String,
    above: Vec<String>,
}

impl Place {
    /// The path of a chart's value as the whole chart sees it. Global values are the same for all.
    fn full(&self, names: &[&str]) -> Vec<String> {
        let own = names.iter().map(|name| (*name).to_owned());
        if names.first() == Some(&"global") {
            return own.collect();
        }
        self.above.iter().cloned().chain(own).collect()
    }
}

/// Whether one path leads to the other.
fn is_related(read: &[String], wanted: &[&str]) -> bool {
    read.iter().zip(wanted).all(|(read, wanted)| read == wanted)
}

fn find(values: &Values, path: &[&str]) -> Option<Node> {
    let (first, rest) = path.split_first()?;
    let mut node = values.table().get(first)?;
    for name in rest {
        node = node.table()?.get(name)?;
    }
    Some(node.clone())
}
