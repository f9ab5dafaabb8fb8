use std::str::FromStr;

use super::{Strings, quote};

/// The labels of a release: `name=value` with commas between. They are looked at, and not kept.
#[derive(Clone, Debug)]
pub(crate) struct Labels(pub(crate) Vec<String>);

impl FromStr for Labels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pairs = match text.matches('=').count() {
            0 | 1 => vec![text.to_owned()],
            _ => Strings::flatten(vec![text.parse()?]),
        };
        let name = |pair: &String| {
            let (name, _) = pair
                .split_once('=')
                .ok_or_else(|| format!("{pair} must be formatted as key=value"))?;
            Ok(name.to_owned())
        };
        pairs.iter().map(name).collect::<Result<_, _>>().map(Self)
    }
}

/// What to wait for: `watcher`, `hookOnly`, `legacy`, or the truth values of old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    Named,
    /// A truth value, and the word for it.
    Boolean(&'static str, &'static str),
}

impl Wait {
    /// What Helm says about a value that is not used any more.
    pub(crate) fn warning(self) -> Option<String> {
        let Self::Boolean(given, better) = self else { return None };
        Some(format!(
            "level=WARN msg=\"--wait={given} is deprecated (boolean value) and can be replaced with --wait={better}\""
        ))
    }
}

impl FromStr for Wait {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "watcher" | "hookOnly" | "legacy" => Ok(Self::Named),
            "true" => Ok(Self::Boolean("true", "watcher")),
            "false" => Ok(Self::Boolean("false", "hookOnly")),
            _ => Err(format!(
                "invalid wait input {}. Valid inputs are watcher, hookOnly, and legacy",
                quote(text)
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_pairs() {
        let names = |text: &str| text.parse::<Labels>().unwrap().0;
        assert_eq!(
            (names("a=b,c"), names("a=b,c=d")),
            (vec!["a".to_owned()], vec!["a".to_owned(), "c".to_owned()])
        );
        let error = |text: &str| text.parse::<Labels>().unwrap_err();
        assert_eq!(error("a"), "a must be formatted as key=value");
        assert_eq!(error("a=b,c=d,e"), "e must be formatted as key=value");
    }
}
