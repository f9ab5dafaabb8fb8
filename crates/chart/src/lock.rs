//! `Chart.lock`: the versions that dependencies were found in.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::metadata::{Reader, Target};
use crate::print_json::{self, Object};
use crate::time::{Time, TimeError};
use crate::values::{Data, Node};
use crate::{Dependency, TypeError};

/// The versions that a chart's dependencies were found in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// When it was made.
    pub generated: Time,
    /// What it was made from, see [`requirements_digest`].
    pub digest: String,
    /// One exact version for each dependency.
    pub dependencies: Vec<Dependency>,
    /// What is wrong with the time.
    time_error: Option<TimeError>,
    /// Whether there is a list at all; Go prints `null` for none.
    has_dependencies: bool,
}

/// Why a lock cannot be read, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// A value of the wrong type.
    #[error(transparent)]
    Type(#[from] TypeError),
    /// A time that is none.
    #[error(transparent)]
    Time(#[from] TimeError),
}

impl Lock {
    /// A lock of these dependencies.
    pub fn new(generated: Time, digest: String, dependencies: Vec<Dependency>) -> Self {
        Self { generated, digest, dependencies, time_error: None, has_dependencies: true }
    }

    pub(crate) fn read(node: &Node) -> Result<Self, LockError> {
        let mut lock = Self::default();
        Reader::document(node, &mut lock)?;
        lock.time_error.take().map_or(Ok(lock), |error| Err(error.into()))
    }

    /// Prints Helm's JSON.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        let mut object = Object::new(&mut out);
        object.field("generated", |out| print_json::text(out, &self.generated.to_string()));
        object.field("digest", |out| print_json::text(out, &self.digest));
        object.field("dependencies", |out| {
            print_list(out, self.has_dependencies.then_some(&*self.dependencies));
        });
        object.end();
        out
    }
}

impl Target for Lock {
    const NAME: &'static str = "Lock";
    const FULL_NAME: &'static str = "v2.Lock";
    const KEYS: &'static [&'static str] = &["generated", "digest", "dependencies"];

    fn read(&mut self, reader: &mut Reader, key: &'static str, node: &Node) {
        match key {
            "generated" => match &node.data {
                Data::Null => {}
                Data::Text(_) => match Time::parse(node.as_str().unwrap_or_default()) {
                    Ok(time) => self.generated = time,
                    Err(error) => self.time_error = Some(error),
                },
                _ => self.time_error = Some(TimeError::NotText),
            },
            "digest" => reader.text(node, &mut self.digest),
            _ => {
                let (list, _) = reader.dependencies(node);
                self.has_dependencies = list.is_some();
                self.dependencies = list.unwrap_or_default();
            }
        }
    }
}

fn print_list(out: &mut String, list: Option<&[Dependency]>) {
    match list {
        Some(list) => print_json::list(out, list.iter(), |out, one| one.print_json(out)),
        None => out.push_str("null"),
    }
}

/// The digest by which a lock tells that the dependencies it was made for have changed: of what is
/// asked for and what was found.
pub fn requirements_digest(asked: &[Dependency], found: &[Dependency]) -> String {
    let mut json = String::from("[");
    print_list(&mut json, Some(asked));
    json.push(',');
    print_list(&mut json, Some(found));
    json.push(']');
    digest(&json)
}

/// The digest that Helm 2 made, which is still accepted: only of what is asked for.
pub fn requirements_digest_v2(asked: &[Dependency]) -> String {
    let mut json = String::from("{\"dependencies\":");
    print_list(&mut json, Some(asked));
    json.push('}');
    digest(&json)
}

fn digest(json: &str) -> String {
    let mut digest = String::from("sha256:");
    for byte in Sha256::digest(json) {
        // Writing to a `String` cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
