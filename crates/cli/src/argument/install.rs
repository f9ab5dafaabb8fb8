use super::{Labels, Span, Switch, Wait};
use crate::error::Error;

/// What is said of flags that only say something about notes.
pub(crate) const NO_EFFECT: &str =
    "this flag has no effect for 'helm template' and will be removed in Helm 5";

/// Flags of an installation that rendering takes and that change nothing about it.
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {
    /// Undo a failed installation; means nothing here
    #[arg(long, hide = true, long_help = "use --rollback-on-failure instead")]
    atomic: Option<Switch>,

    /// Make the namespace if it is not there; means nothing here
    #[arg(long)]
    create_namespace: Switch,

    /// Text to keep with the release; means nothing here
    #[arg(long)]
    description: Option<String>,

    /// Do not compare with the cluster's schemas; means nothing here
    #[arg(long)]
    disable_openapi_validation: Switch,

    /// Replace objects that cannot be changed; means nothing here
    #[arg(long, hide = true, long_help = "use --force-replace instead")]
    force: Option<Switch>,

    /// Take fields over from other programs; means nothing here
    #[arg(long)]
    force_conflicts: Switch,

    /// Replace objects that cannot be changed; means nothing here
    #[arg(long)]
    force_replace: Switch,

    /// Keep the notes to itself; means nothing here
    #[arg(long, hide = true, long_help = NO_EFFECT)]
    hide_notes: Option<Switch>,

    /// Labels of the release, as name=value with commas between; means nothing here
    #[arg(short = 'l', long)]
    labels: Vec<Labels>,

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
    wait: Option<Wait>,

    /// Wait for jobs, too; means nothing here
    #[arg(long)]
    wait_for_jobs: Switch,
}

impl InstallArgs {
    /// The names of the labels.
    pub(crate) fn label_names(&self) -> Vec<String> {
        self.labels.iter().flat_map(|Labels(names)| names.clone()).collect()
    }

    /// Refuses flags that contradict each other.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let Self { force, force_conflicts, force_replace, .. } = self;
        if !force_conflicts.on() {
            return Ok(());
        }
        Err(Error::Message(match (force, force_replace.on()) {
            (Some(_), _) => {
                "if any flags in the group [force force-conflicts] are set none of the others can be; [force force-conflicts] were all set"
            }
            (None, true) => {
                "if any flags in the group [force-replace force-conflicts] are set none of the others can be; [force-conflicts force-replace] were all set"
            }
            (None, false) => return Ok(()),
        }))
    }
}
