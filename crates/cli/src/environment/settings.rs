use std::collections::BTreeMap;

use super::Environment;
use super::folder::{Folders, home, join};
use crate::argument::{GlobalArgs, Switch};

/// Requests that may go to the API server at once, unless said otherwise.
const BURST_LIMIT: i64 = 100;
/// Revisions that are kept of a release, unless said otherwise.
const MAX_HISTORY: i64 = 10;

/// What the environment and the global flags say, with defaults filled in.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) folders: Folders,
    pub(crate) home: String,
    /// The folder of GnuPG.
    pub(crate) gnupg_home: String,
    pub(crate) debug: bool,
    /// Whether to explain errors although nobody may be there to read.
    pub(crate) explain: bool,
    pub(crate) offline: bool,
    pub(crate) color: String,
    pub(crate) registry_config: String,
    pub(crate) repository_config: String,
    pub(crate) repository_cache: String,
    pub(crate) content_cache: String,
    pub(crate) plugins: String,
    pub(crate) max_history: i64,
    pub(crate) cluster: Cluster,
}

/// How to reach Kubernetes.
#[derive(Clone)]
pub(crate) struct Cluster {
    pub(crate) namespace: String,
    pub(crate) kubeconfig: String,
    pub(crate) context: String,
    pub(crate) token: String,
    pub(crate) as_user: String,
    pub(crate) as_groups: Vec<String>,
    pub(crate) api_server: String,
    pub(crate) ca_file: String,
    pub(crate) tls_server_name: String,
    pub(crate) skip_tls_verify: bool,
    pub(crate) burst_limit: i64,
    pub(crate) qps: f32,
}

impl std::fmt::Debug for Cluster {
    // The token is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cluster({}, {})", self.context, self.namespace)
    }
}

impl Settings {
    /// Reads the environment; flags come later, by [`Settings::apply`].
    pub(crate) fn from_environment(environment: &Environment) -> Self {
        let folders = Folders::from_environment(environment);
        let path = |name: &str, folder: &str, file: &str| {
            environment.get(name).unwrap_or_else(|| join(folder, file))
        };
        let home = home(environment);
        Self {
            gnupg_home: environment.get("GNUPGHOME").unwrap_or_else(|| join(&home, ".gnupg")),
            explain: false,
            debug: switch(environment, "HELM_DEBUG"),
            offline: switch(environment, "RHUMB_OFFLINE"),
            color: color(environment),
            registry_config: path("HELM_REGISTRY_CONFIG", &folders.config, "registry/config.json"),
            repository_config: path("HELM_REPOSITORY_CONFIG", &folders.config, "repositories.yaml"),
            repository_cache: path("HELM_REPOSITORY_CACHE", &folders.cache, "repository"),
            content_cache: path("HELM_CONTENT_CACHE", &folders.cache, "content"),
            plugins: path("HELM_PLUGINS", &folders.data, "plugins"),
            max_history: number(environment, "HELM_MAX_HISTORY", MAX_HISTORY),
            cluster: Cluster::from_environment(environment),
            home,
            folders,
        }
    }

    /// Lets flags override what the environment said.
    pub(crate) fn apply(&mut self, flags: GlobalArgs) {
        set(&mut self.registry_config, flags.registry_config);
        set(&mut self.repository_config, flags.repository_config);
        set(&mut self.repository_cache, flags.repository_cache);
        set(&mut self.content_cache, flags.content_cache);
        set(&mut self.debug, flags.debug.map(Switch::on));
        set(&mut self.offline, flags.offline.map(Switch::on));
        set(&mut self.color, flags.colour.or(flags.color));
        let cluster = &mut self.cluster;
        set(&mut cluster.namespace, flags.namespace);
        set(&mut cluster.kubeconfig, flags.kubeconfig);
        set(&mut cluster.context, flags.kube_context);
        set(&mut cluster.token, flags.kube_token);
        set(&mut cluster.as_user, flags.kube_as_user);
        set(&mut cluster.api_server, flags.kube_apiserver);
        set(&mut cluster.ca_file, flags.kube_ca_file);
        set(&mut cluster.tls_server_name, flags.kube_tls_server_name);
        set(&mut cluster.burst_limit, flags.burst_limit.map(|limit| limit.0));
        set(&mut cluster.qps, flags.qps.map(|qps| qps.0));
        set(&mut cluster.skip_tls_verify, flags.kube_insecure_skip_tls_verify.map(Switch::on));
        if !flags.kube_as_group.is_empty() {
            cluster.as_groups = flags.kube_as_group;
        }
    }

    /// The file of GnuPG's public keys: as old versions keep them, or else as new ones do, if there is one.
    pub(crate) fn keyring(&self) -> String {
        let [old, new] = ["pubring.gpg", "pubring.kbx"].map(|name| join(&self.gnupg_home, name));
        let is_missing = |path: &String| {
            let about = std::fs::metadata(path);
            about.is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
        };
        if is_missing(&old) && !is_missing(&new) { new } else { old }
    }

