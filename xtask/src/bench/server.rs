use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::program::{Program, rhumb, serve};
use super::table::{Table, mib, ratio};
use crate::peers;
use crate::process::output;
use crate::service::{Service, free_address};
use crate::workspace::Workspace;

/// Size of the blob, in bytes.
const BLOB: usize = 100 * 1024;

/// Answers per second of the embedded registry and of others, all over a folder, to 16 connections.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    let ours = serve(&rhumb(workspace)?, &path("rhumb"), &path("rhumb.log"))?;
    let ours = measure(workspace, &ours)?;
    let mut table = Table::new(&["manifest/s", "blob/s", "memory after", "manifest", "blob"]);
    table.row(
        "rhumb registry serve",
        &[
            format!("{:.0}", ours.manifests),
            format!("{:.0}", ours.blobs),
            mib(ours.memory),
            String::new(),
            String::new(),
        ],
    );
    for name in ["distribution", "docker-registry"] {
        let theirs = measure(workspace, &other(workspace, name, folder.path())?)?;
        table.row(
            name,
            &[
                format!("{:.0}", theirs.manifests),
                format!("{:.0}", theirs.blobs),
                mib(theirs.memory),
                ratio(ours.manifests, theirs.manifests),
                ratio(ours.blobs, theirs.blobs),
            ],
        );
    }
    table.print();
    Ok(())
}

struct Measured {
    manifests: f64,
    blobs: f64,
    memory: u64,
}

fn measure(workspace: &Workspace, server: &Service) -> anyhow::Result<Measured> {
    let digest = fill(workspace, server.address)?;
    let manifests = load(workspace, server.address, "/v2/bench/manifests/latest")?;
    let blobs = load(workspace, server.address, &format!("/v2/bench/blobs/{digest}"))?;
    Ok(Measured { manifests, blobs, memory: server.memory("VmRSS")? })
}

/// Pushes an artifact with one blob and returns the blob's digest.
fn fill(workspace: &Workspace, address: SocketAddr) -> anyhow::Result<String> {
    let oras = Program::new(&peers::program(workspace, "oras")?)?;
    let blob: Vec<u8> = (0..=250).cycle().take(BLOB).collect();
    fs::write(oras.folder().join("blob"), &blob)?;
    oras.run(&["push", "--plain-http", &format!("{address}/bench:latest"), "blob"])?;
    let hex: Vec<String> = Sha256::digest(&blob).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("sha256:{}", hex.concat()))
}

/// Requests per second.
fn load(workspace: &Workspace, address: SocketAddr, path: &str) -> anyhow::Result<f64> {
    let mut command = Command::new(peers::program(workspace, "wrk")?);
    command.args(["--threads", "2", "--connections", "16", "--duration", "5s", "--header"]);
    command.arg("Accept: application/vnd.oci.image.manifest.v1+json");
    let printed = output(command.arg(format!("http://{address}{path}")))?;
    anyhow::ensure!(!printed.contains("Non-2xx"), "{path}: {printed}");
    let rate = printed.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    rate.context("wrk prints no rate")?.trim().parse().context("a rate")
}

/// Starts a registry of others.
fn other(workspace: &Workspace, name: &str, folder: &Path) -> anyhow::Result<Service> {
    let address = free_address()?;
    let content = folder.join(format!("{name}-content"));
    let config = format!(
        "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n\
         storage: {{filesystem: {{rootdirectory: {}}}}}\nhttp: {{addr: '{address}'}}\n",
        content.display(),
    );
    let file = folder.join(format!("{name}.yml"));
    fs::write(&file, config)?;
    let mut command = Command::new(peers::program(workspace, name)?);
    command.arg("serve").arg(file).env("OTEL_TRACES_EXPORTER", "none");
    Service::start(&mut command, address, &folder.join(format!("{name}.log")))
}
