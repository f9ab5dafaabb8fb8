use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::peers::Peers;
use crate::process::say;
use crate::service::{Service, free_address};
use crate::workspace::Workspace;

/// Stand-ins for object stores, with a bucket each.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    running: Vec<Service>,
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
            let service = s3(program, &folder)?;
            started.add("RHUMB_TEST_S3_ENDPOINT", format!("http://{}", service.address), service);
        }
        if let Some(Ok(program)) = peers.get("azurite") {
            let service = azure(program, &folder)?;
            let endpoint = format!("http://{}/devstoreaccount1", service.address);
            started.add("RHUMB_TEST_AZURE_ENDPOINT", endpoint, service);
        }
        Ok(started)
    }

    fn add(&mut self, name: &'static str, endpoint: String, service: Service) {
        say(&format!("{name}={endpoint}"));
        self.environment.push((name, endpoint));
        self.running.push(service);
    }
}

fn s3(program: &Path, folder: &Path) -> anyhow::Result<Service> {
    let packages = program.ancestors().nth(2).context("not in an installation")?;
    let address = free_address()?;
    let mut command = Command::new("python3");
    command.arg(program).env("PYTHONPATH", packages);
    command.args(["--host", "127.0.0.1", "--port", &address.port().to_string()]);
    let service = Service::start(&mut command, address, &folder.join("s3.log"))?;
    make(include_str!("bucket.py"), address)?;
    Ok(service)
}

fn azure(program: &Path, folder: &Path) -> anyhow::Result<Service> {
    let address = free_address()?;
    let mut command = Command::new(program);
    command.args(["--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location"]);
    command.arg(folder.join("azure")).args(["--blobHost", "127.0.0.1", "--blobPort"]);
    command.arg(address.port().to_string());
    let service = Service::start(&mut command, address, &folder.join("azure.log"))?;
    make(include_str!("container.py"), address)?;
    Ok(service)
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
