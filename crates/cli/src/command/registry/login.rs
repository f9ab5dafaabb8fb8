use std::io::{BufRead as _, Read as _};
use std::path::PathBuf;

use rhumb_action::Login;
use rhumb_report::Secret;

use crate::argument::{ConnectionArgs, CredentialArgs, Switch};
use crate::command::password;
use crate::context::{Context, block_on};
use crate::error::Error;

/// Log in to a registry
///
/// The login is tried first, and kept only if it works. HOST is a registry such as ghcr.io, or a
/// registry and a path such as registry.example.com/team-a: the login is then used for what is
/// below that path, and another one may be kept for the rest.
///
/// Without --username and --password they are asked for. A script gives the password on standard
/// input with --password-stdin, where other users of the machine cannot see it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginArgs {
    /// Registry, or registry and path
    #[arg(value_name = "[host]", num_args = 1.., required = true, value_hint = clap::ValueHint::Hostname)]
    host: Vec<String>,

    /// Trust the certificate authorities in this PEM file, too
    #[arg(long)]
    ca_file: Option<PathBuf>,

    /// Show the registry this certificate, a PEM file
    #[arg(long)]
    cert_file: Option<PathBuf>,

    /// Accept any certificate, which gives up on knowing whom one talks to
    #[arg(long)]
    insecure: Switch,

    /// Private key of the certificate, a PEM file
    #[arg(long)]
    key_file: Option<PathBuf>,

    /// Password or identity token; others on this machine may see it
    #[arg(short, long)]
    password: Option<String>,

    /// Read the password or identity token from standard input
    #[arg(long)]
    password_stdin: Switch,

    /// Speak plain HTTP, without encryption
    #[arg(long)]
    plain_http: Switch,

    /// User name
    #[arg(short, long)]
    username: Option<String>,
}

const EXAMPLES: &str = "  {program} registry login ghcr.io -u octocat

  echo \"$GITHUB_TOKEN\" | {program} registry login ghcr.io -u octocat --password-stdin

  {program} registry login localhost:5000 --plain-http -u me";

impl std::fmt::Debug for LoginArgs {
    // The password is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginArgs").field("host", &self.host).finish_non_exhaustive()
    }
}

pub(crate) fn run(args: LoginArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let LoginArgs { host, username, password, password_stdin, .. } = &args;
    let host = host.first().cloned().unwrap_or_default();
    let mut username = username.clone().unwrap_or_default();
    let given = password.clone().filter(|password| !password.is_empty());
    let password = if password_stdin.on() {
        password::read(context)?
    } else if let Some(password) = given {
        context.tell(
            "level=WARN msg=\"using --password via the CLI is insecure. Use --password-stdin\"",
        );
        Secret::new(password)
    } else {
        ask(&mut username, context)?
    };
    let connection = connection(args);
    if connection.plain_http.on() && !is_loopback(&host) {
        context.tell(format_args!(
            "level=WARN msg=\"the password goes to {host} over plain HTTP, where others can read it\""
        ));
    }
    let client = context.client(&connection, &CredentialArgs::default())?;
    let request = Login { host, username, password };
    block_on(client.login(&request))??;
    context.print("Login Succeeded")
}

fn connection(args: LoginArgs) -> ConnectionArgs {
    let LoginArgs { ca_file, cert_file, insecure, key_file, plain_http, .. } = args;
    ConnectionArgs { ca_file, cert_file, key_file, insecure_skip_tls_verify: insecure, plain_http }
}

/// Whether a registry is on this machine, so that nobody reads along.
fn is_loopback(host: &str) -> bool {
    let host = host.split_once("://").map_or(host, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let host = match host.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => host,
    };
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Asks for what is missing. Without a user name the password is a token.
fn ask(username: &mut String, context: &mut Context<'_>) -> Result<Secret, Error> {
    password::check_terminal()?;
    if username.is_empty() {
        context.prompt("Username: ");
        let mut line = String::new();
        let mut input = context.stdin.take(password::MAX_PASSWORD);
        input.read_line(&mut line).map_err(|source| Error::Input { source })?;
        line.trim().clone_into(username);
    }
    let (prompt, missing) = if username.is_empty() {
        ("Token: ", "token required")
    } else {
        ("Password: ", "password required")
    };
    let answer = password::ask(prompt, context)?;
    if answer.is_empty() { Err(Error::Message(missing)) } else { Ok(Secret::new(answer)) }
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn knows_this_machine_by_its_names() {
        for host in
            ["localhost", "localhost:5000/a", "127.0.0.1:80", "[::1]:5000", "http://localhost"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["ghcr.io", "localhost.evil.com", "10.0.0.1:5000"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
