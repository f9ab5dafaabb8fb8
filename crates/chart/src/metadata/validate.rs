use std::collections::BTreeSet;

use rhumb_semver::Version;
use rhumb_value::unicode::is_print;

use super::{Dependency, Metadata};
use crate::quote::quote;

/// What is wrong with a chart's metadata, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValidationError {
    /// No `apiVersion`.
    #[error("validation: chart.metadata.apiVersion is required")]
    MissingApiVersion,
    /// No `name`.
    #[error("validation: chart.metadata.name is required")]
    MissingName,
    /// `.` or `..` for a name.
    #[error("validation: chart.metadata.name {} is not allowed", quote(name))]
    ForbiddenName {
        /// The name.
        name: String,
    },
    /// A name that is a path.
    #[error("validation: chart.metadata.name {} is invalid", quote(name))]
    InvalidName {
        /// The name.
        name: String,
    },
    /// No `version`.
    #[error("validation: chart.metadata.version is required")]
    MissingVersion,
    /// A `version` that is none.
    #[error("validation: chart.metadata.version {} is invalid", quote(version))]
    InvalidVersion {
        /// The version.
        version: String,
    },
    /// An unknown `type`.
    #[error("validation: chart.metadata.type must be application or library")]
    InvalidType,
    /// `null` for a maintainer.
    #[error("validation: maintainers must not contain empty or null nodes")]
    NullMaintainer,
    /// `null` for a dependency.
    #[error("validation: dependencies must not contain empty or null nodes")]
    NullDependency,
    /// An alias that is no plain word.
    #[error("validation: dependency {} has disallowed characters in the alias", quote(name))]
    InvalidAlias {
        /// The dependency's name.
        name: String,
    },
    /// Two dependencies that would take the same place.
    #[error("validation: more than one dependency with name or alias {}", quote(name))]
    DuplicateDependency {
        /// The name or alias.
        name: String,
    },
}

impl ValidationError {
    /// The key of `Chart.yaml` that it is about.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::MissingApiVersion => "apiVersion",
            Self::MissingName | Self::ForbiddenName { .. } | Self::InvalidName { .. } => "name",
            Self::MissingVersion | Self::InvalidVersion { .. } => "version",
            Self::InvalidType => "type",
            Self::NullMaintainer => "maintainers",
            Self::NullDependency | Self::InvalidAlias { .. } | Self::DuplicateDependency { .. } => {
                "dependencies"
            }
        }
    }
}

impl Metadata {
    /// Checks the metadata, and takes out of its texts what cannot be printed.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn validate(&mut self) -> Result<(), ValidationError> {
        self.sanitize();
        if self.api_version.is_empty() {
            return Err(ValidationError::MissingApiVersion);
        }
        self.validate_name()?;
        if self.version.is_empty() {
            return Err(ValidationError::MissingVersion);
        }
        if Version::parse(&self.version).is_err() {
            return Err(ValidationError::InvalidVersion { version: self.version.clone() });
        }
        if !matches!(&*self.kind, "" | "application" | "library") {
            return Err(ValidationError::InvalidType);
        }
        if self.nulls.maintainer {
            return Err(ValidationError::NullMaintainer);
        }
        for maintainer in &mut self.maintainers {
            sanitize_all([&mut maintainer.name, &mut maintainer.email, &mut maintainer.url]);
        }
        self.validate_dependencies()
    }

    fn sanitize(&mut self) {
        sanitize_all([
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ]);
        sanitize_all(self.sources.iter_mut().chain(&mut self.keywords));
    }

    fn validate_name(&self) -> Result<(), ValidationError> {
        let name = &self.name;
        if name.is_empty() {
            return Err(ValidationError::MissingName);
        }
        if name == "." || name == ".." {
            return Err(ValidationError::ForbiddenName { name: name.clone() });
        }
        if name.contains('/') {
            return Err(ValidationError::InvalidName { name: name.clone() });
        }
        Ok(())
    }

    fn validate_dependencies(&mut self) -> Result<(), ValidationError> {
        let mut names = BTreeSet::new();
        for (i, dependency) in self.dependencies.iter_mut().flatten().enumerate() {
            if self.nulls.dependency == Some(i) {
                return Err(ValidationError::NullDependency);
            }
            dependency.validate()?;
            let name = dependency.place();
            if !names.insert(name) {
                return Err(ValidationError::DuplicateDependency { name: name.to_owned() });
            }
        }
        if self.nulls.dependency.is_some() {
            return Err(ValidationError::NullDependency);
        }
        Ok(())
    }
}

impl Dependency {
    /// Where it is in its parent: its alias, or else its name.
    pub fn place(&self) -> &str {
        if self.alias.is_empty() { &self.name } else { &self.alias }
    }

    fn validate(&mut self) -> Result<(), ValidationError> {
        sanitize_all([
            &mut self.name,
            &mut self.version,
            &mut self.repository,
            &mut self.condition,
        ]);
        sanitize_all(&mut self.tags);
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !self.alias.bytes().all(allowed) {
            return Err(ValidationError::InvalidAlias { name: self.name.clone() });
        }
        Ok(())
    }
}

fn sanitize_all<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            *text = sanitize(text);
        }
    }
}

/// Makes blanks of white space, and drops what cannot be printed.
fn sanitize(text: &str) -> String {
    let keep = |c: char| {
        if c.is_whitespace() { Some(' ') } else { Some(c).filter(|c| is_print(*c)) }
    };
    text.chars().filter_map(keep).collect()
}
