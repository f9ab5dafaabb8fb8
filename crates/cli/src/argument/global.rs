use super::{Float, Int, Switch};

/// The flags that every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct GlobalArgs {
    /// Requests that may go to the API server at once
    #[arg(long)]
    pub(crate) burst_limit: Option<Int>,

    /// When to colour output (never, auto, always)
    #[arg(long)]
    pub(crate) color: Option<String>,

    /// Another spelling of --color
    #[arg(long)]
    pub(crate) colour: Option<String>,

    /// Folder for downloaded charts, named by digest
    #[arg(long)]
    pub(crate) content_cache: Option<String>,

    /// Say on standard error what is done, without secrets
    #[arg(long)]
    pub(crate) debug: Option<Switch>,

    /// Address and port of the Kubernetes API server
    #[arg(long)]
    pub(crate) kube_apiserver: Option<String>,

    /// Group to act for; may be repeated
    #[arg(long)]
    pub(crate) kube_as_group: Vec<String>,

    /// User to act for
    #[arg(long)]
    pub(crate) kube_as_user: Option<String>,

    /// Certificate authority of the API server, a PEM file
    #[arg(long)]
    pub(crate) kube_ca_file: Option<String>,

    /// Context of the kubeconfig file to use
    #[arg(long)]
    pub(crate) kube_context: Option<String>,

    /// Accept any certificate of the API server, which gives up on knowing whom one talks to
    #[arg(long)]
    pub(crate) kube_insecure_skip_tls_verify: Option<Switch>,

    /// Name to expect in the API server's certificate, if not the host that is called
    #[arg(long)]
    pub(crate) kube_tls_server_name: Option<String>,

    /// Bearer token for the API server
    #[arg(long)]
    pub(crate) kube_token: Option<String>,

    /// Kubernetes configuration file
    #[arg(long)]
    pub(crate) kubeconfig: Option<String>,

    /// Namespace to work in
    #[arg(short, long)]
    pub(crate) namespace: Option<String>,

    /// Use nothing but what is in the cache
    #[arg(long)]
    pub(crate) offline: Option<Switch>,

    /// Requests per second to the API server, on average
    #[arg(long)]
    pub(crate) qps: Option<Float>,

    /// File that keeps registry logins
    #[arg(long)]
    pub(crate) registry_config: Option<String>,

    /// Folder for the indexes of chart repositories
    #[arg(long)]
    pub(crate) repository_cache: Option<String>,

    /// File that lists chart repositories
    #[arg(long)]
    pub(crate) repository_config: Option<String>,
}
