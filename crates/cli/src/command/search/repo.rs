use rhumb_action::{Found, Search, SearchRepos};

use crate::argument::{ConnectionArgs, CredentialArgs, OutputFormat, Switch, Uint};
use crate::context::{Context, block_on};
use crate::error::Error;
use crate::table::Table;
use crate::usage::UsageError;

/// Find charts in the repositories that were added, or list those of a registry
///
/// A keyword finds charts by name, description and keywords, in the indexes of chart repositories as they were last
/// downloaded. Without one all charts are listed.
///
/// `oci://HOST/REPOSITORY` lists the newest version of that chart, and with --versions all of them. Only
/// metadata is downloaded, and only what was not seen before.
///
/// `oci://HOST` and `oci://HOST/PREFIX` list the charts of a registry, or those below a prefix, where the
/// registry tells which repositories it has.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RepoArgs {
    /// Keyword, or places to look at, such as `oci://ghcr.io/acme/charts/web`
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

    /// Take the keyword as a regular expression; not for places of registries
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
    let client = context.client(&connection, &credential)?;
    let (versions, devel) = (versions.on(), devel.on());
    let is_place = |place: &String| place.starts_with("oci://");
    let found = if places.is_empty() || !places.iter().all(is_place) {
        let keyword = (!places.is_empty()).then(|| places.join(" "));
        let regexp = regexp.on();
        client.search_repos(&SearchRepos { keyword, regexp, versions, version, devel })?
    } else if regexp.on() {
        return Err(UsageError::Excludes { flag: "regexp", other: "oci://" }.into());
    } else {
        let mut found = Found::default();
        block_on(async {
            for place in places {
                let version = version.clone();
                let request = Search { place, versions, version, devel };
                found.charts.extend(client.search(&request).await?.charts);
            }
            Ok::<_, rhumb_action::Error>(())
        })??;
        found
    };
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
