use std::str::FromStr;

use super::quote;

/// A yes-or-no flag: `--verify`, `--verify=false`, `--verify=1`, `--verify=T`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Switch(bool);

impl Switch {
    /// Whether the flag is on.
    pub(crate) fn on(self) -> bool {
        self.0
    }
}

impl FromStr for Switch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(Self(true)),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(Self(false)),
            _ => Err(format!("strconv.ParseBool: parsing {}: invalid syntax", quote(text))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Switch;

    #[test]
    fn reads_the_words_that_go_reads() {
        for (text, want) in [("1", true), ("T", true), ("False", false), ("f", false)] {
            assert_eq!(text.parse::<Switch>().unwrap().on(), want);
        }
        let error = "yes".parse::<Switch>().unwrap_err();
        assert_eq!(error, "strconv.ParseBool: parsing \"yes\": invalid syntax");
        assert!("tRUE".parse::<Switch>().is_err());
    }
}
