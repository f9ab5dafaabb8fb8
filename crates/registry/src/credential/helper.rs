use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use rhumb_report::Secret;
use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

use super::Credential;
use crate::Error;

/// The user name with which a helper says that its secret is an identity token.
const TOKEN_USER: &str = "<token>";

/// Bytes of a helper's answer that are read at most.
const MAX_ANSWER: u64 = 1 << 20;

/// A program that keeps credentials, by Docker's protocol: `docker-credential-NAME get`, with the
/// server's name on its input and JSON on its output.
///
/// Source: [docker-credential-helpers 0.9](https://github.com/docker/docker-credential-helpers/tree/v0.9.3).
pub(super) struct Helper {
    program: String,
    path: PathBuf,
    limit: Duration,
}

/// How a helper's run ended.
enum Ran {
    Well(Vec<u8>),
    /// With a failure, and these words.
    Badly(String),
}

impl Helper {
    /// Finds the program in one of the folders; it is not run yet.
    pub(super) fn new(name: &str, folders: &[PathBuf], limit: Duration) -> Self {
        let program = format!("docker-credential-{name}");
        let path = find(&program, folders).unwrap_or_else(|| PathBuf::from(&program));
        Self { program, path, limit }
    }

    /// The helper that suits this system, if it is installed.
    pub(super) fn of_system(folders: &[PathBuf]) -> Option<&'static str> {
        let name = if cfg!(target_os = "macos") {
            "osxkeychain"
        } else if cfg!(windows) {
            "wincred"
        } else if find("pass", folders).is_some() {
            "pass"
        } else {
            "secretservice"
        };
        find(&format!("docker-credential-{name}"), folders).map(|_| name)
    }

    /// Asks for the credential of a server; `None` if the helper has none.
    pub(super) async fn get(&self, server: &str) -> Result<Option<Credential>, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Answer {
            #[serde(default)]
            username: String,
            #[serde(default)]
            secret: String,
        }
        let output = match self.run("get", server.as_bytes()).await? {
            Ran::Well(output) => output,
            Ran::Badly(words) if is_absence(&words) => return Ok(None),
            Ran::Badly(words) => return Err(self.failed(words)),
        };
        let answer: Answer = serde_json::from_slice(&output)
            .map_err(|_| self.failed("its answer is not JSON".to_owned()))?;
        let credential = if answer.username == TOKEN_USER {
            Credential { identity_token: Secret::new(answer.secret), ..Credential::default() }
        } else {
            Credential::basic(answer.username, answer.secret)
        };
        Ok(Some(credential).filter(|credential| !credential.is_empty()))
    }

    /// Hands over a credential to keep. A helper that makes credentials itself refuses, which is
    /// no error: its words come back.
    pub(super) async fn store(
        &self,
        server: &str,
        credential: &Credential,
    ) -> Result<Option<String>, Error> {
        let (username, secret) = if credential.identity_token.is_empty() {
            (credential.username.as_str(), &credential.password)
        } else {
            (TOKEN_USER, &credential.identity_token)
        };
        let input = serde_json::json!({
            "ServerURL": server, "Username": username, "Secret": secret.expose(),
        });
        match self.run("store", input.to_string().as_bytes()).await? {
            Ran::Well(_) => Ok(None),
            Ran::Badly(words) if is_refusal(&words) => Ok(Some(words)),
            Ran::Badly(words) => Err(self.failed(words)),
        }
    }

    /// Has the credential of a server forgotten. As [`Helper::store`], it may refuse.
    pub(super) async fn erase(&self, server: &str) -> Result<Option<String>, Error> {
        match self.run("erase", server.as_bytes()).await? {
            Ran::Well(_) => Ok(None),
            Ran::Badly(words) if is_absence(&words) => Ok(None),
            Ran::Badly(words) if is_refusal(&words) => Ok(Some(words)),
            Ran::Badly(words) => Err(self.failed(words)),
        }
    }

    async fn run(&self, command: &str, input: &[u8]) -> Result<Ran, Error> {
        let run = self.run_to_the_end(command, input);
        match tokio::time::timeout(self.limit, run).await {
            Ok(result) => result.map_err(|error| self.failed(error.to_string())),
            Err(_) => Err(self.failed(format!("it did not end within {} s", self.limit.as_secs()))),
        }
    }

    async fn run_to_the_end(&self, command: &str, input: &[u8]) -> std::io::Result<Ran> {
        let mut child = Command::new(&self.path)
            .arg(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (mut stdin, stdout, stderr) = (
            child.stdin.take().expect("asked for a pipe"),
            child.stdout.take().expect("asked for a pipe"),
            child.stderr.take().expect("asked for a pipe"),
        );
        // One that does not read its input may be gone before it is written.
        drop(stdin.write_all(input).await);
        drop(stdin);
        let (mut output, mut words) = (Vec::new(), Vec::new());
        let (mut stdout, mut stderr) = (stdout.take(MAX_ANSWER), stderr.take(MAX_ANSWER));
        let read = async {
            tokio::try_join!(stdout.read_to_end(&mut output), stderr.read_to_end(&mut words))
        };
        read.await?;
        if child.wait().await?.success() {
            return Ok(Ran::Well(output));
        }
        // Helpers put their reason on either; only the first line is told.
        let said = if output.trim_ascii().is_empty() { &words } else { &output };
        let said = String::from_utf8_lossy(said);
        Ok(Ran::Badly(said.trim().lines().next().unwrap_or("it failed without a word").to_owned()))
    }

    fn failed(&self, problem: String) -> Error {
        Error::Helper { program: self.program.clone(), problem }
    }
}

/// The words by which helpers say that they have no credential.
fn is_absence(words: &str) -> bool {
    words.contains("credentials not found")
        || words.contains("The specified item could not be found")
}

/// The words by which helpers that make credentials themselves say that they keep none.
fn is_refusal(words: &str) -> bool {
    let words = words.to_lowercase();
    ["not implemented", "not supported", "unsupported"].iter().any(|sign| words.contains(sign))
}

fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let mut name = OsString::from(program);
    name.push(std::env::consts::EXE_SUFFIX);
    folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file())
}
