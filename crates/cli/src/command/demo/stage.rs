use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::context::Context;
use crate::error::Error;

/// Who may enter the registry of the demo.
pub(super) const USER: &str = "demo";
/// The password, as it goes to standard input. It opens nothing but the demo.
pub(super) const PASSWORD: &str = "demo";
/// The same in a password file.
const USERS: &str = "demo:$2y$04$qoHEAN8fKy1YBVYaf1btteg/Tx.JBSFLY2Xx3MOn1Z9U6lGvET4eO\n";
/// Bytes of a command's output that are read at most.
const MAX_OUTPUT: u64 = 1 << 20;

/// The folder in which the demo plays, and the registry that serves it. Both end with it.
pub(super) struct Stage<'a, 'c> {
    context: &'a mut Context<'c>,
    program: PathBuf,
    name: &'static str,
    folder: tempfile::TempDir,
    server: Option<Server>,
}

/// A server that is ended when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl<'a, 'c> Stage<'a, 'c> {
    pub(super) fn new(context: &'a mut Context<'c>) -> Result<Self, Error> {
        let wrong = |source| Error::Demo { source };
        let folder = tempfile::Builder::new().prefix("rhumb-demo-").tempdir().map_err(wrong)?;
        let program = std::env::current_exe().map_err(wrong)?;
        let name = context.environment.program_name();
        Ok(Self { context, program, name, folder, server: None })
    }

    /// Says what comes next.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), Error> {
        self.context.print(format_args!("\n# {text}"))?;
        self.flush()
    }

    /// Starts the registry and gives its address.
    pub(super) fn serve(&mut self) -> Result<String, Error> {
        let wrong = |source| Error::Demo { source };
        std::fs::write(self.folder.path().join("users"), USERS).map_err(wrong)?;
        let words = [
            "registry",
            "serve",
            "--address",
            "127.0.0.1:0",
            "--storage",
            "memory",
            "--htpasswd",
            "users",
        ];
        self.show(&words, " &")?;
        let mut command = self.command(&words);
        let child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let server = self.server.insert(Server(child.map_err(wrong)?));
        let mut line = String::new();
        if let Some(output) = server.0.stdout.take() {
            BufReader::new(output).take(MAX_OUTPUT).read_line(&mut line).map_err(wrong)?;
        }
        self.context.print(line.trim_end())?;
        match line.trim().rsplit_once("://") {
            Some((_, host)) => Ok(host.to_owned()),
            None => Err(Error::DemoStep { command: words.join(" ") }),
        }
    }

    /// Runs a command and gives what it printed.
    pub(super) fn run(&mut self, words: &[&str]) -> Result<String, Error> {
        self.run_with(words, None)
    }

    /// Runs a command with a line on its standard input.
    pub(super) fn run_with(
        &mut self,
        words: &[&str],
        input: Option<&str>,
    ) -> Result<String, Error> {
        let wrong = |source| Error::Demo { source };
        let before = if input.is_some() { " < password" } else { "" };
        self.show(words, before)?;
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(wrong)?;
        if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin.write_all(input.as_bytes()).map_err(wrong)?;
        }
        let output = child.wait_with_output().map_err(wrong)?;
        self.context.print_bytes(&output.stderr)?;
        self.context.print_bytes(&output.stdout)?;
        self.flush()?;
        if !output.status.success() {
            return Err(Error::DemoStep { command: words.join(" ") });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The program in the folder of the demo, which is its home, too.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.folder.path()).env("USERPROFILE", self.folder.path());
        command
    }

    fn show(&mut self, words: &[&str], end: &str) -> Result<(), Error> {
        let quoted = words.iter().map(|word| {
            if word.contains(['^', '*', ' ']) { format!("'{word}'") } else { (*word).to_owned() }
        });
        let line = quoted.collect::<Vec<_>>().join(" ");
        let name = self.name;
        self.context.print(format_args!("$ {name} {line}{end}"))?;
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.context.stdout.flush().map_err(|source| Error::Output { source })
    }
}
