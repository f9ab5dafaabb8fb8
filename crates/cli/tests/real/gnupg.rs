use std::fs;
use std::path::Path;
use std::process::Command;

use rhumb_testkit::program;

use crate::beside_helm::Beside;

/// Keys, by what they are called in their addresses, with their kind and how long they are good.
pub(crate) const KEYS: &[(&str, &str, &str)] = &[
    ("rsa", "rsa2048", "never"),
    ("ed", "ed25519", "never"),
    ("dsa", "dsa2048", "never"),
    ("p256", "nistp256", "never"),
    ("old", "ed25519", "1d"),
    ("gone", "ed25519", "never"),
];

/// A home of GnuPG, whose keys are in files of the folder that both programs work in.
pub(crate) struct Keys<'b> {
    pub(crate) beside: &'b Beside,
    home: tempfile::TempDir,
}

impl<'b> Keys<'b> {
    pub(crate) fn new(beside: &'b Beside) -> Self {
        let keys = Self { beside, home: tempfile::tempdir().expect("a folder") };
        for (name, kind, until) in KEYS {
            let user = format!("{name} <{name}@example.com>");
            keys.gpg(&["--quick-generate-key", &user, kind, "sign", until]);
        }
        keys.gpg(&["--quick-add-uid", "rsa@example.com", "Second (name) <two@example.com>"]);
        for (name, ..) in KEYS {
            keys.export(name, &["--export", &format!("{name}@example.com")]);
        }
        let two = ["--export", "rsa@example.com", "ed@example.com"];
        keys.export("armored", &[&["--armor"], &two[..]].concat());
        keys.export("secret", &["--export-secret-keys"]);
        keys.revoke("gone");
        let read = |(name, ..): &(&str, _, _)| fs::read(beside.path().join(name)).expect("keys");
        beside.write("all", KEYS.iter().flat_map(read).collect::<Vec<u8>>());
        // Keys of all kinds, none of which was taken back.
        let keybox = fs::read(keys.home.path().join("pubring.kbx")).expect("a keybox");
        beside.write("keybox", keybox);
        beside.write("empty", "");
        beside.write("bad", "no keys\n");
        beside
            .write("bad-armor", "-----BEGIN PGP MESSAGE-----\n\nAAEC\n-----END PGP MESSAGE-----\n");
        keys
    }

    fn gpg(&self, words: &[&str]) -> Vec<u8> {
        self.gpg_at(self.home.path(), words)
    }

    fn gpg_at(&self, home: &Path, words: &[&str]) -> Vec<u8> {
        let mut command = Command::new(program("gpg"));
        command.args(["--batch", "--quiet", "--yes", "--no-tty", "--pinentry-mode", "loopback"]);
        // So that keys are not younger than the signatures, and one is past its time.
        command.args(["--passphrase", "", "--faked-system-time", "20250101T000000!"]);
        command.env("GNUPGHOME", home).current_dir(self.beside.path());
        let output = command.args(words).output().expect("gpg runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {errors}");
        output.stdout
    }

    fn export(&self, name: &str, words: &[&str]) {
        self.beside.write(name, self.gpg(words));
    }

    fn revoke(&self, name: &str) {
        let listed = self.gpg(&["--with-colons", "--list-keys", &format!("{name}@example.com")]);
        let listed = String::from_utf8(listed).expect("text");
        let line = listed.lines().find(|line| line.starts_with("fpr:")).expect("a fingerprint");
        let fingerprint = line.split(':').nth(9).expect("a fingerprint");
        let path = format!("openpgp-revocs.d/{fingerprint}.rev");
        let text = fs::read_to_string(self.home.path().join(path)).expect("a revocation");
        // Elsewhere, as here it still has to sign.
        let home = tempfile::tempdir().expect("a folder");
        self.beside.write("revocation", text.replace(":-----", "-----"));
        self.gpg_at(home.path(), &["--import", name, "revocation"]);
        self.beside.write(name, self.gpg_at(home.path(), &["--export"]));
    }

    /// Signs a text as gpg does.
    pub(crate) fn sign(&self, name: &str, text: &str, more: &[&str]) -> String {
        self.beside.write("text", text);
        let user = format!("{name}@example.com");
        let signed = self.gpg(&[more, &["-u", &user, "--clearsign", "-o", "-", "text"]].concat());
        String::from_utf8(signed).expect("text")
    }
}

impl Drop for Keys<'_> {
    fn drop(&mut self) {
        // Its agent would stay.
        Command::new("gpgconf")
            .env("GNUPGHOME", self.home.path())
            .args(["--kill", "all"])
            .status()
            .ok();
    }
}
