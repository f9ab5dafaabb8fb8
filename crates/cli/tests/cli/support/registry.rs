use std::path::PathBuf;

use rhumb_registry_server::{Login, Options, Running, Server, Storage, TlsFiles};
use rhumb_report::Secret;
use tokio::runtime::Runtime;

pub(crate) const USER: &str = "alice";
pub(crate) const PASSWORD: &str = "correct-horse-battery";

/// An embedded registry in memory, which ends with the test.
pub(crate) struct Registry {
    // Dropped first, for the server runs on it.
    runtime: Runtime,
    running: Running,
}

impl Registry {
    /// One that everybody may use.
    pub(crate) fn new() -> Self {
        Self::start(Options::new(Storage::Memory))
    }

    /// One that wants [`USER`] and [`PASSWORD`].
    pub(crate) fn with_login() -> Self {
        let mut options = Options::new(Storage::Memory);
        options.login = Some(Login::user(USER, Secret::new(PASSWORD)));
        Self::start(options)
    }

    /// One that speaks HTTPS with a certificate that nobody knows, which is written to `folder`.
    pub(crate) fn with_tls(folder: &std::path::Path) -> (Self, PathBuf) {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a key");
        let (certificate, key) = (folder.join("server.crt"), folder.join("server.key"));
        std::fs::write(&certificate, made.cert.pem()).expect("a certificate");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("a key");
        let mut options = Options::new(Storage::Memory);
        options.tls = Some(TlsFiles { certificate: certificate.clone(), key });
        (Self::start(options), certificate)
    }

    fn start(options: Options) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let running = runtime.block_on(Server::start(options)).expect("a server");
        Self { runtime, running }
    }

    /// Runs what a test does beside the program.
    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// `HOST:PORT`.
    pub(crate) fn host(&self) -> String {
        self.running.address().to_string()
    }
}
