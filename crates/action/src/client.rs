use std::collections::BTreeMap;
use std::sync::Arc;

use rhumb_report::{Reporter, Silent};
use rhumb_source::{ChartRepoFiles, Said};

use crate::{
    AddRepo, ChartRepos, ChartSource, ChartVersion, Create, Created, DependencyList, Error,
    ExplainValue, ExplainedValue, FetchDependencies, FetchedChart, Found, IndexCharts, Lint,
    Linted, ListDependencies, LoggedIn, LoggedOut, Login, Logout, Package, Packaged, Pull, Pulled,
    Push, Pushed, Rendered, RepoAdded, Repositories, Search, SearchRepos, Show, Shown, Template,
    UpdateRepos, Verified, VerifyArchive, VersionList, Versions, blocking, create, dependency,
    explain, lint, login, logout, package, pull, push, repo, search, show, template, verify,
    versions,
};

/// Does what Helm's users do, for programs: cheap to clone, safe to share.
///
/// Nothing is read and no connection made before an operation needs it.
#[derive(Clone)]
pub struct Client {
    pub(crate) registry: rhumb_registry::Client,
    pub(crate) chart_repos: ChartRepoFiles,
    pub(crate) reporter: Arc<dyn Reporter>,
}

/// Sets up a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    registry: rhumb_registry::Client,
    chart_repos: ChartRepoFiles,
    reporter: Arc<dyn Reporter>,
}

impl Client {
    /// Starts to set up a client that reaches registries through `registry`.
    pub fn builder(registry: rhumb_registry::Client) -> ClientBuilder {
        ClientBuilder {
            registry,
            chart_repos: ChartRepoFiles::default(),
            reporter: Arc::new(Silent),
        }
    }

    /// Tries a credential and keeps it if it works.
    ///
    /// # Errors
    ///
    /// If the registry does not accept it or it cannot be kept.
    pub async fn login(&self, request: &Login) -> Result<LoggedIn, Error> {
        login::run(self, request).await
    }

    /// Forgets a credential.
    ///
    /// # Errors
    ///
    /// If the file that keeps it cannot be written, or a helper fails.
    pub async fn logout(&self, request: &Logout) -> Result<LoggedOut, Error> {
        logout::run(self, request).await
    }

    /// Makes a new chart.
    ///
    /// # Errors
    ///
    /// If its name is none, or it cannot be written.
    pub async fn create(&self, request: &Create) -> Result<Created, Error> {
        let (client, request) = (self.clone(), request.clone());
        blocking::run(move || create::run(&client, &request)).await
    }

    /// Packs a chart's folder into an archive.
    ///
    /// # Errors
    ///
    /// If it is no chart, lacks charts that it depends on, or cannot be written.
    pub async fn package(&self, request: &Package) -> Result<Packaged, Error> {
        let (client, request) = (self.clone(), request.clone());
        blocking::run(move || package::run(&client, &request)).await
    }

    /// Uploads a chart: an archive, or a folder that is packed on the way.
    ///
    /// # Errors
    ///
    /// If it is no chart, or the registry does not take it.
    pub async fn push(&self, request: &Push) -> Result<Pushed, Error> {
        push::run(self, request).await
    }

    /// Renders a chart without a cluster.
    ///
    /// # Errors
    ///
    /// If it is not found, cannot be loaded, or does not render, in Helm's words.
    pub async fn template(&self, request: &Template) -> Result<Rendered, Error> {
        template::run(self, request).await
    }

    /// Tells where a value of a chart comes from, and which templates read it.
    ///
    /// # Errors
    ///
    /// If the chart is not found or cannot be loaded, or a template cannot be parsed.
    pub async fn explain_value(&self, request: &ExplainValue) -> Result<ExplainedValue, Error> {
        explain::run(self, request).await
    }

    /// Fetches a chart that is not on this machine or whose provenance is to be checked, for
    /// [`Template::fetched`](crate::Template::fetched).
    ///
    /// # Errors
    ///
    /// If it is not found, or not what someone signed whose key is trusted.
    pub async fn fetch_chart(&self, source: &ChartSource) -> Result<FetchedChart, Error> {
        template::fetch(self, source).await
    }

    /// Renders a chart that is on this machine, or was fetched, on this thread. The network is used only for
    /// documents that schemas refer to.
    ///
    /// # Errors
    ///
    /// As [`Client::template`].
    pub fn template_local(&self, request: &Template) -> Result<Rendered, Error> {
        template::run_local(self, request)
    }

    /// As [`Client::template_local`], for requests that differ in nothing but their values: the chart
    /// is loaded, and its templates are parsed, once for all of them. The first that fails is the last result.
    ///
    /// # Errors
    ///
    /// If the chart is not found or cannot be loaded.
    pub fn template_each_local(
        &self,
        requests: &[Template],
    ) -> Result<Vec<Result<Rendered, Error>>, Error> {
        template::run_each(self, requests)
    }

    /// Makes the name of a release from a template, which sees the variables of an environment.
    ///
    /// # Errors
    ///
    /// If it cannot be parsed or fails.
    pub fn release_name(
        template: &str,
        time: i64,
        variables: BTreeMap<String, String>,
    ) -> Result<String, Error> {
        template::release_name(template, time, variables)
    }

    /// Downloads a file of values from a web server.
    ///
    /// # Errors
    ///
    /// If it is not there or larger than [`MAX_VALUES`](crate::MAX_VALUES).
    pub async fn values_file(&self, url: &str) -> Result<Vec<u8>, Error> {
        Ok(self.registry.resource(url, crate::MAX_VALUES).await?)
    }

