use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rhumb_registry_server::{AccessLog, Login, Options, Server, TlsFiles};

use super::storage;
use crate::argument::Switch;
use crate::context::{Context, serve_on};
use crate::error::Error;
use crate::usage::UsageError;

/// Run a registry
///
/// The registry keeps charts, and any other OCI artifact, in a folder, in memory or in an object
/// store: --storage is a folder, `memory`, or a URL such as `s3://bucket/prefix`, `gs://bucket` or
/// `az://container`, whose access is configured by the usual AWS_…, GOOGLE_… and AZURE_… variables. Any
/// number of servers may share an object store.
///
/// The address is printed once the registry answers. Metrics for Prometheus are at /metrics. On an
/// interrupt requests under way are finished, then the command ends.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Append one line of JSON per request to this file; - for standard error
    #[arg(long)]
    access_log: Option<PathBuf>,

    /// Where to listen, as HOST:PORT; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:5000")]
    address: String,

    /// Let everyone read, and only users of --htpasswd write
    #[arg(long)]
    anonymous_pull: Switch,

    /// Ask for a user of this file, which holds bcrypt hashes as `htpasswd -B` writes
    #[arg(long)]
    htpasswd: Option<PathBuf>,

    /// Refuse every change
    #[arg(long)]
    read_only: Switch,

    /// Where to keep content: a folder, memory, or the URL of an object store (default a folder
    /// under the data home)
    #[arg(long)]
    storage: Option<String>,

    /// Speak HTTPS with this certificate, a PEM file
    #[arg(long)]
    tls_cert: Option<PathBuf>,

    /// Private key of the certificate, a PEM file
    #[arg(long)]
    tls_key: Option<PathBuf>,
}

const EXAMPLES: &str = "  {program} registry serve

  {program} registry serve --address :5000 --htpasswd users --tls-cert tls.crt --tls-key tls.key

  {program} registry serve --storage s3://charts/prod --anonymous-pull --htpasswd users";

pub(crate) fn run(args: ServeArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let scheme = if args.tls_cert.is_some() { "https" } else { "http" };
    let options = options(args, context)?;
    let place = storage::name(&options.storage);
    let open = options.login.is_none() && !options.read_only;
    serve_on(async {
        let mut interrupts = Interrupts::new()?;
        let server = Server::start(options).await?;
        let address = server.address();
        context.print(format_args!("Listening on {scheme}://{address}"))?;
        context.stdout.flush().map_err(|source| Error::Output { source })?;
        context.tell(format_args!("Storage: {place}"));
        if open && !address.ip().is_loopback() {
            context.tell("level=WARN msg=\"everyone who reaches this address can change what is stored; see --htpasswd\"");
        }
        interrupts.next().await;
        tokio::select! {
            () = server.shutdown() => {}
            // Whoever interrupts twice does not want to wait.
            () = interrupts.next() => {}
        }
        Ok(())
    })?
}

fn options(args: ServeArgs, context: &Context<'_>) -> Result<Options, Error> {
    let ServeArgs {
        access_log,
        address,
        anonymous_pull,
        htpasswd,
        read_only,
        storage,
        tls_cert,
        tls_key,
    } = args;
    let mut options = Options::new(storage::storage(storage.as_deref(), context));
    // Go's programs take `:5000` for every address of the machine.
    options.address = if address.starts_with(':') { format!("[::]{address}") } else { address };
    options.read_only = read_only.on();
    options.login = htpasswd.map(Login::file);
    if anonymous_pull.on() {
        let login = options.login.take();
        let login = login.ok_or(UsageError::Needs { flag: "anonymous-pull", other: "htpasswd" })?;
        options.login = Some(login.with_anonymous_pull());
    }
    options.tls = match (tls_cert, tls_key) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        (None, None) => None,
        (Some(_), None) => {
            return Err(UsageError::Needs { flag: "tls-cert", other: "tls-key" }.into());
        }
        (None, Some(_)) => {
            return Err(UsageError::Needs { flag: "tls-key", other: "tls-cert" }.into());
        }
    };
    if let Some(path) = access_log {
        options.access_log = Some(Arc::new(Log::open(&path)?));
    }
    Ok(options)
}

/// The signals that end the server.
struct Interrupts {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Interrupts {
    #[cfg(unix)]
    fn new() -> Result<Self, Error> {
        use tokio::signal::unix::{SignalKind, signal};
        let error = |source| Error::Runtime { source };
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(error)?,
            interrupt: signal(SignalKind::interrupt()).map_err(error)?,
        })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    fn new() -> Result<Self, Error> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Without a handler the system ends the process by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Takes the lines of the access log.
enum Log {
    StandardError,
    File(Mutex<File>),
}

impl Log {
    fn open(path: &Path) -> Result<Self, Error> {
        if path == Path::new("-") {
            return Ok(Self::StandardError);
        }
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(|source| Error::WriteFile { path: path.display().to_string(), source })?;
        Ok(Self::File(Mutex::new(file)))
    }
}

impl AccessLog for Log {
    fn record(&self, line: &str) {
        let line = format!("{line}\n");
        // A log that cannot be written must not stop the registry.
        let written = match self {
            Self::StandardError => std::io::stderr().write_all(line.as_bytes()),
            Self::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.write_all(line.as_bytes())
            }
        };
        if let Err(error) = written {
            tracing::error!(%error, "a line of the access log is lost");
        }
    }
}
