use super::program::{Program, median, rhumb};
use super::table::{Table, ratio};
use crate::peers;
use crate::workspace::Workspace;

/// Runs that each figure is the median of.
const RUNS: usize = 51;

/// How long `version` takes, from start to end of the process.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let measure = |program: &Program| {
        let runs = (0..RUNS).map(|_| Ok(program.run(&["version"])?.time));
        Ok::<_, anyhow::Error>(median(runs.collect::<anyhow::Result<_>>()?)?.as_secs_f64() * 1e3)
    };
    let ours = measure(&Program::new(&rhumb(workspace)?)?)?;
    let helm = measure(&Program::new(&peers::program(workspace, "helm")?)?)?;
    let mut table = Table::new(&["rhumb", "helm", "times faster"]);
    table.row("version", &[format!("{ours:.1} ms"), format!("{helm:.1} ms"), ratio(helm, ours)]);
    table.print();
    Ok(())
}
