use std::fs;
use std::path::Path;
use std::process::Command;

use rhumb_testkit::program;

/// A folder in which Helm and Rhumb are asked the same.
pub(crate) struct Beside(tempfile::TempDir);

impl Beside {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// Asks both, and compares exit code, output, and errors without our hints.
    #[track_caller]
    pub(crate) fn compare(&self, words: &[&str]) {
        let ask = |program: &Path| {
            let mut command = Command::new(program);
            command.args(words).current_dir(self.path()).env_clear().env("HOME", self.path());
            command.env("PATH", "/usr/bin:/bin").env("HELM_PLUGINS", self.path().join("plugins"));
            let output = command.output().expect("the program runs");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            let errors: Vec<_> = errors
                .lines()
                .filter(|line| !line.starts_with("hint: "))
                .map(str::to_owned)
                .collect();
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), errors)
        };
        let helm = ask(&program("helm"));
        assert_eq!(ask(Path::new(env!("CARGO_BIN_EXE_rhumb"))), helm, "{words:?}");
    }
}