    /// The defaults of flags that depend on the environment, by flag name.
    pub(crate) fn defaults(&self) -> BTreeMap<&'static str, String> {
        let cluster = &self.cluster;
        let groups = cluster.as_groups.join(",");
        let qps = if cluster.qps == 0.0 { String::new() } else { cluster.qps.to_string() };
        BTreeMap::from([
            ("burst-limit", cluster.burst_limit.to_string()),
            ("color", self.color.clone()),
            ("colour", self.color.clone()),
            ("content-cache", self.content_cache.clone()),
            ("keyring", self.keyring()),
            ("kube-apiserver", cluster.api_server.clone()),
            ("kube-as-group", if groups.is_empty() { groups } else { format!("[{groups}]") }),
            ("kube-as-user", cluster.as_user.clone()),
            ("kube-ca-file", cluster.ca_file.clone()),
            ("kube-context", cluster.context.clone()),
            ("kube-tls-server-name", cluster.tls_server_name.clone()),
            ("namespace", cluster.namespace.clone()),
            ("qps", qps),
            ("registry-config", self.registry_config.clone()),
            ("repository-cache", self.repository_cache.clone()),
            ("repository-config", self.repository_config.clone()),
        ])
    }

    /// What `env` prints, sorted by name.
    pub(crate) fn variables(&self, program: &str) -> BTreeMap<&'static str, String> {
        let mut variables = self.cluster.variables();
        variables.extend([
            ("HELM_BIN", program.to_owned()),
            ("HELM_CACHE_HOME", self.folders.cache.clone()),
            ("HELM_CONFIG_HOME", self.folders.config.clone()),
            ("HELM_CONTENT_CACHE", self.content_cache.clone()),
            ("HELM_DATA_HOME", self.folders.data.clone()),
            ("HELM_DEBUG", self.debug.to_string()),
            ("HELM_MAX_HISTORY", self.max_history.to_string()),
            ("HELM_PLUGINS", self.plugins.clone()),
            ("HELM_REGISTRY_CONFIG", self.registry_config.clone()),
            ("HELM_REPOSITORY_CACHE", self.repository_cache.clone()),
            ("HELM_REPOSITORY_CONFIG", self.repository_config.clone()),
        ]);
        variables
    }
}

impl Cluster {
    fn from_environment(environment: &Environment) -> Self {
        let text = |name: &str| environment.get(name).unwrap_or_default();
        let groups = text("HELM_KUBEASGROUPS");
        let as_groups = match groups.trim_matches([',', ' ']) {
            "" => Vec::new(),
            groups => groups.split(',').map(str::to_owned).collect(),
        };
        let qps = environment.get("HELM_QPS").and_then(|text| text.parse().ok()).unwrap_or(0.0);
        Self {
            namespace: text("HELM_NAMESPACE"),
            kubeconfig: text("KUBECONFIG"),
            context: text("HELM_KUBECONTEXT"),
            token: text("HELM_KUBETOKEN"),
            as_user: text("HELM_KUBEASUSER"),
            as_groups,
            api_server: text("HELM_KUBEAPISERVER"),
            ca_file: text("HELM_KUBECAFILE"),
            tls_server_name: text("HELM_KUBETLS_SERVER_NAME"),
            skip_tls_verify: switch(environment, "HELM_KUBEINSECURE_SKIP_TLS_VERIFY"),
            burst_limit: number(environment, "HELM_BURST_LIMIT", BURST_LIMIT),
            qps,
        }
    }

    fn variables(&self) -> BTreeMap<&'static str, String> {
        let namespace = if self.namespace.is_empty() { "default" } else { &self.namespace };
        let mut variables = BTreeMap::from([
            ("HELM_BURST_LIMIT", self.burst_limit.to_string()),
            ("HELM_KUBEAPISERVER", self.api_server.clone()),
            ("HELM_KUBEASGROUPS", self.as_groups.join(",")),
            ("HELM_KUBEASUSER", self.as_user.clone()),
            ("HELM_KUBECAFILE", self.ca_file.clone()),
            ("HELM_KUBECONTEXT", self.context.clone()),
            ("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", self.skip_tls_verify.to_string()),
            ("HELM_KUBETLS_SERVER_NAME", self.tls_server_name.clone()),
            ("HELM_KUBETOKEN", self.token.clone()),
            ("HELM_NAMESPACE", namespace.to_owned()),
            ("HELM_QPS", format!("{:.2}", self.qps)),
        ]);
        if !self.kubeconfig.is_empty() {
            variables.insert("KUBECONFIG", self.kubeconfig.clone());
        }
        variables
    }
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// A switch that is off unless the variable is a word for yes.
fn switch(environment: &Environment, name: &str) -> bool {
    let value = environment.get(name).and_then(|text| text.parse().ok());
    value.is_some_and(Switch::on)
}

fn number(environment: &Environment, name: &str, default: i64) -> i64 {
    environment.get(name).and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn color(environment: &Environment) -> String {
    if environment.get_non_empty("NO_COLOR").is_some() {
        return "never".to_owned();
    }
    let mode = environment.get("HELM_COLOR").unwrap_or_default().to_lowercase();
    if matches!(mode.as_str(), "never" | "always") { mode } else { "auto".to_owned() }
}
