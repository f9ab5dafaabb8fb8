use rhumb_action::ChartSource;

use super::{ConnectionArgs, CredentialArgs, Switch};
use crate::context::Context;
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
    #[arg(long, value_hint = clap::ValueHint::FilePath)]
    keyring: Option<String>,

    /// Send the user name and password to every server that the chart leads to
    #[arg(long)]
    pass_credentials: Switch,

    /// Address of the chart repository that has the chart
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
    /// The chart with this name. As in Helm, files that TLS needs are looked at even if the chart is a folder.
    pub(crate) fn source(
        &self,
        chart: String,
        context: &Context<'_>,
    ) -> Result<ChartSource, Error> {
        let Self { connection, devel, keyring, pass_credentials, repo, verify, version, .. } = self;
        connection.check()?;
        Ok(ChartSource {
            chart,
            version: version.clone(),
            devel: devel.on(),
            repo: repo.clone().unwrap_or_default(),
            pass_credentials: pass_credentials.on(),
            verify: verify.on().then(|| context.verify(keyring.as_deref())),
        })
    }
}
