use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use rhumb_testkit::program;

/// A folder in which Helm and Rhumb are asked the same.
pub(crate) struct Beside(tempfile::TempDir);

/// Exit code, output, and errors without our hints.
pub(crate) type Answer = (Option<i32>, String, Vec<String>);

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

    /// Asks both, and compares their answers.
    #[track_caller]
    pub(crate) fn compare(&self, words: &[&str]) {
        assert_eq!(self.ask(&rhumb(), words), self.ask(&program("helm"), words), "{words:?}");
    }

    /// Asks Helm.
    pub(crate) fn helm(&self, words: &[&str]) -> Answer {
        self.ask(&program("helm"), words)
    }

    /// Asks Rhumb.
    pub(crate) fn rhumb(&self, words: &[&str]) -> Answer {
        self.ask(&rhumb(), words)
    }

    /// Asks Helm and then Rhumb, each without what is in a folder.
    pub(crate) fn ask_both(&self, words: &[&str], without: &str) -> (Answer, Answer) {
        let ask = |program: &Path| {
            fs::remove_dir_all(self.path().join(without)).ok();
            self.ask(program, words)
        };
        (ask(&program("helm")), ask(&rhumb()))
    }

    /// Asks both, and compares their answers and what is in a folder then.
    #[track_caller]
    pub(crate) fn compare_files(&self, words: &[&str], folder: &str) {
        self.compare_files_by(words, folder, |_, bytes| bytes.to_vec());
    }

    /// The same, but of each file only what `shown` makes of it is compared. What Rhumb made stays.
    #[track_caller]
    pub(crate) fn compare_files_by(
        &self,
        words: &[&str],
        folder: &str,
        shown: fn(&str, &[u8]) -> Vec<u8>,
    ) {
        let folder = self.path().join(folder);
        let look = || -> BTreeMap<String, Vec<u8>> {
            let found = files(&folder).into_iter();
            found.map(|(path, bytes)| (path.clone(), shown(&path, &bytes))).collect()
        };
        let before = files(&folder);
        let helm = (self.ask(&program("helm"), words), look());
        fs::remove_dir_all(&folder).expect("a folder");
        for (path, text) in before {
            self.write(&path, text);
        }
        assert_eq!((self.ask(&rhumb(), words), look()), helm, "{words:?}");
    }

    fn ask(&self, program: &Path, words: &[&str]) -> Answer {
        let mut command = Command::new(program);
        command.args(words).current_dir(self.path()).env_clear().env("HOME", self.path());
        command.env("PATH", "/usr/bin:/bin").env("HELM_PLUGINS", self.path().join("plugins"));
        let output = command.output().expect("the program runs");
        let text = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            // Some texts of Helm's have its name whatever the program is called.
            text.replace("rhumb ", "PROGRAM ").replace("helm ", "PROGRAM ")
        };
        let errors = text(&output.stderr);
        let errors = errors.lines().filter(|line| !line.starts_with("hint: ")).map(str::to_owned);
        (output.status.code(), text(&output.stdout), errors.collect())
    }
}

fn rhumb() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_rhumb").into()
}

/// The texts of all files in a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = fs::read(&path).expect("a file");
            found.insert(path.display().to_string(), text);
        }
    }
    found
}
