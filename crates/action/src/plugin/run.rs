use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::process::{Command, Stdio};

use rhumb_report::Diagnose;
use rhumb_value::quote::quote;

use super::{PlatformCommand, Plugin, PluginRuntime};

/// Bytes of a plugin's output that are read at most.
const MAX_OUTPUT: u64 = 512 << 20;
/// Bytes of what a plugin complains that are kept.
const MAX_COMPLAINT: u64 = 4 << 10;

/// Why a plugin did not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PluginRunError {
    /// It has no command for this platform.
    #[error("failed to prepare plugin command: no plugin command is applicable")]
    NoCommand,
    /// The variables of its command left nothing.
    #[error("exec: no command")]
    NoProgram,
    /// It is WebAssembly.
    #[error("plugins with the runtime extism/v1 cannot be used yet")]
    Extism,
    /// Its program is nowhere on the search path.
    #[error("exec: {}: executable file not found in $PATH", quote(.program.as_bytes()))]
    NotFound {
        /// The program.
        program: String,
    },
    /// Its program cannot be started.
    #[error("fork/exec {program}: {}", rhumb_report::system_words(.source))]
    Start {
        /// The program.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// It ended with a code that means failure.
    #[error("plugin {} exited with error", quote(.name.as_bytes()))]
    Failed {
        /// The plugin.
        name: String,
        /// The beginning of what it wrote to standard error.
        complaint: String,
    },
    /// Its output cannot be read.
    #[error("cannot read what the plugin writes: {source}")]
    Read {
        /// What the system says.
        source: io::Error,
    },
    /// It wrote too much.
    #[error("the plugin writes more than the limit of {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
}

impl Diagnose for PluginRunError {
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Failed { complaint, .. } if !complaint.is_empty() => {
                vec![format!("the plugin says: {complaint}")]
            }
            _ => Vec::new(),
        }
    }
}

/// Runs a plugin's process from its start to its end.
pub(super) fn run(
    plugin: &Plugin,
    arguments: &[String],
    environment: &[(OsString, OsString)],
    input: &[u8],
) -> Result<Vec<u8>, PluginRunError> {
    let PluginRuntime::Process(commands) = &plugin.runtime else {
        return Err(PluginRunError::Extism);
    };
    let mut environment = environment.to_vec();
    environment.push(("HELM_PLUGIN_NAME".into(), plugin.name.clone().into()));
    environment.push(("HELM_PLUGIN_DIR".into(), plugin.folder.clone().into()));
    let variable = |name: &str| {
        let found = environment.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let words = PlatformCommand::choose(commands).and_then(|command| command.words(variable));
    let (program, first) = words.ok_or(PluginRunError::NoCommand)?;
    if program.is_empty() {
        return Err(PluginRunError::NoProgram);
    }
    let mut command = Command::new(&program);
    command.args(first).args(arguments).env_clear().envs(environment);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound && !program.contains('/') {
            PluginRunError::NotFound { program }
        } else {
            PluginRunError::Start { program, source }
        }
    })?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (output, complaint) = std::thread::scope(|scope| {
        // A plugin need not read all of its input, so that writing may fail.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let complaint = scope.spawn(move || read_complaint(stderr));
        (read_output(stdout), complaint.join().unwrap_or_default())
    });
    if output.is_err() {
        drop(child.kill());
    }
    let status = child.wait().map_err(|source| PluginRunError::Read { source })?;
    let output = output?;
    if status.success() {
        return Ok(output);
    }
    Err(PluginRunError::Failed { name: plugin.name.clone(), complaint })
}

fn read_output(stdout: Option<impl Read>) -> Result<Vec<u8>, PluginRunError> {
    let mut output = Vec::new();
    if let Some(stdout) = stdout {
        let mut stdout = stdout.take(MAX_OUTPUT + 1);
        stdout.read_to_end(&mut output).map_err(|source| PluginRunError::Read { source })?;
    }
    if output.len() as u64 > MAX_OUTPUT {
        return Err(PluginRunError::TooLarge { limit: MAX_OUTPUT });
    }
    Ok(output)
}

/// Reads all, so that the plugin does not wait, and keeps the beginning, as one line.
fn read_complaint(stderr: Option<impl Read>) -> String {
    let Some(mut stderr) = stderr else { return String::new() };
    let mut text = Vec::new();
    // What cannot be read is not shown.
    drop(stderr.by_ref().take(MAX_COMPLAINT).read_to_end(&mut text));
    drop(io::copy(&mut stderr, &mut io::sink()));
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ").chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}
