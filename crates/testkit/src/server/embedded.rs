use std::sync::mpsc;
use std::thread;

use rhumb_registry_server::{Options, Server, Storage};
use tokio::sync::oneshot;

use super::{Registry, Running};

/// The thread that a server runs on; it ends when this is dropped.
pub(super) struct Thread {
    _stop: oneshot::Sender<()>,
}

impl Registry {
    /// The project's own registry, in memory, for everyone.
    ///
    /// # Panics
    ///
    /// If there is no loopback port.
    pub fn embedded() -> Self {
        let (ready, address) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async move {
                let server = Server::start(Options::new(Storage::Memory)).await.expect("a server");
                ready.send(server.address()).expect("someone who waits");
                // The other end is never used, only dropped.
                stopped.await.ok();
            });
        });
        Self {
            address: address.recv().expect("a server"),
            login: None,
            authority: None,
            namespace: "",
            server: Running::Thread { _thread: Thread { _stop: stop } },
            _folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }
}
