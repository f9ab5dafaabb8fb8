use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::process::line;

/// How long a server may take to listen on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const POLL: Duration = Duration::from_millis(20);

/// A server that is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Service {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Service {
    /// Starts a server and waits until it listens. What it says goes to `log`.
    pub(crate) fn start(
        command: &mut Command,
        address: SocketAddr,
        log: &Path,
    ) -> anyhow::Result<Self> {
        let file = File::create(log).with_context(|| log.display().to_string())?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| line(command))?;
        let mut service = Self { child, address };
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            if start.elapsed() > PATIENCE || service.child.try_wait()?.is_some() {
                bail!("`{}` does not listen: see {}", line(command), log.display());
            }
            thread::sleep(POLL);
        }
        Ok(service)
    }

    /// A figure of the process's memory in bytes: `VmRSS` is what it holds, `VmHWM` the most it ever held.
    pub(crate) fn memory(&self, figure: &str) -> anyhow::Result<u64> {
        memory(self.child.id(), figure).context("no such figure")
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
pub(crate) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A figure of a process's memory in bytes, while it runs.
pub(crate) fn memory(process: u32, figure: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}
