use rhumb_action::{Found, Search};

use crate::argument::{ConnectionArgs, CredentialArgs, OutputFormat, Switch, Uint};
use crate::context::{Context, block_on};
use crate::error::Error;
use crate::table::Table;
use crate::usage::UsageError;

/// List charts of a registry, and their versions
///
/// `oci://HOST/REPOSITORY` lists the newest version of that chart, and with --versions all of them. Only
/// metadata is downloaded, and only what was not seen before.
///
/// `oci://HOST` and `oci://HOST/PREFIX` list the charts of a registry, or those below a prefix, where the
/// registry tells which repositories it has.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RepoArgs {
    /// Places to look at, such as `oci://ghcr.io/acme/charts/web`
    #[arg(value_name = "[keyword]", num_args = 0.., value_hint = clap::ValueHint::Url)]
    places: Vec<String>,

    #[command(flatten)]
    connection: ConnectionArgs,

    #[command(flatten)]
    credential: CredentialArgs,

    /// List pre-releases, too; the same as --version '>0.0.0-0'
    #[arg(long)]
    devel: Switch,

    /// Fail if nothing is found
    #[arg(long)]
    fail_on_no_result: Switch,

    /// Cut the cells of the table at this many columns; 0 for no limit
    #[arg(long, default_value = "50")]
    max_col_width: Uint,

    /// Print the result as table, json or yaml
    #[arg(short, long, default_value = "table")]
    output: OutputFormat,

    /// Take the keyword as a regular expression, which places of registries are not
    #[arg(short, long)]
    regexp: Switch,

    /// List only versions in this range
    #[arg(long, default_value = "", hide_default_value = true)]
    version: String,

    /// List all versions of each chart, not only the newest
    #[arg(short = 'l', long)]
    versions: Switch,
}

const EXAMPLES: &str = "  {program} search repo oci://ghcr.io/acme/charts/web --versions

  {program} search repo oci://ghcr.io/acme/charts/web --version '^1.2' -o json

  {program} search repo oci://localhost:5000 --plain-http";

pub(crate) fn run(args: RepoArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let RepoArgs {
        places,
        connection,
        credential,
        devel,
        fail_on_no_result,
        max_col_width,
        output,
        regexp,
        version,
        versions,
    } = args;
    if places.is_empty() || places.iter().any(|place| !place.starts_with("oci://")) {
        return Err(Error::NoRepositories);
    }
    if regexp.on() {
        return Err(UsageError::Excludes { flag: "regexp", other: "oci://" }.into());
    }
    let client = context.client(&connection, &credential)?;
    let mut found = Found::default();
    block_on(async {
        for place in places {
            let version = version.clone();
            let request = Search { place, versions: versions.on(), version, devel: devel.on() };
            found.charts.extend(client.search(&request).await?.charts);
        }
        Ok::<_, rhumb_action::Error>(())
    })??;
    if found.charts.is_empty() && fail_on_no_result.on() {
        return Err(Error::Message("no results found"));
    }
    match output {
        OutputFormat::Json => context.print_json(&found),
        OutputFormat::Yaml => context.print_yaml(&found),
        OutputFormat::Table if found.charts.is_empty() => context.print("No results found"),
        OutputFormat::Table => {
            let width = usize::try_from(max_col_width.0).unwrap_or_default();
            context.print_bytes(table(&found, width).print().as_bytes())
        }
    }
}

fn table(found: &Found, width: usize) -> Table {
    let mut table = Table::new(&["NAME", "CHART VERSION", "APP VERSION", "DESCRIPTION"], width);
    for chart in &found.charts {
        let fields = [&chart.name, &chart.version, &chart.app_version, &chart.description];
        table.push(fields.map(Clone::clone).to_vec());
    }
    table
}
