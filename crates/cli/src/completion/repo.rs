//! Candidates that the files of chart repositories know: their names, charts and versions.

use rhumb_action::{ChartRepo, ChartVersion, Client};

use super::{Candidates, Directive};
use crate::argument::{ConnectionArgs, CredentialArgs};
use crate::command_line::CommandLine;
use crate::context::Context;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn client(context: &Context<'_>) -> Option<Client> {
    context.client(&ConnectionArgs::default(), &CredentialArgs::default()).ok()
}

fn repos(context: &Context<'_>) -> Vec<ChartRepo> {
    client(context).map(|client| client.repos().repositories).unwrap_or_default()
}

/// The repositories that are not named yet.
pub(super) fn names(line: &CommandLine<'_>, context: &Context<'_>) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES);
    for repo in repos(context) {
        if !line.arguments.contains(&repo.name) {
            candidates.push(repo.name, repo.url);
        }
    }
    candidates
}

/// Adds the names of repositories, with the slash that follows, or the charts of one.
pub(super) fn push_charts(typed: &str, candidates: &mut Candidates, context: &Context<'_>) {
    let plain = candidates.directive;
    for ChartRepo { name, url, .. } in repos(context) {
        if typed.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/')) {
            let charts = client(context).map(|client| client.repo_charts(&name));
            for chart in charts.unwrap_or_default() {
                candidates.push(format!("{name}/{chart}"), "");
            }
            candidates.directive = plain;
            return;
        }
        if name.starts_with(typed) {
            candidates.push(format!("{name}/"), url);
            candidates.directive = plain.and(Directive::NO_SPACE);
        }
    }
}

/// The versions of `REPOSITORY/CHART`, with what is known of them.
pub(super) fn versions(chart: &str, context: &Context<'_>) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES);
    let Some((repo, name)) = chart.split_once('/') else { return candidates };
    let versions = client(context).map(|client| client.repo_versions(repo, name));
    for ChartVersion { version, app_version, created, deprecated } in versions.unwrap_or_default() {
        let app =
            if app_version.is_empty() { app_version } else { format!("App: {app_version}, ") };
        let end = if deprecated { "(deprecated)" } else { "" };
        let meaning = format!("{app}Created: {} {end}", day(&created));
        candidates.push(version, meaning.trim_end());
    }
    candidates
}

/// The day of a time such as `2026-11-05T01:02:03Z`, as `November 5, 2026`.
fn day(time: &str) -> String {
    let mut parts = time.split(['-', 'T']);
    let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
    let (year, month, day) = (number(), number(), number());
    format!("{} {day}, {year}", MONTHS[month.clamp(1, MONTHS.len()) - 1])
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_told_as_by_helm() {
        assert_eq!(day("2026-11-05T01:02:03.5Z"), "November 5, 2026");
        assert_eq!(day("0001-01-01T00:00:00Z"), "January 1, 1");
    }
}
