use rhumb_action::{DependencyList, ListDependencies};

use crate::argument::{ConnectionArgs, CredentialArgs, Uint};
use crate::context::Context;
use crate::error::Error;
use crate::table::Table;

/// List the charts that a chart needs, and whether it has them
#[derive(Debug, clap::Args)]
#[command(alias = "ls")]
pub(crate) struct ListArgs {
    /// Folder or archive of a chart; without it the folder that one is in
    #[arg(value_name = "CHART", value_hint = clap::ValueHint::AnyPath)]
    chart: Option<String>,

    /// Cut the cells of the table at this many columns; 0 for no limit
    #[arg(long, default_value = "80")]
    max_col_width: Uint,
}

pub(crate) fn run(args: ListArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let ListArgs { chart, max_col_width } = args;
    let client = context.client(&ConnectionArgs::default(), &CredentialArgs::default())?;
    let request = ListDependencies { chart: super::chart(chart.as_deref()).into() };
    let DependencyList { dependencies, warnings } = client.list_dependencies(&request)?;
    if let Some(rows) = dependencies {
        let width = usize::try_from(max_col_width.0).unwrap_or_default();
        let mut table = Table::new(&["NAME", "VERSION", "REPOSITORY", "STATUS"], width);
        for row in rows {
            table.push(vec![row.name, row.version, row.repository, row.status]);
        }
        context.print(table.print())?;
    }
    // As in Helm, these are a part of the list.
    warnings.iter().try_for_each(|warning| context.print(warning))
}
