use std::str::FromStr;

use super::{Strings, quote};

/// The labels of a release: `name=value` with commas between. They are looked at, and not kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels;

impl FromStr for Labels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = |pair: &str| format!("{pair} must be formatted as key=value");
        let pairs = match text.matches('=').count() {
            0 => return Err(wrong(text)),
            1 => return Ok(Self),
            _ => Strings::flatten(vec![text.parse()?]),
        };
        let odd = pairs.iter().find(|pair| !pair.contains('='));
        odd.map_or(Ok(Self), |pair| Err(wrong(pair)))
    }
}

/// What to wait for: `watcher`, `hookOnly`, `legacy`, or the truth values of old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    Named,
    /// A truth value, and the word for it.
    Boolean(&'static str, &'static str),
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
        assert!("a=b".parse::<Labels>().is_ok() && "a=b,c=d".parse::<Labels>().is_ok());
        let error = |text: &str| text.parse::<Labels>().unwrap_err();
        assert_eq!(error("a"), "a must be formatted as key=value");
        assert_eq!(error("a=b,c=d,e"), "e must be formatted as key=value");
    }
}
