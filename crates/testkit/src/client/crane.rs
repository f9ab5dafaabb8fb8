use std::process::Command;

use super::{Client, Pulled, digest, reference};
use crate::home::run;
use crate::{ChartFile, Home, Registry, layout, program};

/// The command of go-containerregistry.
#[derive(Debug)]
pub struct Crane<'a> {
    home: Home,
    registry: &'a Registry,
}

impl<'a> Crane<'a> {
    /// One that is logged in.
    pub fn new(registry: &'a Registry) -> Self {
        let client = Self { home: Home::new(), registry };
        if let Some(login) = registry.login() {
            let mut command = client.command(&["auth", "login", &registry.host()]);
            run(command.args(["--username", &login.user, "--password-stdin"]), &login.password);
        }
        client
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(program("crane"));
        if let Some(authority) = self.registry.authority() {
            command.env("SSL_CERT_FILE", authority);
        }
        command.args(arguments);
        command
    }
}

impl Client for Crane<'_> {
    fn push(&self, folder: &str, chart: &ChartFile) -> String {
        let from = tempfile::tempdir_in(self.home.path()).expect("a folder");
        layout::write(from.path(), chart);
        let path = from.path().display().to_string();
        digest(&run(
            &mut self.command(&["push", &path, &reference(self.registry, folder, chart)]),
            "",
        ))
    }

    fn pull(&self, folder: &str, chart: &ChartFile) -> Pulled {
        let reference = reference(self.registry, folder, chart);
        let said = digest(&run(&mut self.command(&["digest", &reference]), ""));
        let to = tempfile::tempdir_in(self.home.path()).expect("a folder");
        let path = to.path().display().to_string();
        run(&mut self.command(&["pull", "--format=oci", &reference, &path]), "");
        let (written, archive) = layout::read(to.path());
        assert_eq!(said, written);
        Pulled { digest: written, archive }
    }
}
