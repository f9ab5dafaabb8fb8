use std::fs;
use std::path::Path;

use super::{Home, PASSWORD, Ran};

/// The folder to download to, which stays empty.
pub(crate) const OUT: &str = "out";

/// The base64 form of `alice:` and [`PASSWORD`], as the file of logins has it.
const ENCODED: &str = "YWxpY2U6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5";

/// What a user is told.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The line after `Error: `.
    pub(crate) message: String,
    /// The lines after `hint: `.
    pub(crate) hints: Vec<String>,
}

impl Failure {
    /// Checks both parts of what is said.
    #[track_caller]
    pub(crate) fn says(&self, message: &str, hint: &str) {
        assert!(self.message.contains(message), "{self:?} without {message:?}");
        assert!(self.hints.iter().any(|line| line.contains(hint)), "{self:?} without {hint:?}");
    }
}

/// Runs a command that must fail by the rules: exit code 1, one line of error, then hints,
/// nothing in [`OUT`], no unfinished file anywhere, no secret.
#[track_caller]
pub(crate) fn fails(home: &Home, words: &[&str]) -> Failure {
    fs::create_dir_all(home.join(OUT)).unwrap();
    fs::create_dir_all(home.join("tmp")).unwrap();
    let mut command = home.command(words);
    let ran = Ran::of(command.env("TMPDIR", home.join("tmp")).output().unwrap());
    let failure = fails_as(ran);
    assert_eq!(home.list(OUT), [""; 0], "{failure:?}");
    assert_eq!(left_over(home.path()), [""; 0], "{failure:?}");
    failure
}

/// Checks what a command printed.
#[track_caller]
pub(crate) fn fails_as(ran: Ran) -> Failure {
    let text = ran.error();
    for secret in [PASSWORD, ENCODED] {
        assert!(!text.contains(secret), "{text}");
    }
    let mut lines = text.lines().skip_while(|line| line.starts_with("level=INFO "));
    let message = lines.next().and_then(|line| line.strip_prefix("Error: "));
    let message = message.unwrap_or_else(|| panic!("not an error: {text}")).to_owned();
    assert!(message.len() < 600, "too long for one line: {text}");
    let hint = |line: &str| match line.strip_prefix("hint: ") {
        Some(hint) => hint.to_owned(),
        None => panic!("more than one line: {text}"),
    };
    let hints: Vec<_> = lines.map(hint).collect();
    assert!(!hints.is_empty(), "no next step: {text}");
    Failure { message, hints }
}

/// The unfinished files in a folder and all below it.
pub(crate) fn left_over(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let parent = path.parent().unwrap().file_name();
        let in_temporary = parent.is_some_and(|parent| parent == "tmp");
        if in_temporary
            || name.starts_with(".rhumb-")
            || name.starts_with(".tmp")
            || name.starts_with(".unpack-")
        {
            found.push(path.display().to_string());
        }
        if path.is_dir() && !path.is_symlink() {
            found.extend(left_over(&path));
        }
    }
    found
}
