use rhumb_action::{AddRepo, ChartRepo, Client, RepoAdded};

use crate::argument::{Span, Switch, quote};
use crate::command::password;
use crate::context::{Context, block_on};
use crate::error::Error;

/// Add a chart repository
///
/// Its index is downloaded and kept, and updated by `repo update`. The password is kept with it, in a file that only
/// its owner may read.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    /// Name and address of the repository
    #[arg(value_name = "[NAME] [URL]", num_args = 2, required = true, value_hint = clap::ValueHint::Other)]
    names: Vec<String>,

    /// Take repositories, too, that were given up for good
    #[arg(long)]
    allow_deprecated_repos: Switch,

    /// Trust the certificate authorities in this PEM file
    #[arg(long, default_value = "", hide_default_value = true)]
    ca_file: String,

    /// Show the server this certificate, a PEM file
    #[arg(long, default_value = "", hide_default_value = true)]
    cert_file: String,

    /// Take the place of another repository of this name
    #[arg(long)]
    force_update: Switch,

    /// Accept any certificate for the index, which gives up on knowing whom one talks to
    #[arg(long)]
    insecure_skip_tls_verify: Switch,

    /// Private key of the certificate, a PEM file
    #[arg(long, default_value = "", hide_default_value = true)]
    key_file: String,

    /// Send the user name and password to every server that the index leads to
    #[arg(long)]
    pass_credentials: Switch,

    /// Password; others on this machine may see it
    #[arg(long, default_value = "", hide_default_value = true)]
    password: String,

    /// Read the password from standard input
    #[arg(long)]
    password_stdin: Switch,

    /// How long the index may take
    #[arg(long, default_value = "2m0s")]
    timeout: Span,

    /// User name
    #[arg(long, default_value = "", hide_default_value = true)]
    username: String,
}

const EXAMPLES: &str = "  {program} repo add main https://charts.example.com

  {program} repo add main https://charts.example.com --username me --password-stdin < token";

impl std::fmt::Debug for AddArgs {
    // The password is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddArgs").field("names", &self.names).finish_non_exhaustive()
    }
}

pub(crate) fn run(args: AddArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let AddArgs { names, password_stdin, timeout, .. } = args;
    let [name, url] = <[String; 2]>::try_from(names).unwrap_or_default();
    let mut request = AddRepo {
        repo: ChartRepo {
            name,
            url,
            username: args.username,
            password: args.password,
            cert_file: args.cert_file,
            key_file: args.key_file,
            ca_file: args.ca_file,
            insecure_skip_tls_verify: args.insecure_skip_tls_verify.on(),
            pass_credentials_all: args.pass_credentials.on(),
        },
        force: args.force_update.on(),
        allow_deprecated: args.allow_deprecated_repos.on(),
        timeout: timeout.0,
    };
    Client::check_repo(&request)?;
    if !request.repo.username.is_empty() && request.repo.password.is_empty() {
        request.repo.password = if password_stdin.on() {
            password::read(context)?.expose().to_owned()
        } else {
            password::check_terminal()?;
            password::ask("Password: ", context)?
        };
    }
    let client = super::client(context)?;
    let added = block_on(client.add_repo(&request))??;
    let name = quote(&request.repo.name);
    match added {
        RepoAdded::Added => {
            context.print(format_args!("{name} has been added to your repositories"))
        }
        RepoAdded::Known => context
            .print(format_args!("{name} already exists with the same configuration, skipping")),
    }
}
