use rhumb_report::{Diagnose, disk_hints};

use super::{ArchiveError, FolderError};

/// What to do about something that is no packed chart.
pub(crate) const NOT_PACKED: &str =
    "this is not a packed chart: give a chart's folder, or an archive that `package` made";

/// What to do about an archive that looks like an attack.
pub(crate) const SUSPICIOUS: &str =
    "do not use this archive unless its maker can tell why it is so";

impl Diagnose for FolderError {
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Read { error, .. } | Self::File { error, .. } => return disk_hints(error),
            Self::Link { .. } | Self::LinkEnd { .. } | Self::Links { .. } => {
                "remove the link, or let it lead to a file that is there"
            }
            Self::Outside { .. } => "put a copy into the chart, or name it in .helmignore",
            Self::Irregular { .. } => "remove it, or name it in .helmignore",
            Self::TooLarge { .. } => "name what the chart does not need in .helmignore",
            Self::TooDeep { .. } => "a link may lead to a folder that it is in: remove it",
            Self::Ignore(_) => "correct .helmignore",
        };
        vec![hint.to_owned()]
    }
}

impl Diagnose for ArchiveError {
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Yaml { .. } | Self::Kind { .. } | Self::Nothing | Self::Header | Self::Empty => {
                NOT_PACKED
            }
            Self::Broken(_) => "the archive is damaged or cut short: fetch it again",
            Self::TooLarge
            | Self::Absolute
            | Self::OutsideBase { .. }
            | Self::Parent
            | Self::Drive
            | Self::NotInBase
            | Self::Link { .. } => SUSPICIOUS,
        };
        vec![hint.to_owned()]
    }
}
