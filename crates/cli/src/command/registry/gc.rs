use rhumb_registry_server::{Collect, Collected};
use serde::Serialize;

use super::storage;
use crate::argument::{Format, Span, Switch};
use crate::context::{Context, block_on};
use crate::error::Error;

/// Remove what nothing refers to from a registry's storage
///
/// Removed are blobs that no manifest names, uploads that were given up and, with --untagged,
/// manifests that no tag leads to. What is younger than --age stays, for it may belong to a push
/// under way. Stop the server first if the storage is a folder.
#[derive(Debug, clap::Args)]
pub(crate) struct GcArgs {
    /// Leave alone what was written within this time
    #[arg(long, default_value = "24h")]
    age: Span,

    /// Remove nothing and say what would be removed
    #[arg(long)]
    dry_run: Switch,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,

    /// Where the content is: a folder, or the URL of an object store (default a folder under the
    /// data home)
    #[arg(long)]
    storage: Option<String>,

    /// Remove manifests that no tag leads to, too
    #[arg(long)]
    untagged: Switch,
}

#[derive(Serialize)]
struct Report {
    dry_run: bool,
    manifests: u64,
    blobs: u64,
    uploads: u64,
    contents: u64,
    bytes: u64,
}

pub(crate) fn run(args: GcArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let GcArgs { age, dry_run, output, storage, untagged } = args;
    let mut collect = Collect::new(storage::storage(storage.as_deref(), context));
    collect.age = age.0;
    collect.untagged = untagged.on();
    collect.dry_run = dry_run.on();
    let collected = block_on(collect.run())??;
    let Collected { manifests, blobs, uploads, contents, bytes, .. } = collected;
    if output == Format::Json {
        let dry_run = dry_run.on();
        return context.print_json(&Report { dry_run, manifests, blobs, uploads, contents, bytes });
    }
    let verb = if dry_run.on() { "Would remove" } else { "Removed" };
    context.print(format_args!(
        "{verb}: {manifests} manifests, {blobs} blobs, {uploads} uploads; {contents} contents of {bytes} bytes"
    ))
}
