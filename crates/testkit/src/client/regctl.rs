use std::process::Command;

use super::{Client, Pulled, digest, reference};
use crate::home::run;
use crate::{ChartFile, Home, Registry, layout, program};

/// The command of the regclient project.
#[derive(Debug)]
pub struct Regctl<'a> {
    home: Home,
    registry: &'a Registry,
}

impl<'a> Regctl<'a> {
    /// One that knows how to reach the registry, and is logged in.
    pub fn new(registry: &'a Registry) -> Self {
        let client = Self { home: Home::new(), registry };
        let host = registry.host();
        let mut set = client.command(&["registry", "set", "--skip-check", &host]);
        match registry.authority() {
            Some(authority) => {
                let pem = std::fs::read_to_string(authority).expect("a certificate");
                set.args(["--tls", "enabled", "--cacert", &pem])
            }
            None => set.args(["--tls", "disabled"]),
        };
        run(&mut set, "");
        if let Some(login) = registry.login() {
            let mut command = client.command(&["registry", "login", &host]);
            run(command.args(["--user", &login.user, "--pass-stdin"]), &login.password);
        }
        client
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(program("regctl"));
        command.args(arguments);
        command
    }

    fn copy(&self, from: &str, to: &str) {
        run(&mut self.command(&["image", "copy", from, to]), "");
    }
}

impl Client for Regctl<'_> {
    fn push(&self, folder: &str, chart: &ChartFile) -> String {
        let from = tempfile::tempdir_in(self.home.path()).expect("a folder");
        layout::write(from.path(), chart);
        let reference = reference(self.registry, folder, chart);
        self.copy(&format!("ocidir://{}:{}", from.path().display(), chart.tag()), &reference);
        digest(&run(&mut self.command(&["image", "digest", &reference]), ""))
    }

    fn pull(&self, folder: &str, chart: &ChartFile) -> Pulled {
        let to = tempfile::tempdir_in(self.home.path()).expect("a folder");
        let reference = reference(self.registry, folder, chart);
        self.copy(&reference, &format!("ocidir://{}:{}", to.path().display(), chart.tag()));
        let (digest, archive) = layout::read(to.path());
        Pulled { digest, archive }
    }
}
