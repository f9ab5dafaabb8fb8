use std::sync::Arc;

use rhumb_report::{Diagnose, Span};

use super::{IndexedChart, RepoIndex};
use crate::metadata::{Reader, Rules, Target};
use crate::time::{Time, TimeError};
use crate::values::{Data, Node, read_json};
use crate::{FileError, TypeError, ValidationError, document, log_line};

/// Why an index cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Nothing is in it.
    #[error("empty index.yaml file")]
    Empty,
    /// It is no YAML, or has values of other types.
    #[error(transparent)]
    File(#[from] FileError),
    /// A time that is none.
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Time(TimeError),
    /// It is JSON, and has values of other types.
    #[error(transparent)]
    Json(TypeError),
    /// It is JSON, and a time is none.
    #[error(transparent)]
    JsonTime(TimeError),
    /// No `apiVersion`.
    #[error("no API version specified")]
    NoApiVersion,
}

impl Diagnose for IndexError {
    fn span(&self) -> Option<&Span> {
        if let Self::File(error) = self { error.span() } else { None }
    }
}

impl RepoIndex {
    /// Reads an index. What is wrong with single charts in it is only warned of, and they are left out;
    /// `source` is where it is from, as the warnings tell it.
    ///
    /// # Errors
    ///
    /// If it is neither JSON nor YAML, or is no index.
    pub fn read(text: &[u8], source: &str, warnings: &mut Vec<String>) -> Result<Self, IndexError> {
        if text.is_empty() {
            return Err(IndexError::Empty);
        }
        let mut reading = Reading::default();
        let name = Arc::from(source);
        if let Some(node) = read_json(text, &name) {
            let rules = Rules { refuses_other_scalars: true, ..Rules::default() };
            let read = Reader::with(rules, &node, &mut reading);
            reading.time_error.map_or(Ok(()), |error| Err(IndexError::JsonTime(error)))?;
            read.map_err(IndexError::Json)?;
        } else {
            let node = document::parse_strict(text, &name).map_err(FileError::from)?;
            let rules = Rules { refuses_unknown_keys: true, ..Rules::default() };
            let read = Reader::with(rules, &node, &mut reading);
            reading.time_error.map_or(Ok(()), |error| Err(IndexError::Time(error)))?;
            read.map_err(FileError::from)?;
        }
        let mut index = reading.index;
        for (name, charts) in reading.entries {
            let valid = valid_charts(&name, charts, source, warnings);
            index.entries.insert(name, valid);
        }
        index.sort();
        if index.api_version.is_empty() { Err(IndexError::NoApiVersion) } else { Ok(index) }
    }
}

/// Leaves out what is no chart, the last first, and says so.
fn valid_charts(
    name: &str,
    charts: Vec<Option<IndexedChart>>,
    source: &str,
    warnings: &mut Vec<String>,
) -> Vec<IndexedChart> {
    let mut valid = Vec::with_capacity(charts.len());
    let skipping = "skipping loading invalid entry for chart";
    for chart in charts.into_iter().rev() {
        let Some(mut chart) = chart else {
            let what = format!("{skipping}: empty entry");
            warnings.push(log_line("WARN", &what, &[("name", name), ("source", source)]));
            continue;
        };
        if chart.metadata.api_version.is_empty() {
            "v1".clone_into(&mut chart.metadata.api_version);
        }
        match chart.metadata.validate() {
            // Some servers leave aliases out.
            Ok(()) | Err(ValidationError::DuplicateDependency { .. }) => valid.push(chart),
            Err(error) => {
                let (version, error) = (&chart.metadata.version, error.to_string());
                let pairs =
                    [("name", name), ("version", version), ("source", source), ("error", &error)];
                warnings.push(log_line("WARN", skipping, &pairs));
            }
        }
    }
    valid.reverse();
    valid
}

/// The time that a text tells; none for `null`.
pub(in crate::repo) fn time(node: &Node) -> Result<Option<Time>, TimeError> {
    match &node.data {
        Data::Null => Ok(None),
        Data::Text(_) => Time::parse(node.as_str().unwrap_or_default()).map(Some),
        _ => Err(TimeError::NotText),
    }
}

