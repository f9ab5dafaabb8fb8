use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use super::program::{Program, median, rhumb, serve};
use super::proxy::Proxy;
use super::table::{Table, ratio};
use crate::peers;
use crate::process::say;
use crate::workspace::Workspace;

/// One round trip to the registry.
const ROUND_TRIP: Duration = Duration::from_millis(50);
/// Runs that each time is the median of.
const RUNS: usize = 5;

/// What is measured, in the order in which it is done.
const OPERATIONS: &[&str] =
    &["push new", "push again", "pull by tag", "pull by tag, cached", "show chart, newest"];

/// Requests and time of each operation on an anonymous registry that is one round trip of 50 ms away.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let (ours, helm) = (rhumb(workspace)?, peers::program(workspace, "helm")?);
    let folder = tempfile::tempdir()?;
    let server = serve(&ours, Path::new("memory"), &folder.path().join("log"))?;
    let proxy = Proxy::start(server.address, ROUND_TRIP)?;
    let charts = charts(&Program::new(&helm)?)?;
    let ours = measure(&ours, "rhumb", &proxy, &charts)?;
    let helm = measure(&helm, "helm", &proxy, &charts)?;
    let columns = ["rhumb requests", "helm requests", "rhumb", "helm", "times faster"];
    let mut table = Table::new(&columns);
    for ((name, ours), helm) in OPERATIONS.iter().zip(&ours).zip(&helm) {
        let (our_time, helm_time) = (milliseconds(ours.time), milliseconds(helm.time));
        table.row(
            name,
            &[
                ours.requests.len().to_string(),
                helm.requests.len().to_string(),
                format!("{our_time:.0} ms"),
                format!("{helm_time:.0} ms"),
                ratio(helm_time, our_time),
            ],
        );
    }
    table.print();
    for (name, ours) in OPERATIONS.iter().zip(&ours) {
        let methods = ours.requests.iter().filter_map(|line| line.split(' ').next());
        say(&format!("rhumb {name}: {}", methods.collect::<Vec<_>>().join(" ")));
    }
    Ok(())
}

struct Measured {
    requests: Vec<String>,
    time: Duration,
}

/// A chart with as many versions as there are runs, packed by Helm.
fn charts(helm: &Program) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    helm.run(&["create", "web"])?;
    let pack = |run: usize| {
        let version = format!("0.1.{run}");
        helm.run(&["package", "web", "--version", &version])?;
        let archive = fs::read(helm.folder().join(format!("web-{version}.tgz")))?;
        Ok((version, archive))
    };
    (0..RUNS).map(pack).collect()
}

fn measure(
    program: &Path,
    name: &str,
    proxy: &Proxy,
    charts: &[(String, Vec<u8>)],
) -> anyhow::Result<Vec<Measured>> {
    let mut times = vec![Vec::new(); OPERATIONS.len()];
    let mut requests = vec![Vec::new(); OPERATIONS.len()];
    for (run, (version, archive)) in charts.iter().enumerate() {
        let (pusher, puller) = (Program::new(program)?, Program::new(program)?);
        let file = pusher.folder().join(format!("web-{version}.tgz"));
        fs::write(&file, archive)?;
        let file = file.display().to_string();
        let to = format!("oci://{}/{name}-{run}", proxy.address);
        let from = format!("{to}/web");
        let push = ["push", &file, &to, "--plain-http"];
        let pull = ["pull", &from, "--version", version, "--plain-http"];
        let show = ["show", "chart", &from, "--plain-http"];
        let fresh = Program::new(program)?;
        let steps: [(&Program, &[&str]); 5] = [
            (&pusher, &push),
            (&pusher, &push),
            (&puller, &pull),
            (&puller, &pull),
            (&fresh, &show),
        ];
        proxy.take_requests();
        for (index, (program, arguments)) in steps.into_iter().enumerate() {
            let cost = program.run(arguments).with_context(|| OPERATIONS[index].to_owned())?;
            times[index].push(cost.time);
            requests[index] = proxy.take_requests();
        }
    }
    let measured = times.into_iter().zip(requests);
    measured.map(|(times, requests)| Ok(Measured { requests, time: median(times)? })).collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
