use tokio::sync::mpsc::UnboundedSender;

use crate::argument::quote;
use crate::context::Context;
use crate::error::Error;
use crate::telling::telling;

/// Remove chart repositories
///
/// They are forgotten, with their passwords, and the indexes that were downloaded are removed.
#[derive(Debug, clap::Args)]
#[command(alias = "rm")]
pub(crate) struct RemoveArgs {
    /// Names of repositories
    #[arg(value_name = "[REPO1 [REPO2 ...]]", num_args = 1.., required = true)]
    names: Vec<String>,
}

pub(crate) fn run(args: &RemoveArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let client = super::client(context)?;
    let work = async |sender: UnboundedSender<String>| {
        // Nobody listens any more only if standard output is closed, which is told then.
        client.remove_repos(&args.names, &|name| drop(sender.send(name.to_owned()))).await
    };
    let print = |name: String, context: &mut Context<'_>| {
        context.print(format_args!("{} has been removed from your repositories", quote(&name)))
    };
    Ok(telling(context, work, print)??)
}
