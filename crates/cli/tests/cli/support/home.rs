use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A home folder of its own, so that a test sees nothing of the machine's.
pub(crate) struct Home(tempfile::TempDir);

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// The folder in which commands run.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file, with the folders it needs.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(&path, text).expect("a file");
        path
    }

    /// Writes the folder of a chart.
    pub(crate) fn chart(&self, name: &str, version: &str) {
        self.write(
            &format!("{name}/Chart.yaml"),
            format!("apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: \"7\"\n"),
        );
        self.write(&format!("{name}/values.yaml"), "# How many\nreplicas: 1\n");
        self.write(&format!("{name}/README.md"), format!("# {name}\n"));
        self.write(&format!("{name}/templates/a.yaml"), "a: {{ .Values.replicas }}\n");
        self.write(&format!("{name}/crds/crd.yaml"), "kind: CustomResourceDefinition\n");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.join(path)).expect("a text file")
    }

    /// The names in a folder, sorted; hidden ones too.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.join(path)).expect("a folder");
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }

    /// The program, to be called with `words`.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rhumb"));
        command
            .args(words)
            .env_clear()
            .env("HOME", self.path())
            .current_dir(self.path())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        Ran::of(self.command(words).output().expect("the program runs"))
    }

    /// Runs the program with `input` on its standard input.
    pub(crate) fn run_with(&self, words: &[&str], input: &str) -> Ran {
        let input = self.write(".input", input);
        let input = fs::File::open(input).expect("the input");
        Ran::of(self.command(words).stdin(input).output().expect("the program runs"))
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
            code: output.status.code(),
        }
    }

    /// Its output, having ended well.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.stdout
    }

    /// Its complaint, having failed by the rules: exit code 1, nothing on standard output, one
    /// line of error with hints after it.
    #[track_caller]
    pub(crate) fn error(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        self.stderr
    }
}
