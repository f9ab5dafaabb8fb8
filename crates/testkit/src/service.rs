use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server may take to listen on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(20);

/// A server of others that is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Service {
    child: Child,
}

impl Service {
    /// Starts a server and waits until it listens at `address`. What it says goes to `log`.
    pub(crate) fn start(command: &mut Command, address: SocketAddr, log: &Path) -> Self {
        let file = File::create(log).expect("a log");
        let errors = file.try_clone().expect("a log");
        command.stdin(Stdio::null()).stdout(file).stderr(errors);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut service = Self { child };
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = service.child.try_wait().expect("a state");
            let said = || fs::read_to_string(log).unwrap_or_default();
            assert!(ended.is_none(), "{command:?} ended:\n{}", said());
            assert!(start.elapsed() < PATIENCE, "{command:?} does not listen:\n{}", said());
            thread::sleep(POLL);
        }
        service
    }

    /// The id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Either fails only if it is over already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A loopback address that nothing listened at a moment ago.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    listener.local_addr().expect("an address")
}

/// Writes a configuration file and returns its path.
pub(crate) fn configure(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}
