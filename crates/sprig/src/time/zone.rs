//! Time zones.

use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A time zone.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// UTC.
    Utc,
    /// A zone of the database.
    Named {
        /// Its name, `Local` for the one of the machine.
        name: Rc<str>,
        /// Its rules.
        rules: TimeZone,
    },
    /// An offset that never changes.
    Fixed {
        /// Its abbreviation, maybe empty.
        name: Rc<str>,
        /// Seconds to the east of Greenwich.
        offset: i64,
    },
}

/// What a zone is at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) abbreviation: String,
    /// Seconds to the east of Greenwich.
    pub(super) offset: i64,
    pub(super) is_summer: bool,
}

impl Zone {
    /// A zone by its name in the database, in the very case that it has there.
    pub(super) fn named(name: &str) -> Option<Self> {
        if name.is_empty() || name == "UTC" {
            return Some(Self::Utc);
        }
        if name.contains("..") || name.starts_with(['/', '\\']) {
            return None;
        }
        let rules = TimeZone::get(name).ok()?;
        (rules.iana_name() == Some(name)).then(|| Self::Named { name: name.into(), rules })
    }

    /// The machine's zone by its name in the database. If there is no such zone, it is one like UTC:
    /// not UTC itself, which makes times that are printed or compared by their fields differ.
    pub(super) fn local(name: &str) -> Self {
        match Self::named(name) {
            Some(Self::Named { rules, .. }) => Self::Named { name: "Local".into(), rules },
            _ => Self::Named { name: "UTC".into(), rules: TimeZone::UTC },
        }
    }

    /// What `Location.String` answers.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Named { name, .. } | Self::Fixed { name, .. } => name,
        }
    }

    /// What the zone is at a time in seconds since 1970.
    pub(super) fn at(&self, seconds: i64) -> Local {
        match self {
            Self::Utc => Local { abbreviation: "UTC".into(), offset: 0, is_summer: false },
            Self::Fixed { name, offset } => {
                Local { abbreviation: (&**name).into(), offset: *offset, is_summer: false }
            }
            Self::Named { rules, .. } => {
                let range = Timestamp::MIN.as_second() + 1..=Timestamp::MAX.as_second() - 1;
                let seconds = seconds.clamp(*range.start(), *range.end());
                let info =
                    rules.to_offset_info(Timestamp::from_second(seconds).unwrap_or_default());
                Local {
                    abbreviation: info.abbreviation().to_owned(),
                    offset: info.offset().seconds().into(),
                    is_summer: info.dst().is_dst(),
                }
            }
        }
    }

    /// The offset of an abbreviation, best the one in force at a clock time.
    pub(super) fn offset_of(&self, abbreviation: &str, clock: i64) -> Option<i64> {
        const HALF_YEAR: i64 = 182 * 86_400;
        let places = [clock, clock - HALF_YEAR, clock + HALF_YEAR];
        let found = places.into_iter().map(|seconds| self.at(seconds));
        found.into_iter().find(|local| local.abbreviation == abbreviation).map(|local| local.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_names_in_one_case() {
        let zone = Zone::named("Europe/Berlin").expect("in every database");
        assert_eq!(zone.at(1_700_000_000).abbreviation, "CET");
        assert_eq!(zone.at(1_720_000_000).offset, 7200);
        assert!(Zone::named("europe/berlin").is_none());
        assert!(Zone::named("../UTC").is_none());
    }
}
