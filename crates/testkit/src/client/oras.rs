use std::process::Command;

use super::{Client, Pulled, digest, reference};
use crate::home::run;
use crate::{ChartFile, Home, Registry, layout, program};

/// The command of the ORAS project.
#[derive(Debug)]
pub struct Oras<'a> {
    home: Home,
    registry: &'a Registry,
}

impl<'a> Oras<'a> {
    /// One that is logged in.
    pub fn new(registry: &'a Registry) -> Self {
        let client = Self { home: Home::new(), registry };
        if let Some(login) = registry.login() {
            let mut command = client.home.command(program("oras"));
            command.args([
                "login",
                &registry.host(),
                "--username",
                &login.user,
                "--password-stdin",
            ]);
            client.transport(&mut command, "");
            run(&mut command, &login.password);
        }
        client
    }

    /// Adds the flags for this registry; `side` is `from-`, `to-` or nothing.
    fn transport(&self, command: &mut Command, side: &str) {
        match self.registry.authority() {
            Some(authority) => command.arg(format!("--{side}ca-file")).arg(authority),
            None => command.arg(format!("--{side}plain-http")),
        };
    }
}

impl Client for Oras<'_> {
    fn push(&self, folder: &str, chart: &ChartFile) -> String {
        let from = tempfile::tempdir_in(self.home.path()).expect("a folder");
        layout::write(from.path(), chart);
        let mut command = self.home.command(program("oras"));
        command.args(["copy", "--no-tty", "--from-oci-layout"]);
        command.arg(format!("{}:{}", from.path().display(), chart.tag()));
        self.transport(&mut command, "to-");
        digest(&run(command.arg(reference(self.registry, folder, chart)), ""))
    }

    fn pull(&self, folder: &str, chart: &ChartFile) -> Pulled {
        let to = tempfile::tempdir_in(self.home.path()).expect("a folder");
        let mut command = self.home.command(program("oras"));
        command.args(["copy", "--no-tty"]);
        self.transport(&mut command, "from-");
        command.arg(reference(self.registry, folder, chart)).arg("--to-oci-layout");
        let printed = run(command.arg(format!("{}:{}", to.path().display(), chart.tag())), "");
        let (written, archive) = layout::read(to.path());
        assert_eq!(digest(&printed), written);
        Pulled { digest: written, archive }
    }
}
