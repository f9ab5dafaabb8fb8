use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::peers::Peers;
use crate::process::{line, say};
use crate::workspace::Workspace;

/// How long a stand-in may take to listen on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const POLL: Duration = Duration::from_millis(50);

/// Stand-ins for object stores, with a bucket each. They are killed when this is dropped.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    children: Vec<Child>,
    /// What the tests find them by.
    pub(super) environment: Vec<(&'static str, String)>,
}

impl StandIns {
    /// Starts those that can be had.
    pub(super) fn start(workspace: &Workspace, peers: &Peers) -> anyhow::Result<Self> {
        let folder = workspace.target().join("stand-ins");
        clear(&folder)?;
        let mut started = Self::default();
        if let Some(Ok(program)) = peers.get("moto") {
            let address = started.s3(program, &folder)?;
            started.environment.push(("RHUMB_TEST_S3_ENDPOINT", format!("http://{address}")));
        }
        if let Some(Ok(program)) = peers.get("azurite") {
            let address = started.azure(program, &folder)?;
            let endpoint = format!("http://{address}/devstoreaccount1");
            started.environment.push(("RHUMB_TEST_AZURE_ENDPOINT", endpoint));
        }
        for (name, value) in &started.environment {
            say(&format!("{name}={value}"));
        }
        Ok(started)
    }

    fn s3(&mut self, program: &Path, folder: &Path) -> anyhow::Result<SocketAddr> {
        let packages = program.ancestors().nth(2).context("not in an installation")?;
        let address = free_address()?;
        let mut command = Command::new("python3");
        command.arg(program).env("PYTHONPATH", packages);
        command.args(["--host", "127.0.0.1", "--port", &address.port().to_string()]);
        self.spawn(&mut command, address, &folder.join("s3.log"))?;
        make(include_str!("bucket.py"), address)?;
        Ok(address)
    }

    fn azure(&mut self, program: &Path, folder: &Path) -> anyhow::Result<SocketAddr> {
        let address = free_address()?;
        let mut command = Command::new(program);
        command.args(["--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location"]);
        command.arg(folder.join("azure")).args(["--blobHost", "127.0.0.1", "--blobPort"]);
        self.spawn(command.arg(address.port().to_string()), address, &folder.join("azure.log"))?;
        make(include_str!("container.py"), address)?;
        Ok(address)
    }

    /// Starts a server and waits until it listens.
    fn spawn(
        &mut self,
        command: &mut Command,
        address: SocketAddr,
        log: &Path,
    ) -> anyhow::Result<()> {
        let file = File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| line(command))?;
        self.children.push(child);
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            if start.elapsed() > PATIENCE {
                bail!("`{}` does not listen: see {}", line(command), log.display());
            }
            thread::sleep(POLL);
        }
        Ok(())
    }
}

impl Drop for StandIns {
    fn drop(&mut self) {
        for child in &mut self.children {
            // Either fails only if it is over already.
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// Runs a script that makes what the tests store in.
fn make(script: &str, address: SocketAddr) -> anyhow::Result<()> {
    let mut command = Command::new("python3");
    let status = command.arg("-c").arg(script).arg(address.to_string()).status()?;
    if !status.success() {
        bail!("no bucket at {address}");
    }
    Ok(())
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    fs::create_dir_all(folder.join("azure")).with_context(|| folder.display().to_string())
}

fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
