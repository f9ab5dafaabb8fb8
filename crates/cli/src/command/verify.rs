use std::path::PathBuf;

use rhumb_action::{Client, Verified, VerifyArchive};

use crate::argument::Format;
use crate::context::Context;
use crate::error::Error;

/// Check who signed an archive
///
/// The provenance file beside an archive, PATH.prov, has the digest of the archive and a signature. The archive is
/// good if it has this digest, and a key that is trusted made the signature. `pull`, `template`, `show` and
/// `dependency` check the same with --verify.
///
/// Trusted are the keys of --keyring: a file as `gpg --export` writes it, also with --armor, or GnuPG's pubring.kbx.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// Archive of a chart
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    path: PathBuf,

    /// File with the public keys to verify with
    #[arg(long, value_hint = clap::ValueHint::FilePath)]
    keyring: Option<String>,

    /// Print the result as text or json
    #[arg(short, long, default_value = "text")]
    output: Format,
}

pub(crate) fn run(args: VerifyArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let VerifyArgs { path, keyring, output } = args;
    let request = VerifyArchive { path, verify: context.verify(keyring.as_deref()) };
    let verified = Client::verify(&request)?;
    match output {
        Format::Json => context.print_json(&verified),
        Format::Text => print(&verified, context),
    }
}

/// Prints who signed an archive, as Helm does.
pub(super) fn print(verified: &Verified, context: &mut Context<'_>) -> Result<(), Error> {
    let Verified { signed_by, fingerprint, digest } = verified;
    for name in signed_by {
        context.print(format_args!("Signed by: {name}"))?;
    }
    context.print(format_args!("Using Key With Fingerprint: {fingerprint}"))?;
    context.print(format_args!("Chart Hash Verified: {digest}"))
}
