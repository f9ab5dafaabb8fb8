use rhumb_action::{Client, FetchDependencies, Said};
use tokio::sync::mpsc::UnboundedSender;

use crate::argument::{ConnectionArgs, CredentialArgs, Switch};
use crate::context::Context;
use crate::error::Error;
use crate::telling::telling;

/// Fetch the charts that a chart needs, in their newest versions
///
/// The newest versions that Chart.yaml takes are fetched into the folder charts, and noted in Chart.lock. Archives that
/// were there before and are not wanted any more are removed. If one chart cannot be fetched, everything stays as it was.
#[derive(Debug, clap::Args)]
#[command(alias = "up")]
pub(crate) struct UpdateArgs {
    #[command(flatten)]
    fetch: FetchArgs,
}

/// Fetch the charts that a chart needs, in the versions of its lock
///
/// The versions that Chart.lock names are fetched into the folder charts. Without a lock this does what `update` does.
#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    fetch: FetchArgs,
}

#[derive(Debug, clap::Args)]
struct FetchArgs {
    /// Folder of a chart; without it the folder that one is in
    #[arg(value_name = "CHART", value_hint = clap::ValueHint::DirPath)]
    chart: Option<String>,

    #[command(flatten)]
    connection: ConnectionArgs,

    #[command(flatten)]
    credential: CredentialArgs,

    /// File with the public keys to verify with
    #[arg(long, value_hint = clap::ValueHint::FilePath)]
    keyring: Option<String>,

    /// Use the indexes of chart repositories as they were last downloaded
    #[arg(long)]
    skip_refresh: Switch,

    /// Check who signed the charts that are downloaded; `build` takes those, too, that nobody signed
    #[arg(long)]
    verify: Switch,
}

pub(crate) fn update(args: UpdateArgs, context: &mut Context<'_>) -> Result<(), Error> {
    run(args.fetch, false, context)
}

pub(crate) fn build(args: BuildArgs, context: &mut Context<'_>) -> Result<(), Error> {
    run(args.fetch, true, context)
}

fn run(args: FetchArgs, locked: bool, context: &mut Context<'_>) -> Result<(), Error> {
    let FetchArgs { chart, connection, credential, keyring, skip_refresh, verify } = args;
    let archive_time = context.environment.source_date_epoch()?;
    connection.check()?;
    let client = context.client(&connection, &credential)?;
    let request = FetchDependencies {
        chart: super::chart(chart.as_deref()).into(),
        locked,
        skip_refresh: skip_refresh.on(),
        time: crate::ports::seconds(),
        archive_time,
        verbose: context.settings.debug,
        verify: verify.on().then(|| context.verify(keyring.as_deref())),
    };
    narrate(&client, &request, (Stream::Output, Stream::Output), context)
}

/// Where it is printed what is done: as a result, for people, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::command) enum Stream {
    Output,
    Error,
    None,
}

/// Fetches charts, and prints what is done while it is; `steps` and `pulled` say where.
pub(in crate::command) fn narrate(
    client: &Client,
    request: &FetchDependencies,
    (steps, pulled): (Stream, Stream),
    context: &mut Context<'_>,
) -> Result<(), Error> {
    let work = async |sender: UnboundedSender<(Stream, String)>| {
        let say = |said: Said<'_>| {
            let (stream, text) = match said {
                Said::Step(text) => (steps, text),
                Said::Pulled(text) => (pulled, text),
            };
            // Nobody listens any more only if standard output is closed, which is told then.
            drop(sender.send((stream, text.to_owned())));
        };
        client.fetch_dependencies(request, &say).await
    };
    let print = |(stream, text): (Stream, String), context: &mut Context<'_>| match stream {
        Stream::Output => context.print_bytes(text.as_bytes()),
        Stream::Error => {
            context.tell(text.trim_end());
            Ok(())
        }
        Stream::None => Ok(()),
    };
    Ok(telling(context, work, print)??)
}
