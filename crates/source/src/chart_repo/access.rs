use std::path::PathBuf;

use rhumb_chart::repo::{ChartRepo, RepoIndex};
use rhumb_registry::{Client, ClientCertificate, Credential, Resource, Transport};
use rhumb_report::Reporter;
use rhumb_value::url::Url;

use super::{ChartRepoError, MAX_INDEX, address, tell};
use crate::Error;

/// How to reach what a chart repository has, and who asks.
#[derive(Clone)]
pub(crate) struct Access {
    client: Client,
    credential: Option<Credential>,
    /// The address that the credential is for.
    home: String,
    /// Whether other servers get it, too.
    pass_all: bool,
    /// What the repository wants used for TLS.
    files: TlsFiles,
}

#[derive(Clone, Default)]
struct TlsFiles {
    authorities: Option<PathBuf>,
    certificate: Option<ClientCertificate>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("home", &address::shown(&self.home)).finish_non_exhaustive()
    }
}

impl Access {
    /// As the client reaches servers anyway, with the credential that was given to it.
    pub(crate) fn given(client: &Client, home: &str, pass_all: bool) -> Self {
        let credential = client.given_credential().cloned().filter(is_whole);
        Self {
            client: client.clone(),
            credential,
            home: home.to_owned(),
            pass_all,
            files: TlsFiles::default(),
        }
    }

    /// As a repository of the user's is reached. Where it says nothing, what was given counts.
    pub(crate) fn of_repo(client: &Client, repo: &ChartRepo, pass_all: bool) -> Self {
        Self::given(client, &repo.url, pass_all).with(repo)
    }

    /// As the index of a repository is downloaded: by nothing but what is known of the repository.
    pub(crate) fn of_index(client: &Client, repo: &ChartRepo) -> Self {
        let is_insecure = repo.insecure_skip_tls_verify;
        let transport = if is_insecure { Transport::HttpsUnverified } else { Transport::Https };
        let plain = Self {
            client: client.reaching(transport, None),
            credential: None,
            home: repo.url.clone(),
            pass_all: false,
            files: TlsFiles::default(),
        };
        plain.with(repo)
    }

    /// The same with what a repository says.
    fn with(mut self, repo: &ChartRepo) -> Self {
        let files = TlsFiles { authorities: named(&repo.ca_file), certificate: certificate(repo) };
        let TlsFiles { authorities, certificate } = files.clone();
        if authorities.is_some() || certificate.is_some() {
            let transport = match self.client.transport() {
                Transport::HttpsUnverified => Transport::HttpsUnverified,
                _ => authorities.map_or(Transport::Https, Transport::HttpsWithCa),
            };
            self.client = self.client.reaching(transport, certificate);
        }
        self.files = files;
        let credential = Credential::basic(&*repo.username, &*repo.password);
        if is_whole(&credential) {
            self.credential = Some(credential);
            self.pass_all = repo.pass_credentials_all;
        }
        self
    }

    /// The same without a credential.
    pub(crate) fn anonymous(self) -> Self {
        Self { credential: None, ..self }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Downloads a file.
    pub(crate) async fn fetch(
        &self,
        url: &str,
        accept: &'static str,
        limit: u64,
    ) -> Result<Vec<u8>, rhumb_registry::Error> {
        // As in Helm, wrong files are told even where they are not needed.
        let TlsFiles { authorities, certificate } = &self.files;
        rhumb_registry::check_tls_files(authorities.as_deref(), certificate.as_ref())?;
        let credential = self.credential.as_ref().filter(|_| self.may_know(url));
        let resource = Resource { url, accept, credential };
        self.client.resource_as(&resource, limit).await
    }

    /// Downloads the index of the repository that this leads to, and gives its text, too.
    pub(crate) async fn index(
        &self,
        reporter: &dyn Reporter,
    ) -> Result<(RepoIndex, Vec<u8>), Error> {
        let url = address::join(&self.home, "index.yaml")?;
        let text = self.fetch(&url, "", MAX_INDEX).await?;
        let mut warnings = Vec::new();
        let index = RepoIndex::read(&text, &address::shown(&self.home), &mut warnings);
        tell(warnings, reporter);
        Ok((index.map_err(|error| ChartRepoError::Index(Box::new(error)))?, text))
    }

    /// Whether the server at `url` may know who asks: it is the one that the credential is for.
    fn may_know(&self, url: &str) -> bool {
        let parse = |text: &str| Url::parse(text.as_bytes());
        let is_home = || match (parse(&self.home), parse(url)) {
            (Ok(home), Ok(url)) => home.scheme == url.scheme && home.host == url.host,
            _ => false,
        };
        self.pass_all || is_home()
    }
}

/// Helm sends only a name with a password.
fn is_whole(credential: &Credential) -> bool {
    !credential.username.is_empty() && !credential.password.is_empty()
}

fn named(path: &str) -> Option<PathBuf> {
    (!path.is_empty()).then(|| path.into())
}

fn certificate(repo: &ChartRepo) -> Option<ClientCertificate> {
    let (certificate, key) = (named(&repo.cert_file)?, named(&repo.key_file)?);
    Some(ClientCertificate { certificate, key })
}
