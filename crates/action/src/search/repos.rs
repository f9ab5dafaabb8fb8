use std::cmp::Reverse;
use std::collections::BTreeMap;

use rhumb_chart::log_line;
use rhumb_chart::repo::IndexedChart;
use rhumb_goregexp::Regex;
use rhumb_semver::{Constraint, Version};
use rhumb_source::join_path;
use serde::{Deserialize, Serialize};

use super::{Found, FoundChart, STABLE, WITH_PRERELEASES};
use crate::{Client, Error, RepoError};

/// What divides the texts that are searched.
const DIVIDER: char = '\u{b}';

/// Charts to find in the indexes of the user's chart repositories.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchRepos {
    /// A text in the name, the description or the keywords; empty for all charts.
    pub keyword: Option<String>,
    /// Whether it is a regular expression.
    pub regexp: bool,
    /// All versions, not only the newest.
    pub versions: bool,
    /// A range that the versions must be in; empty for all but pre-releases.
    pub version: String,
    /// Whether pre-releases count, unless a range is given.
    pub devel: bool,
}

/// One version of a chart, and how far behind the searched texts the keyword was found.
struct Hit {
    name: String,
    score: usize,
    version: Option<Version>,
    chart: FoundChart,
}

pub(crate) fn run(client: &Client, request: &SearchRepos) -> Result<Found, Error> {
    let SearchRepos { keyword, regexp, versions, version, devel } = request;
    let repos = crate::repo::list(client).repositories;
    if repos.is_empty() {
        return Err(RepoError::None.into());
    }
    let mut charts = BTreeMap::new();
    for repo in &repos {
        let name = &repo.name;
        match client.chart_repos.index(name, &*client.reporter) {
            Ok(index) => {
                for (chart, versions) in index.entries {
                    let place = join_path(name, &chart);
                    let keyed = versions.into_iter().map(|chart| {
                        let key = (place.clone(), chart.metadata.version.clone());
                        (key, (name.as_str(), chart))
                    });
                    charts.extend(keyed);
                }
            }
            Err(error) => {
                let pairs = [("repo", name.as_str()), ("error", &error.to_string())];
                client.reporter.warn(log_line("WARN", "repo is corrupt or missing", &pairs));
            }
        }
    }
    let matcher = Matcher::new(keyword.as_deref(), *regexp)?;
    let hits = charts.into_iter().filter_map(|((place, _), (repo, chart))| {
        let score = matcher.score(&searched(repo, &chart))?;
        Some(hit(place, score, chart))
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by(|a, b| {
        let key = |hit: &Hit| (hit.score, hit.name.clone(), Reverse(hit.version.clone()));
        key(a).cmp(&key(b))
    });
    let range = match (version.as_str(), devel) {
        ("", true) => WITH_PRERELEASES,
        ("", false) => STABLE,
        (range, _) => range,
    };
    let range = Constraint::parse(range).map_err(|source| Error::Range { source })?;
    let mut found: Vec<FoundChart> = Vec::new();
    for Hit { name, version, chart, .. } in hits {
        let is_known = || found.iter().any(|chart| chart.name == name);
        let fits = version.is_some_and(|version| range.check(&version));
        if fits && (*versions || !is_known()) {
            found.push(chart);
        }
    }
    Ok(Found { charts: found })
}

fn hit(name: String, score: usize, chart: IndexedChart) -> Hit {
    let metadata = chart.metadata;
    let version = Version::parse(&metadata.version).ok();
    let chart = FoundChart {
        name: name.clone(),
        version: metadata.version,
        app_version: metadata.app_version,
        description: metadata.description,
        ..FoundChart::default()
    };
    Hit { name, score, version, chart }
}

/// The texts of a chart that are searched.
fn searched(repo: &str, chart: &IndexedChart) -> String {
    let metadata = &chart.metadata;
    let (name, about) = (&metadata.name, &metadata.description);
    let keywords = metadata.keywords.join(" ");
    format!("{name}{DIVIDER}{repo}/{name}{DIVIDER}{about}{DIVIDER}{keywords}")
}

enum Matcher {
    All,
    Text(String),
    Pattern(Regex),
}

impl Matcher {
    fn new(keyword: Option<&str>, is_regexp: bool) -> Result<Self, Error> {
        Ok(match keyword {
            None => Self::All,
            Some(keyword) if is_regexp => Self::Pattern(
                Regex::compile(keyword.as_bytes())
                    .map_err(|error| Error::Pattern { message: error.to_string() })?,
            ),
            Some(keyword) => Self::Text(keyword.to_lowercase()),
        })
    }

    /// In which of the texts the keyword is, if it is anywhere.
    fn score(&self, text: &str) -> Option<usize> {
        let lower;
        let (text, at) = match self {
            Self::All => return Some(0),
            Self::Text(keyword) => {
                lower = text.to_lowercase();
                (lower.as_str(), lower.find(keyword.as_str())?)
            }
            Self::Pattern(pattern) => {
                let found = pattern.find(text.as_bytes())?;
                // What is found is a part of the text.
                (text, found.as_ptr().addr() - text.as_ptr().addr())
            }
        };
        Some(text.bytes().take(at).filter(|byte| *byte == DIVIDER as u8).count())
    }
}
