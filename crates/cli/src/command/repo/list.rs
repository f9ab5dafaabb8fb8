use serde::Serialize;

use crate::argument::{OutputFormat, Switch};
use crate::context::Context;
use crate::error::Error;
use crate::table::Table;

/// List chart repositories
#[derive(Debug, clap::Args)]
#[command(alias = "ls")]
pub(crate) struct ListArgs {
    /// Leave the heading of the table out
    #[arg(long)]
    no_headers: Switch,

    /// Print the result as table, json or yaml
    #[arg(short, long, default_value = "table")]
    output: OutputFormat,
}

#[derive(Serialize)]
struct Row {
    name: String,
    url: String,
}

pub(crate) fn run(args: &ListArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let repos = super::client(context)?.repos().repositories;
    let rows = repos.into_iter().map(|repo| Row { name: repo.name, url: repo.url });
    let rows: Vec<Row> = rows.collect();
    match args.output {
        OutputFormat::Json => context.print_json(&rows),
        OutputFormat::Yaml => context.print_yaml(&rows),
        OutputFormat::Table if rows.is_empty() => {
            context.tell("no repositories to show");
            Ok(())
        }
        OutputFormat::Table => {
            let mut table = Table::plain();
            if !args.no_headers.on() {
                table.push(vec!["NAME".to_owned(), "URL".to_owned()]);
            }
            for row in rows {
                table.push(vec![row.name, row.url]);
            }
            context.print_bytes(table.print().as_bytes())
        }
    }
}
