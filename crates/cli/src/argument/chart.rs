use rhumb_action::ChartSource;

use super::{ConnectionArgs, CredentialArgs, Switch};
use crate::error::Error;

/// Which chart is meant, beside its name, and how to get at it.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ChartArgs {
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,

    #[command(flatten)]
    pub(crate) credential: CredentialArgs,

    /// Use pre-releases, too; the same as --version '>0.0.0-0', unless --version is given
    #[arg(long)]
    devel: Switch,

    /// File with the public keys to verify with
    #[arg(long)]
    keyring: Option<String>,

    /// Send the user name and password to every server that the chart leads to
    #[arg(long)]
    pass_credentials: Switch,

    /// Address of a chart repository to find the chart in
    #[arg(long)]
    repo: Option<String>,

    /// Use the chart only if its provenance file is there and right
    #[arg(long)]
    verify: Switch,

    /// Version, range such as ^1.2, or tag; without it the newest
    #[arg(long, default_value = "", hide_default_value = true)]
    version: String,
}

impl ChartArgs {
    /// The chart with this name.
    pub(crate) fn source(&self, chart: String) -> Result<ChartSource, Error> {
        let Self {
            connection: _,
            credential: _,
            devel,
            keyring: _,
            pass_credentials: _,
            repo,
            verify,
            version,
        } = self;
        if repo.as_ref().is_some_and(|repo| !repo.is_empty()) {
            return Err(Error::NotYet { what: "--repo" });
        }
        if verify.on() && std::path::Path::new(&chart).is_dir() {
            return Err(Error::Message("unpacked charts cannot be verified"));
        }
        if verify.on() {
            return Err(Error::NotYet { what: "--verify" });
        }
        Ok(ChartSource { chart, version: version.clone(), devel: devel.on() })
    }
}
