use std::path::{Path, PathBuf};

use rhumb_action::Create;

use crate::argument::{ConnectionArgs, CredentialArgs};
use crate::context::{Context, block_on};
use crate::environment::join;
use crate::error::Error;

/// Make a new chart
///
/// NAME is a path, whose last part is the chart's name. What is there already is overwritten file by file; all
/// else stays. The chart lints clean and shows what charts usually have.
///
/// With --starter the chart begins as a copy of another one, in which `<CHARTNAME>` becomes the name.
#[derive(Debug, clap::Args)]
pub(crate) struct CreateArgs {
    /// Folder of the chart
    #[arg(value_name = "NAME", value_hint = clap::ValueHint::AnyPath)]
    name: PathBuf,

    /// Version of the chart format; only v2 is there
    #[arg(long, default_value = "v2", hide = true)]
    chart_api_version: String,

    /// Chart to start from: a path, or a name in the folder of starters
    #[arg(short = 'p', long, default_value = "", hide_default_value = true)]
    starter: String,
}

pub(crate) fn run(args: CreateArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let CreateArgs { name, chart_api_version, starter } = args;
    context.print(format_args!("Creating {}", name.display()))?;
    if !matches!(chart_api_version.as_str(), "v2" | "") {
        return Err(Error::ChartApiVersion { version: chart_api_version });
    }
    let starter = match starter.as_str() {
        "" => None,
        path if Path::new(path).is_absolute() => Some(PathBuf::from(path)),
        name => Some(join(&join(&context.settings.folders.data, "starters"), name).into()),
    };
    let client = context.client(&ConnectionArgs::default(), &CredentialArgs::default())?;
    block_on(client.create(&Create { path: name, starter }))??;
    Ok(())
}