    /// Examines charts of this machine on this thread. The network is used only for documents that
    /// schemas refer to.
    ///
    /// # Errors
    ///
    /// If the request is wrong. What is wrong with a chart is in the answer.
    pub fn lint_local(&self, request: &Lint) -> Result<Linted, Error> {
        lint::run(self, request)
    }

    /// Puts the charts that a chart needs into it. `say` hears what is done.
    ///
    /// # Errors
    ///
    /// If one of them is not found or cannot be fetched; the chart stays as it was then.
    pub async fn fetch_dependencies(
        &self,
        request: &FetchDependencies,
        say: &(dyn Fn(Said<'_>) + Sync),
    ) -> Result<(), Error> {
        dependency::fetch(self, request, say).await
    }

    /// Lists the charts that a chart needs, and whether it has them.
    ///
    /// # Errors
    ///
    /// If the chart cannot be loaded.
    pub fn list_dependencies(&self, request: &ListDependencies) -> Result<DependencyList, Error> {
        dependency::list(self, request)
    }

    /// Shows what a chart says.
    ///
    /// # Errors
    ///
    /// If it is not found or cannot be loaded.
    pub async fn show(&self, request: &Show) -> Result<Shown, Error> {
        show::run(self, request).await
    }

    /// Downloads a chart.
    ///
    /// # Errors
    ///
    /// If it is not found, is not what its digest says, or cannot be written.
    pub async fn pull(&self, request: &Pull) -> Result<Pulled, Error> {
        pull::run(self, request).await
    }

    /// Checks the provenance file of an archive of this machine.
    ///
    /// # Errors
    ///
    /// If the archive is not what someone signed whose key is trusted, in Helm's words.
    pub fn verify(request: &VerifyArchive) -> Result<Verified, Error> {
        verify::run(request)
    }

    /// Lists charts of a registry, by metadata alone.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn search(&self, request: &Search) -> Result<Found, Error> {
        search::run(self, request).await
    }

    /// Finds charts in the indexes of the user's chart repositories, as they were last downloaded.
    ///
    /// # Errors
    ///
    /// If there are no repositories, or the request is wrong.
    pub fn search_repos(&self, request: &SearchRepos) -> Result<Found, Error> {
        search::run_repos(self, request)
    }

    /// Checks whether a chart repository can be added at all, before anyone is asked for a password.
    ///
    /// # Errors
    ///
    /// If it is one of those that are gone.
    pub fn check_repo(request: &AddRepo) -> Result<(), Error> {
        repo::check(request)
    }

    /// Adds a chart repository to the user's, whose index is downloaded.
    ///
    /// # Errors
    ///
    /// If there is another of its name, it cannot be reached, or the list cannot be written.
    pub async fn add_repo(&self, request: &AddRepo) -> Result<RepoAdded, Error> {
        repo::add(self, request).await
    }

    /// Downloads the indexes of chart repositories. `say` hears what is done, in Helm's words, line ends included.
    ///
    /// # Errors
    ///
    /// If there are none, or one cannot be reached; the others are updated then.
    pub async fn update_repos(
        &self,
        request: &UpdateRepos,
        say: &(dyn Fn(&str) + Sync),
    ) -> Result<(), Error> {
        repo::update(self, request, say).await
    }

    /// The user's chart repositories; none if the list is not there or cannot be read.
    pub fn repos(&self) -> ChartRepos {
        repo::list(self)
    }

    /// The names of the charts in a chart repository of the user's; none if anything is wrong.
    pub fn repo_charts(&self, repo: &str) -> Vec<String> {
        repo::charts(self, repo)
    }

    /// The versions of a chart in a chart repository of the user's, newest first; none if anything is wrong.
    pub fn repo_versions(&self, repo: &str, chart: &str) -> Vec<ChartVersion> {
        repo::versions(self, repo, chart)
    }

    /// Removes chart repositories of the user's, one after the other; `removed` hears of each.
    ///
    /// # Errors
    ///
    /// If one is not there, or a file cannot be changed.
    pub async fn remove_repos(
        &self,
        names: &[String],
        removed: &(dyn Fn(&str) + Sync),
    ) -> Result<(), Error> {
        repo::remove(self, names, removed).await
    }

    /// Writes the index of a folder of archives.
    ///
    /// # Errors
    ///
    /// If an archive's metadata is wrong, or a file cannot be read or written.
    pub fn index_charts(&self, request: &IndexCharts) -> Result<(), Error> {
        repo::index(self, request)
    }

    /// Lists the tags of a repository.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn versions(&self, request: &Versions) -> Result<VersionList, Error> {
        versions::run(self, request).await
    }

    /// Lists the repositories of a registry.
    ///
    /// # Errors
    ///
    /// If the registry does not list them.
    pub async fn repositories(&self, request: &Repositories) -> Result<Vec<String>, Error> {
        versions::repositories(self, request).await
    }
}

impl ClientBuilder {
    /// Who hears of warnings and progress. Default: nobody.
    pub fn reporter(mut self, reporter: Arc<dyn Reporter>) -> Self {
        self.reporter = reporter;
        self
    }

    /// Where the user's chart repositories are kept. Default: nowhere, so there are none.
    pub fn chart_repos(mut self, files: ChartRepoFiles) -> Self {
        self.chart_repos = files;
        self
    }

    /// Makes the client.
    pub fn build(self) -> Client {
        let Self { registry, chart_repos, reporter } = self;
        Client { registry, chart_repos, reporter }
    }
}
