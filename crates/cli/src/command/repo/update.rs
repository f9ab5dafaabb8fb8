use rhumb_action::UpdateRepos;
use tokio::sync::mpsc::UnboundedSender;

use crate::argument::Span;
use crate::context::Context;
use crate::error::Error;
use crate::telling::telling;

/// Download the indexes of chart repositories
///
/// Without names those of all repositories are downloaded. Charts are found by the indexes as they were last downloaded.
#[derive(Debug, clap::Args)]
#[command(alias = "up")]
pub(crate) struct UpdateArgs {
    /// Names of repositories
    #[arg(value_name = "[REPO1 [REPO2 ...]]", num_args = 0..)]
    names: Vec<String>,

    /// How long each index may take
    #[arg(long, default_value = "2m0s")]
    timeout: Span,
}

pub(crate) fn run(args: UpdateArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let UpdateArgs { names, timeout } = args;
    let client = super::client(context)?;
    let request = UpdateRepos { names, timeout: timeout.0 };
    let work = async |sender: UnboundedSender<String>| {
        // Nobody listens any more only if standard output is closed, which is told then.
        client.update_repos(&request, &|text| drop(sender.send(text.to_owned()))).await
    };
    let print = |text: String, context: &mut Context<'_>| context.print_bytes(text.as_bytes());
    Ok(telling(context, work, print)??)
}
