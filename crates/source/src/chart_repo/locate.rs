use rhumb_chart::repo::RepoIndex;
use rhumb_oci::Reference;
use rhumb_registry::Client;
use rhumb_report::Reporter;
use rhumb_value::quote::quote;
use rhumb_value::url::Url;

use super::{Access, ChartRepoError, ChartRepoFiles, Download, address, tell};
use crate::Error;

/// A chart in a chart repository, or at an address of the web, as someone asks for it.
#[derive(Clone, Debug, Default)]
pub struct ChartWanted {
    /// `REPOSITORY/CHART`, an address, or with `repo` only a name.
    pub chart: String,
    /// A version or a range; empty for the newest.
    pub version: String,
    /// The address of the repository; empty for those that the user has named.
    pub repo: String,
    /// Whether the credential that the client was given is sent to every server.
    pub pass_credentials: bool,
}

/// Where a chart is that was found by way of a chart repository.
#[derive(Clone, Debug)]
pub enum Located {
    /// In a registry, to which the index of the repository leads.
    Registry(Reference),
    /// On a web server.
    Download(Download),
}

/// Finds a chart. Of what is there nothing but an index is downloaded, and that only with `repo`.
///
/// # Errors
///
/// If there is none, or the repository is not known or not to be reached.
pub async fn locate(
    client: &Client,
    files: &ChartRepoFiles,
    wanted: &ChartWanted,
    reporter: &dyn Reporter,
) -> Result<Located, Error> {
    let ChartWanted { chart, version, repo, pass_credentials } = wanted;
    let chart = chart.trim();
    if repo.is_empty() {
        return located(client, files, wanted, reporter, None);
    }
    let version = version.trim();
    let access = Access::given(client, repo, *pass_credentials);
    let url = find_in(&access, repo, (chart, version), reporter).await?;
    let wanted = ChartWanted { chart: url, ..wanted.clone() };
    located(client, files, &wanted, reporter, Some(repo))
}

/// Finds the address of a chart in the repository at `repo`.
pub(crate) async fn find_in(
    access: &Access,
    repo: &str,
    (chart, version): (&str, &str),
    reporter: &dyn Reporter,
) -> Result<String, Error> {
    address::check_repo(repo)?;
    let url = address::shown(repo);
    let index = access.index(reporter).await;
    let (index, _) = index.map_err(|error| {
        let (url, error) = (url.clone(), Box::new(error));
        ChartRepoError::NoRepo { url, error }
    })?;
    let mut name = format!("chart {}", quote(chart.as_bytes()));
    if !version.is_empty() {
        name = format!("{name} version {}", quote(version.as_bytes()));
    }
    let found = get(&index, chart, version, reporter);
    let Ok(found) = found else { return Err(ChartRepoError::NotIn { chart: name, url }.into()) };
    let Some(text) = found.urls.first() else {
        return Err(ChartRepoError::NoUrls { chart: name }.into());
    };
    let joined = address::join(repo, text);
    Ok(joined.map_err(|error| ChartRepoError::MakeAbsolute(Box::new(error)))?)
}

fn get<'i>(
    index: &'i RepoIndex,
    chart: &str,
    version: &str,
    reporter: &dyn Reporter,
) -> Result<&'i rhumb_chart::repo::IndexedChart, rhumb_chart::repo::NotIndexed> {
    let mut warnings = Vec::new();
    let found = index.get(chart, version, &mut warnings);
    tell(warnings, reporter);
    found
}

/// Where an address leads, or the name of a chart in a repository of the user's. `found_in` is the repository
/// in which the address was found.
fn located(
    client: &Client,
    files: &ChartRepoFiles,
    wanted: &ChartWanted,
    reporter: &dyn Reporter,
    found_in: Option<&str>,
) -> Result<Located, Error> {
    let ChartWanted { chart, version, pass_credentials, .. } = wanted;
    let (chart, version) = (chart.trim(), version.trim());
    let url = address::parse(chart)?;
    if url.scheme == b"oci" && !url.host.is_empty() {
        return Ok(Located::Registry(chart.parse()?));
    }
    if url.is_absolute() && !url.host.is_empty() && !url.path.is_empty() {
        let given = Access::given(client, chart, *pass_credentials);
        let access = match owner(files, chart, reporter)? {
            Some(repo) => Access::of_repo(client, &repo, *pass_credentials),
            // The credential is the repository's, not that of a server that its index leads to.
            None if found_in.is_some_and(|repo| !(*pass_credentials || same(repo, &url))) => {
                given.anonymous()
            }
            None => given,
        };
        return download(access, &url, chart, "");
    }
    let path = address::lossy(&url.path);
    let Some((repo, name)) = path.split_once('/') else {
        return Err(ChartRepoError::Form { text: address::lossy(&url.print()) }.into());
    };
    let repo = files.repo(repo)?;
    let index = files.index(&repo.name, reporter).map_err(ChartRepoError::NotCached)?;
    let found = get(&index, name, version, reporter).map_err(|why| {
        let (chart, version, repo) = (name.to_owned(), version.to_owned(), repo.name.clone());
        ChartRepoError::NotIndexed { chart, version, repo, why }
    })?;
    let Some(text) = found.urls.first() else {
        let chart = format!("chart {}", quote(chart.as_bytes()));
        return Err(ChartRepoError::NoUrls { chart }.into());
    };
    let wrong = || ChartRepoError::Address { text: chart.to_owned() };
    let address = address::join(&repo.url, text).map_err(|_| wrong())?;
    let url = Url::parse(address.as_bytes()).map_err(|_| wrong())?;
    let access = Access::of_repo(client, &repo, *pass_credentials);
    download(access, &url, &address, &found.digest)
}

fn download(access: Access, url: &Url, text: &str, digest: &str) -> Result<Located, Error> {
    if url.scheme == b"oci" {
        return Ok(Located::Registry(text.parse()?));
    }
    if !matches!(&*url.scheme, b"http" | b"https") {
        let scheme = address::lossy(&url.scheme);
        return Err(ChartRepoError::Scheme { scheme }.into());
    }
    Ok(Located::Download(Download::new(access, text, digest)?))
}

fn same(repo: &str, url: &Url) -> bool {
    Url::parse(repo.as_bytes()).is_ok_and(|repo| address::same_server(&repo, url))
}

/// The repository of the user's in whose index an address is, if there is one.
fn owner(
    files: &ChartRepoFiles,
    url: &str,
    reporter: &dyn Reporter,
) -> Result<Option<rhumb_chart::repo::ChartRepo>, ChartRepoError> {
    for repo in files.repos()?.repositories {
        address::check_repo(&repo.url)?;
        let index = files.index(&repo.name, reporter).map_err(ChartRepoError::NotCached)?;
        let mut urls = index.entries.values().flatten().flat_map(|chart| &chart.urls);
        if urls.any(|known| address::equal(url, known)) {
            return Ok(Some(repo));
        }
    }
    Ok(None)
}