/// An index whose charts have not been checked.
#[derive(Default)]
struct Reading {
    index: RepoIndex,
    entries: Vec<(String, Vec<Option<IndexedChart>>)>,
    /// The first time that is none; it ends the reading in Go.
    time_error: Option<TimeError>,
}

impl Reading {
    fn entry(&mut self, reader: &mut Reader, node: &Node) -> Vec<Option<IndexedChart>> {
        let items = reader.items(node, "repo.ChartVersions").unwrap_or_default();
        let mut charts = Vec::with_capacity(items.len());
        for item in items {
            let mut chart = ReadingChart::default();
            reader.object(item, &mut chart);
            self.time_error = self.time_error.take().or(chart.time_error);
            charts.push((!item.is_null()).then_some(chart.chart));
        }
        charts
    }
}

impl Target for Reading {
    const NAME: &'static str = "IndexFile";
    const FULL_NAME: &'static str = "repo.IndexFile";
    const KEYS: &'static [&'static str] =
        &["serverInfo", "apiVersion", "generated", "entries", "publicKeys", "annotations"];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "serverInfo" if node.table().is_some() => {
                self.index.server_info = Some(node.clone());
            }
            "serverInfo" if node.is_null() => self.index.server_info = None,
            "serverInfo" => reader.mismatch(node, "map[string]interface {}"),
            "apiVersion" => reader.text(node, &mut self.index.api_version),
            "generated" => match time(node) {
                Ok(time) => self.index.generated = time.unwrap_or(self.index.generated),
                Err(error) => {
                    self.time_error.get_or_insert(error);
                }
            },
            "publicKeys" => reader.texts(node, &mut self.index.public_keys),
            "annotations" => reader.text_map(node, &mut self.index.annotations),
            _ => match node.table() {
                Some(table) => {
                    for (name, charts) in table.iter() {
                        let charts = self.entry(reader, charts);
                        self.entries.push((name.to_owned(), charts));
                    }
                }
                None if node.is_null() => {}
                None => reader.mismatch(node, "map[string]repo.ChartVersions"),
            },
        }
    }
}

#[derive(Default)]
struct ReadingChart {
    chart: IndexedChart,
    time_error: Option<TimeError>,
}

impl Target for ReadingChart {
    const NAME: &'static str = "ChartVersion";
    const FULL_NAME: &'static str = "repo.ChartVersion";
    /// Its own, then those of the metadata, which is embedded.
    const KEYS: &'static [&'static str] = &{
        const OWN: [&str; 8] =
            ["urls", "created", "removed", "digest", "checksum", "engine", "tillerVersion", "url"];
        const EMBEDDED: &[&str] = <crate::Metadata as Target>::KEYS;
        let mut keys = [""; OWN.len() + EMBEDDED.len()];
        let mut at = 0;
        while at < keys.len() {
            keys[at] = if at < OWN.len() { OWN[at] } else { EMBEDDED[at - OWN.len()] };
            at += 1;
        }
        keys
    };

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        let chart = &mut self.chart;
        match key {
            "urls" => reader.texts(node, &mut chart.urls),
            "created" => match time(node) {
                Ok(time) => chart.created = time.unwrap_or(chart.created),
                Err(error) => {
                    self.time_error.get_or_insert(error);
                }
            },
            "removed" => reader.flag(node, &mut chart.removed),
            "digest" => reader.text(node, &mut chart.digest),
            "checksum" => reader.text(node, &mut chart.obsolete[0]),
            "engine" => reader.text(node, &mut chart.obsolete[1]),
            "tillerVersion" => reader.text(node, &mut chart.obsolete[2]),
            "url" => reader.text(node, &mut chart.obsolete[3]),
            key => reader.embedded("Metadata", |reader| {
                Target::read(&mut chart.metadata, reader, key, node);
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_keys_of_the_metadata_are_known() {
        for key in <crate::Metadata as Target>::KEYS {
            assert!(ReadingChart::KEYS.contains(key), "{key}");
        }
    }
}
