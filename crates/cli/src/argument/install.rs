use super::{Span, Switch};

/// Flags of an installation that rendering takes and that change nothing about it.
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {
    /// Make the namespace if it is not there; means nothing here
    #[arg(long)]
    create_namespace: Switch,

    /// Text to keep with the release; means nothing here
    #[arg(long)]
    description: Option<String>,

    /// Do not compare with the cluster's schemas; means nothing here
    #[arg(long)]
    disable_openapi_validation: Switch,

    /// Take fields over from other programs; means nothing here
    #[arg(long)]
    force_conflicts: Switch,

    /// Replace objects that cannot be changed; means nothing here
    #[arg(long)]
    force_replace: Switch,

    /// Labels of the release, as name=value with commas between; means nothing here
    #[arg(short = 'l', long)]
    labels: Vec<String>,

    /// Use the name of a release that was removed; means nothing here
    #[arg(long)]
    replace: Switch,

    /// Undo a failed installation; means nothing here
    #[arg(long)]
    rollback_on_failure: Switch,

    /// Let the cluster merge changes; means nothing here
    #[arg(long, default_value = "true")]
    server_side: Switch,

    /// Leave custom resource definitions out; means nothing here
    #[arg(long)]
    skip_crds: Switch,

    /// Take objects over that other releases made; means nothing here
    #[arg(long)]
    take_ownership: Switch,

    /// How long to wait for the cluster; means nothing here
    #[arg(long, default_value = "5m0s")]
    timeout: Span,

    /// Wait until everything is ready; means nothing here
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "watcher")]
    wait: Option<String>,

    /// Wait for jobs, too; means nothing here
    #[arg(long)]
    wait_for_jobs: Switch,
}
