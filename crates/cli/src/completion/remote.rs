//! Candidates that registries know: tags and repositories.

use std::time::Duration;

use rhumb_action::{Repositories, Versions};

use super::{Candidates, Directive};
use crate::argument::{ConnectionArgs, CredentialArgs, Switch};
use crate::command_line::CommandLine;
use crate::context::{Context, block_on};

/// Nobody waits longer for a completion.
const PATIENCE: Duration = Duration::from_secs(3);

/// What could come after the beginning of a reference.
pub(super) fn chart(typed: &str, line: &CommandLine<'_>, context: &Context<'_>) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES.and(Directive::NO_SPACE));
    let rest = typed.trim_start_matches("oci://");
    let Some((host, path)) = rest.split_once('/') else { return candidates };
    if let Some((repository, tag)) = path.rsplit_once(':') {
        candidates.directive = Directive::NO_FILES;
        let place = format!("oci://{host}/{repository}");
        for found in tags(&place, line, context).into_iter().filter(|found| found.starts_with(tag))
        {
            candidates.push(format!("{place}:{found}"), "");
        }
        return candidates;
    }
    let request = Repositories { host: host.to_owned(), prefix: path.to_owned() };
    for name in ask(line, context, async |client| client.repositories(&request).await) {
        candidates.push(format!("oci://{host}/{name}"), "");
    }
    candidates
}

/// The versions of a chart, for `--version`.
pub(super) fn versions(
    chart: &str,
    typed: &str,
    line: &CommandLine<'_>,
    context: &Context<'_>,
) -> Candidates {
    let mut candidates = Candidates::none(Directive::NO_FILES);
    if chart.starts_with("oci://") {
        let found = tags(chart, line, context);
        for tag in found.into_iter().filter(|tag| tag.replace('_', "+").starts_with(typed)) {
            candidates.push(tag.replace('_', "+"), "");
        }
    }
    candidates
}

fn tags(place: &str, line: &CommandLine<'_>, context: &Context<'_>) -> Vec<String> {
    let request = Versions { place: place.to_owned() };
    ask(line, context, async |client| {
        let list = client.versions(&request).await?;
        Ok(list.versions.into_iter().chain(list.other_tags).collect())
    })
}

/// Asks a registry, and takes no answer for none.
fn ask(
    line: &CommandLine<'_>,
    context: &Context<'_>,
    question: impl AsyncFnOnce(rhumb_action::Client) -> Result<Vec<String>, rhumb_action::Error>,
) -> Vec<String> {
    let Ok(client) = context.client(&connection(line), &credential(line)) else {
        return Vec::new();
    };
    let answer = block_on(async { tokio::time::timeout(PATIENCE, question(client)).await });
    match answer {
        Ok(Ok(Ok(names))) => names,
        _ => Vec::new(),
    }
}

/// The flags that were typed before.
fn connection(line: &CommandLine<'_>) -> ConnectionArgs {
    let path = |name: &str| line.value(name).map(Into::into);
    let switch = |name: &str| -> Switch {
        line.value(name).and_then(|value| value.parse().ok()).unwrap_or_default()
    };
    ConnectionArgs {
        ca_file: path("ca-file"),
        cert_file: path("cert-file"),
        key_file: path("key-file"),
        insecure_skip_tls_verify: switch("insecure-skip-tls-verify"),
        plain_http: switch("plain-http"),
    }
}

fn credential(line: &CommandLine<'_>) -> CredentialArgs {
    let text = |name: &str| line.value(name).map(str::to_owned);
    CredentialArgs { username: text("username"), password: text("password") }
}
