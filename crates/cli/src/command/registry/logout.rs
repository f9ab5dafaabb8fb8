use rhumb_action::Logout;

use crate::argument::{ConnectionArgs, CredentialArgs};
use crate::context::{Context, block_on};
use crate::error::Error;

/// Forget the login of a registry
///
/// HOST is what was given to `login`: a registry, or a registry and a path.
#[derive(Debug, clap::Args)]
pub(crate) struct LogoutArgs {
    /// Registry, or registry and path
    #[arg(value_name = "[host]", num_args = 1.., required = true, value_hint = clap::ValueHint::Hostname)]
    host: Vec<String>,
}

pub(crate) fn run(args: LogoutArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let LogoutArgs { host } = args;
    let host = host.into_iter().next().unwrap_or_default();
    let client = context.client(&ConnectionArgs::default(), &CredentialArgs::default())?;
    let done = block_on(client.logout(&Logout { host }))??;
    context.print(format_args!("Removing login credentials for {}", done.host))
}
