use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::{Client, Pulled, digest};
use crate::home::run;
use crate::{ChartFile, Home, Registry, program};

/// When the charts that are pushed were packed, since 1970.
const PACKED: Duration = Duration::from_secs(1_700_000_000);

/// Helm, or a program that takes its commands and flags.
#[derive(Debug)]
pub struct Helm<'a> {
    program: PathBuf,
    home: Home,
    registry: &'a Registry,
}

impl<'a> Helm<'a> {
    /// Real Helm, logged in.
    pub fn real(registry: &'a Registry) -> Self {
        Self::new(program("helm"), registry)
    }

    /// Another program, logged in.
    pub fn new(program: impl AsRef<Path>, registry: &'a Registry) -> Self {
        let client = Self { program: program.as_ref().to_owned(), home: Home::new(), registry };
        if let Some(login) = registry.login() {
            let mut command = client.command(&["registry", "login", &registry.host()]);
            run(command.args(["--username", &login.user, "--password-stdin"]), &login.password);
        }
        client
    }

    /// A command with the flags that this registry needs.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(&self.program);
        command.args(arguments);
        match self.registry.authority() {
            Some(authority) => command.arg("--ca-file").arg(authority),
            None => command.arg("--plain-http"),
        };
        command
    }
}

impl Client for Helm<'_> {
    fn push(&self, folder: &str, chart: &ChartFile) -> String {
        let file = self.home.path().join(chart.file_name());
        fs::write(&file, &chart.archive).expect("a file");
        // Helm puts the file's time into the manifest: the same every time, so that digests can be compared.
        let written = File::options().write(true).open(&file).expect("a file");
        written.set_modified(SystemTime::UNIX_EPOCH + PACKED).expect("a time");
        let to = format!("oci://{}/{}", self.registry.host(), self.registry.repository(folder));
        digest(&run(&mut self.command(&["push", &file.display().to_string(), &to]), ""))
    }

    fn pull(&self, folder: &str, chart: &ChartFile) -> Pulled {
        let repository = self.registry.repository(folder);
        let from = format!("oci://{}/{repository}/{}", self.registry.host(), chart.name);
        let to = tempfile::tempdir_in(self.home.path()).expect("a folder");
        let mut command = self.command(&["pull", &from, "--version", &chart.version]);
        let printed = run(command.arg("--destination").arg(to.path()), "");
        let archive = fs::read(to.path().join(chart.file_name())).expect("a chart");
        Pulled { digest: digest(&printed), archive }
    }
}
