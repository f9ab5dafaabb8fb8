//! What the program takes from its environment: the one place that reads variables.

mod folder;
mod network;
mod settings;

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::error::Error;
pub(crate) use folder::join;
pub(crate) use network::{credential_files, proxies};
pub(crate) use settings::Settings;

/// One variable that changes what commands do.
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
}

const fn variable(name: &'static str, help: &'static str) -> Variable {
    Variable { name, help }
}

/// Every variable of our own that is read, as help and reference list them.
pub(crate) const VARIABLES: &[Variable] = &[
    variable("HELM_CACHE_HOME", "Folder for files that can be fetched again"),
    variable("HELM_CONFIG_HOME", "Folder for configuration"),
    variable("HELM_DATA_HOME", "Folder for data: plugins, starters, the embedded registry"),
    variable("HELM_DEBUG", "Say more about what is done (true or false)"),
    variable("HELM_NAMESPACE", "Namespace to work in"),
    variable("HELM_MAX_HISTORY", "Revisions to keep of a release"),
    variable("HELM_PLUGINS", "Folder of plugins"),
    variable("HELM_REGISTRY_CONFIG", "File that keeps registry logins"),
    variable("HELM_REPOSITORY_CACHE", "Folder for the indexes of chart repositories"),
    variable("HELM_REPOSITORY_CONFIG", "File that lists chart repositories"),
    variable("HELM_CONTENT_CACHE", "Folder for downloaded charts, named by digest"),
    variable("HELM_KUBEAPISERVER", "Address of the Kubernetes API server"),
    variable("HELM_KUBEASGROUPS", "Groups to act for, separated by commas"),
    variable("HELM_KUBEASUSER", "User to act for"),
    variable("HELM_KUBECAFILE", "Certificate authority of the API server"),
    variable("HELM_KUBECONTEXT", "Context of the kubeconfig file"),
    variable("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "Accept any certificate of the API server"),
    variable("HELM_KUBETLS_SERVER_NAME", "Name to expect in the API server's certificate"),
    variable("HELM_KUBETOKEN", "Bearer token for the API server"),
    variable("HELM_BURST_LIMIT", "Requests that may go to the API server at once"),
    variable("HELM_QPS", "Requests per second to the API server, 0 for the default"),
    variable("HELM_COLOR", "When to colour output: never, auto or always"),
    variable("NO_COLOR", "If not empty, never colour output; wins over $HELM_COLOR"),
    variable("KUBECONFIG", "Kubernetes configuration file"),
    variable("SOURCE_DATE_EPOCH", "Time, in seconds since 1970, to write into chart archives"),
    variable("DOCKER_CONFIG", "Folder of Docker's config.json, whose logins are used too"),
    variable("REGISTRY_AUTH_FILE", "Login file of other container tools, read after Docker's"),
    variable("GNUPGHOME", "Folder of GnuPG, whose public keys are trusted where none are given"),
    variable("HTTPS_PROXY", "Proxy for HTTPS, also in lower case; likewise $HTTP_PROXY"),
    variable("NO_PROXY", "Hosts to reach without a proxy"),
    variable("RHUMB_OFFLINE", "Use nothing but what is in the cache (true or false)"),
    variable("HELM_ACTIVE_HELP", "If 0, shell completion gives no advice"),
];

/// A snapshot of the process's surroundings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    variables: BTreeMap<OsString, OsString>,
    /// The program as it was called, `argv[0]`.
    pub(crate) program: String,
}

impl Environment {
    /// Takes the snapshot.
    pub(crate) fn from_process(program: String) -> Self {
        Self { variables: std::env::vars_os().collect(), program }
    }

    /// Makes up an environment.
    pub(crate) fn from_pairs(program: &str, pairs: &[(&str, &str)]) -> Self {
        let variables = pairs.iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { variables, program: program.to_owned() }
    }

    /// All variables, for programs that are started.
    pub(crate) fn all(&self) -> Vec<(OsString, OsString)> {
        self.variables.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// All variables, as texts.
    pub(crate) fn texts(&self) -> BTreeMap<String, String> {
        let text = |text: &OsString| text.to_string_lossy().into_owned();
        self.variables.iter().map(|(name, value)| (text(name), text(value))).collect()
    }

    /// The value of a variable, empty if it is set to nothing.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let value = self.variables.get(std::ffi::OsStr::new(name))?;
        Some(value.to_string_lossy().into_owned())
    }

    /// The value of a variable unless it is empty.
    pub(crate) fn get_non_empty(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// The variables whose names start with one of `prefixes`, sorted by name.
    pub(crate) fn with_prefixes(&self, prefixes: &[&str]) -> Vec<(String, String)> {
        let pairs = self.variables.iter().map(|(name, value)| {
            (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
        });
        pairs.filter(|(name, _)| prefixes.iter().any(|prefix| name.starts_with(prefix))).collect()
    }

    /// The time that archives are given, in seconds since 1970, if one is set.
    pub(crate) fn source_date_epoch(&self) -> Result<Option<i64>, Error> {
        let Some(text) = self.get_non_empty("SOURCE_DATE_EPOCH") else { return Ok(None) };
        let seconds =
            crate::argument::parse_decimal(&text).map_err(|why| Error::SourceDateEpoch { why })?;
        if seconds < 0 {
            return Err(Error::SourceDateEpoch { why: "must not be negative".to_owned() });
        }
        Ok(Some(seconds))
    }

    /// The name that usage lines show: `helm` when called so, else `rhumb`.
    pub(crate) fn program_name(&self) -> &'static str {
        let stem = std::path::Path::new(&self.program).file_stem();
        if stem.is_some_and(|stem| stem.eq_ignore_ascii_case("helm")) { "helm" } else { "rhumb" }
    }
}
