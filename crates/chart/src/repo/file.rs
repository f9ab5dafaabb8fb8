use rhumb_report::{Diagnose, Span};
use rhumb_yaml::PrintError;

use crate::FileError;
use crate::document;
use crate::metadata::{Reader, Target};
use crate::print_json::{self, Object};
use crate::time::{Time, TimeError};
use crate::values::{Data, Node};

/// A chart repository that its user has named, with what is needed to reach it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ChartRepo {
    /// The name, which charts have before them: `NAME/web`.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The user's name.
    pub username: String,
    /// The password.
    pub password: String,
    /// A certificate to show, a PEM file.
    pub cert_file: String,
    /// Its key.
    pub key_file: String,
    /// Certificate authorities to trust, a PEM file.
    pub ca_file: String,
    /// Whether any certificate will do.
    pub insecure_skip_tls_verify: bool,
    /// Whether servers that the index leads to are sent the password as well.
    pub pass_credentials_all: bool,
}

impl std::fmt::Debug for ChartRepo {
    // It has a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChartRepo").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All chart repositories that a user has named: `repositories.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartRepos {
    api_version: String,
    generated: Time,
    /// The repositories, in the file's order.
    pub repositories: Vec<ChartRepo>,
    time_error: Option<TimeError>,
}

/// Why a list of chart repositories cannot be read, in Helm's words.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartReposError {
    /// It is no YAML, or has values of other types.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its time is none.
    #[error("error unmarshaling JSON: while decoding JSON: {0}")]
    Time(TimeError),
}

impl Diagnose for ChartReposError {
    fn span(&self) -> Option<&Span> {
        if let Self::File(error) = self { error.span() } else { None }
    }
}

impl ChartRepos {
    /// Reads the file; `source` is its name, for places in it.
    ///
    /// # Errors
    ///
    /// If it is no YAML, or values have other types than they must.
    pub fn read(text: &[u8], source: &str) -> Result<Self, ChartReposError> {
        let node = document::parse(text, &std::sync::Arc::from(source)).map_err(FileError::from)?;
        let mut repos = Self::default();
        let read = Reader::document(&node, &mut repos);
        if let Some(error) = repos.time_error.take() {
            return Err(ChartReposError::Time(error));
        }
        read.map_err(FileError::from)?;
        Ok(repos)
    }

    /// The first repository of this name.
    pub fn get_opt(&self, name: &str) -> Option<&ChartRepo> {
        self.repositories.iter().find(|repo| repo.name == name)
    }

    /// Adds a repository, or puts it in the place of the one of its name.
    pub fn set(&mut self, repo: ChartRepo) {
        match self.repositories.iter_mut().find(|known| known.name == repo.name) {
            Some(known) => *known = repo,
            None => self.repositories.push(repo),
        }
    }

    /// Removes the repositories of a name; tells whether there were any.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.repositories.len();
        self.repositories.retain(|repo| repo.name != name);
        self.repositories.len() < before
    }

    /// Prints the file as Helm does.
    ///
    /// # Errors
    ///
    /// If a text has characters that YAML does not.
    pub fn to_yaml(&self) -> Result<String, PrintError> {
        let mut out = String::new();
        let mut object = Object::new(&mut out);
        object.field("apiVersion", |out| print_json::text(out, &self.api_version));
        object.field("generated", |out| print_json::text(out, &self.generated.to_string()));
        object.field("repositories", |out| {
            print_json::list(out, self.repositories.iter(), |out, repo| repo.print_json(out));
        });
        object.end();
        crate::print_yaml::from_json(&out)
    }
}

impl ChartRepo {
    fn print_json(&self, out: &mut String) {
        let Self { name, url, username, password, cert_file, key_file, ca_file, .. } = self;
        let mut object = Object::new(out);
        for (key, value) in [
            ("name", name),
            ("url", url),
            ("username", username),
            ("password", password),
            ("certFile", cert_file),
            ("keyFile", key_file),
            ("caFile", ca_file),
        ] {
            object.field(key, |out| print_json::text(out, value));
        }
        for (key, value) in [
            ("insecure_skip_tls_verify", self.insecure_skip_tls_verify),
            ("pass_credentials_all", self.pass_credentials_all),
        ] {
            object.field(key, |out| out.push_str(if value { "true" } else { "false" }));
        }
        object.end();
    }
}

impl Target for ChartRepos {
    const NAME: &'static str = "File";
    const FULL_NAME: &'static str = "repo.File";
    const KEYS: &'static [&'static str] = &["apiVersion", "generated", "repositories"];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "apiVersion" => reader.text(node, &mut self.api_version),
            "generated" => match super::index::time(node) {
                Ok(time) => self.generated = time.unwrap_or(self.generated),
                Err(error) => self.time_error = self.time_error.take().or(Some(error)),
            },
            _ if matches!(node.data, Data::Null) => self.repositories.clear(),
            _ => {
                // Helm ends in the middle of it where one is `null`.
                let found = reader.objects(node, "[]*repo.Entry").unwrap_or_default();
                self.repositories = found.0;
            }
        }
    }
}

impl Target for ChartRepo {
    const NAME: &'static str = "Entry";
    const FULL_NAME: &'static str = "repo.Entry";
    const KEYS: &'static [&'static str] = &[
        "name",
        "url",
        "username",
        "password",
        "certFile",
        "keyFile",
        "caFile",
        "insecure_skip_tls_verify",
        "pass_credentials_all",
    ];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "name" => reader.text(node, &mut self.name),
            "url" => reader.text(node, &mut self.url),
            "username" => reader.text(node, &mut self.username),
            "password" => reader.text(node, &mut self.password),
            "certFile" => reader.text(node, &mut self.cert_file),
            "keyFile" => reader.text(node, &mut self.key_file),
            "caFile" => reader.text(node, &mut self.ca_file),
            "insecure_skip_tls_verify" => reader.flag(node, &mut self.insecure_skip_tls_verify),
            _ => reader.flag(node, &mut self.pass_credentials_all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_helms_file() {
        let text = "apiVersion: \"\"\ngenerated: \"0001-01-01T00:00:00Z\"\nrepositories:\n- caFile: \"\"\n  certFile: \"\"\n  insecure_skip_tls_verify: false\n  keyFile: \"\"\n  name: foo\n  pass_credentials_all: true\n  password: p\n  url: http://127.0.0.1:18080\n  username: u\n";
        let repos = ChartRepos::read(text.as_bytes(), "f").unwrap();
        let repo = repos.get_opt("foo").unwrap();
        assert!(repo.pass_credentials_all && !repo.insecure_skip_tls_verify);
        assert_eq!(repos.to_yaml().unwrap(), text);
        assert!(!format!("{repos:?}").contains("password"));
    }

    #[test]
    fn problems_are_told_in_helms_words() {
        for (text, want) in [
            ("[]", "json: cannot unmarshal array into Go value of type repo.File"),
            (
                "repositories: 5",
                "json: cannot unmarshal number into Go struct field File.repositories of type []*repo.Entry",
            ),
            (
                "repositories: [5]",
                "json: cannot unmarshal number into Go struct field File.repositories of type repo.Entry",
            ),
            (
                "generated: x",
                "parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
            ),
        ] {
            let error = ChartRepos::read(text.as_bytes(), "f").unwrap_err().to_string();
            assert_eq!(error, format!("error unmarshaling JSON: while decoding JSON: {want}"));
        }
    }
}
