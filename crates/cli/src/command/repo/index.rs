use std::path::PathBuf;

use rhumb_action::{IndexCharts, IndexFormat};

use crate::argument::Switch;
use crate::context::Context;
use crate::error::Error;

/// Write the index of a folder of archives
///
/// `index.yaml` in the folder makes a chart repository of it, for any web server. Charts in the folders within are told
/// of, too.
#[derive(Debug, clap::Args)]
pub(crate) struct IndexArgs {
    /// Folder with archives of charts
    #[arg(value_name = "[DIR]", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,

    /// Write JSON
    #[arg(long)]
    json: Switch,

    /// Take over what this index has besides; it is made if it is not there
    #[arg(long, default_value = "", hide_default_value = true)]
    merge: String,

    /// Address that the folder will have
    #[arg(long, default_value = "", hide_default_value = true)]
    url: String,
}

pub(crate) fn run(args: IndexArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let IndexArgs { folder, json, merge, url } = args;
    // As in Go an empty path is that of the current folder.
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let folder = std::path::absolute(&folder).map_err(|source| Error::CurrentFolder { source })?;
    let request = IndexCharts {
        folder,
        url,
        merge: (!merge.is_empty()).then(|| merge.into()),
        format: if json.on() { IndexFormat::Json } else { IndexFormat::Yaml },
        time: crate::ports::seconds(),
    };
    Ok(super::client(context)?.index_charts(&request)?)
}
