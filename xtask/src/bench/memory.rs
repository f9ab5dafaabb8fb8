use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::program::{Program, rhumb, serve};
use super::table::{Table, mib};
use crate::peers;
use crate::process::{cargo, run as run_command};
use crate::workspace::Workspace;

/// Size of the blob, in bytes.
const BLOB: u64 = 1 << 30;
/// Size of the chart that Helm is given, in bytes: near the most that it takes.
const CHART: usize = 19 << 20;

/// The most memory that moving a blob of 1 GiB takes, and a chart of 19 MiB.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let rhumb = rhumb(workspace)?;
    let example = ["build", "--quiet", "--release", "--locked", "--package", "rhumb-registry"];
    run_command(cargo(&workspace.root, &example).args(["--example", "blob"]))?;
    let folder = tempfile::tempdir()?;
    let (file, digest) = blob(folder.path())?;
    let server = serve(&rhumb, &folder.path().join("content"), &folder.path().join("log"))?;
    let client = Program::new(&workspace.target().join("release/examples/blob"))?;
    let repository = format!("http://{}/memory", server.address);
    let push = client.watch(&["push", &repository, &file])?;
    let pushed = server.memory("VmHWM")?;
    let from = format!("{repository}@{digest}");
    let pull = client.watch(&["pull", &from, &BLOB.to_string(), "pulled"])?;
    let mut table = Table::new(&["client", "embedded registry"]);
    table.row("push of 1 GiB", &[mib(push.memory), mib(pushed)]);
    table.row("pull of 1 GiB", &[mib(pull.memory), mib(server.memory("VmHWM")?)]);
    table.print();
    chart(workspace, &rhumb, &format!("oci://{}/charts", server.address))
}

/// Pushes and pulls a large chart with Rhumb and Helm.
fn chart(workspace: &Workspace, rhumb: &Path, registry: &str) -> anyhow::Result<()> {
    let mut table = Table::new(&["push", "pull"]);
    for (name, program) in [("rhumb", rhumb), ("helm", &*peers::program(workspace, "helm")?)] {
        let program = Program::new(program)?;
        let helm = Program::new(&peers::program(workspace, "helm")?)?;
        helm.run(&["create", name])?;
        fs::write(helm.folder().join(name).join("data.bin"), noise(CHART))?;
        helm.run(&["package", name])?;
        let file = helm.folder().join(format!("{name}-0.1.0.tgz")).display().to_string();
        let push = program.watch(&["push", &file, registry, "--plain-http"])?;
        let pull = program.watch(&["pull", &format!("{registry}/{name}"), "--plain-http"])?;
        table.row(&format!("chart of 19 MiB, {name}"), &[mib(push.memory), mib(pull.memory)]);
    }
    table.print();
    Ok(())
}

/// Writes a file of 1 GiB and returns its path and digest.
fn blob(folder: &Path) -> anyhow::Result<(String, String)> {
    let path = folder.join("blob");
    let mut file = File::create(&path)?;
    let mut hasher = Sha256::new();
    let piece = noise(1 << 20);
    for _ in 0..BLOB >> 20 {
        file.write_all(&piece)?;
        hasher.update(&piece);
    }
    let hex: Vec<String> = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((path.display().to_string(), format!("sha256:{}", hex.concat())))
}

/// Bytes that do not compress, the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}
