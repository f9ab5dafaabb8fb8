use std::cmp::Ordering;

use crate::scan::{self, Piece};
use crate::version::compare_prereleases;
use crate::{Error, Version};

/// A range: alternatives separated by `||`, each some comparisons that must all hold.
///
/// Pre-releases satisfy an alternative only if one of its comparisons names a pre-release.
///
/// ```
/// # use rhumb_semver::{Constraint, Version};
/// let range = Constraint::parse("^1.2 || 3.x").unwrap();
/// assert!(range.check(&Version::parse("1.9.0").unwrap()));
/// assert!(!range.check(&Version::parse("1.9.0-rc.1").unwrap()));
/// ```
#[derive(Clone, Debug)]
pub struct Constraint {
    groups: Vec<Group>,
}

#[derive(Clone, Debug)]
struct Group {
    comparisons: Vec<Comparison>,
    takes_prereleases: bool,
}

#[derive(Clone, Debug)]
struct Comparison {
    operator: Operator,
    version: Version,
    /// A number is missing or a wildcard.
    is_pattern: bool,
    any_minor: bool,
    any_patch: bool,
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Tilde,
    Caret,
}

impl Constraint {
    /// The longest range text, in bytes; longer ones are refused unread.
    pub const MAX_BYTES: usize = 512;

    /// The most alternatives a range may have.
    pub const MAX_GROUPS: usize = 32;

    /// Parses a range.
    ///
    /// # Errors
    ///
    /// [`Error::Improper`] and the like, with the alternative that is off.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > Self::MAX_BYTES {
            return Err(Error::ConstraintTooLong);
        }
        let text = scan::rewrite_hyphens(text);
        if text.split("||").count() > Self::MAX_GROUPS {
            return Err(Error::TooManyGroups);
        }
        let groups = text.split("||").map(Group::parse).collect::<Result<_, _>>()?;
        Ok(Self { groups })
    }

    /// Whether `version` is in the range.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| group.check(version))
    }
}

impl Group {
    fn parse(text: &str) -> Result<Self, Error> {
        let pieces = scan::pieces(text).ok_or_else(|| Error::Improper(text.to_owned()))?;
        let comparisons =
            pieces.into_iter().map(Comparison::parse).collect::<Result<Vec<_>, _>>()?;
        let takes_prereleases =
            comparisons.iter().any(|comparison| !comparison.version.prerelease.is_empty());
        Ok(Self { comparisons, takes_prereleases })
    }

    fn check(&self, version: &Version) -> bool {
        (version.prerelease.is_empty() || self.takes_prereleases)
            && self.comparisons.iter().all(|comparison| comparison.check(version))
    }
}

impl Comparison {
    fn parse(piece: Piece<'_>) -> Result<Self, Error> {
        let numbers = piece.version;
        let any = |part: &str| matches!(part, "" | "x" | "X" | "*");
        let dash = if numbers.prerelease.is_empty() { "" } else { "-" };
        let suffix = format!("{dash}{}", numbers.prerelease);
        let any_major = any(numbers.major);
        let any_minor = !any_major && any(numbers.minor);
        let any_patch = !any_major && !any_minor && any(numbers.patch);
        let text = if any_major {
            format!("0.0.0{suffix}")
        } else if any_minor {
            format!("{}.0.0{suffix}", numbers.major)
        } else if any_patch {
            format!("{}.{}.0{suffix}", numbers.major, numbers.minor)
        } else {
            numbers.text.to_owned()
        };
        let operator = match piece.operator {
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            ">=" | "=>" => Operator::GreaterOrEqual,
            "<" => Operator::Less,
            "<=" | "=<" => Operator::LessOrEqual,
            "~" | "~>" => Operator::Tilde,
            "^" => Operator::Caret,
            _ => Operator::Equal,
        };
        Ok(Self {
            operator,
            version: Version::parse(&text).map_err(|_| Error::Parser)?,
            is_pattern: any_major || any_minor || any_patch,
            any_minor,
            any_patch,
        })
    }

    fn check(&self, version: &Version) -> bool {
        let order = version.cmp(&self.version);
        match self.operator {
            Operator::Equal if self.is_pattern => self.tilde(version),
            Operator::Equal => order.is_eq(),
            Operator::NotEqual => self.differs(version),
            Operator::Greater => self.is_below(version),
            Operator::GreaterOrEqual => order.is_ge(),
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => self.is_at_or_above(version, order),
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn differs(&self, version: &Version) -> bool {
        let want = &self.version;
        if !self.is_pattern {
            return version != want;
        }
        if want.major != version.major {
            return true;
        }
        if self.any_minor {
            return false;
        }
        if want.minor != version.minor {
            return true;
        }
        if self.any_patch {
            return compare_prereleases_as_parts(&version.prerelease, &want.prerelease).is_ne();
        }
        if want.patch != version.patch {
            return true;
        }
        version != want
    }

    /// `>`: a pattern such as `>11` means 12 and up, not 11.0.1.
    fn is_below(&self, version: &Version) -> bool {
        let want = &self.version;
        match version.major.cmp(&want.major) {
            _ if !self.is_pattern => version > want,
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal if self.any_minor => false,
            Ordering::Equal if self.any_patch => version.minor > want.minor,
            Ordering::Equal => version > want,
        }
    }

    /// `<=`: a pattern such as `<=11` takes all of 11.
    fn is_at_or_above(&self, version: &Version, order: Ordering) -> bool {
        let want = &self.version;
        if !self.is_pattern {
            return order.is_le();
        }
        version.major < want.major
            || version.major == want.major && (self.any_minor || version.minor <= want.minor)
    }

    fn tilde(&self, version: &Version) -> bool {
        let want = &self.version;
        if version < want {
            return false;
        }
        let zero = (want.major, want.minor, want.patch) == (0, 0, 0);
        if zero && !self.any_minor && !self.any_patch {
            return true;
        }
        version.major == want.major && (self.any_minor || version.minor == want.minor)
    }

    fn caret(&self, version: &Version) -> bool {
        let want = &self.version;
        if version < want {
            return false;
        }
        if want.major > 0 || self.any_minor {
            return version.major == want.major;
        }
        if version.major > 0 {
            return false;
        }
        if want.minor > 0 || self.any_patch {
            return version.minor == want.minor;
        }
        version.minor == 0 && version.patch == want.patch
    }
}

/// Part by part even where one side has none: a missing pre-release counts as lowest here.
fn compare_prereleases_as_parts(left: &str, right: &str) -> Ordering {
    if left.is_empty() || right.is_empty() {
        return left.len().cmp(&right.len());
    }
    compare_prereleases(left, right)
}
