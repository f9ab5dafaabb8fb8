use std::str::FromStr;

/// One value of a list flag, which may itself be a list: `--group a,b --group c`.
///
/// A value is one line of comma-separated values, so an entry in double quotes may hold commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strings(Vec<String>);

impl Strings {
    /// Joins the values of all repetitions.
    pub(crate) fn flatten(lists: Vec<Self>) -> Vec<String> {
        lists.into_iter().flat_map(|list| list.0).collect()
    }
}

impl FromStr for Strings {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut entries = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (entry, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted_entry(quoted)?,
                None => plain_entry(rest)?,
            };
            entries.push(entry);
            match after.strip_prefix(',') {
                Some("") => {
                    entries.push(String::new());
                    break;
                }
                Some(after) => rest = after,
                None => break,
            }
        }
        Ok(Self(entries))
    }
}

fn plain_entry(text: &str) -> Result<(String, &str), String> {
    let end = text.find(',').unwrap_or(text.len());
    let (entry, after) = text.split_at(end);
    match entry.find('"') {
        Some(column) => Err(format!(
            "parse error on line 1, column {}: bare \" in non-quoted-field",
            column + 1
        )),
        None => Ok((entry.to_owned(), after)),
    }
}

/// Reads up to the closing quote, where two quotes stand for one.
fn quoted_entry(text: &str) -> Result<(String, &str), String> {
    let mut entry = String::new();
    let mut rest = text;
    loop {
        let end = rest
            .find('"')
            .ok_or("parse error on line 1: extraneous or missing \" in quoted-field")?;
        entry.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                entry.push('"');
                rest = after;
            }
            None if rest.is_empty() || rest.starts_with(',') => return Ok((entry, rest)),
            None => {
                return Err(
                    "parse error on line 1: extraneous or missing \" in quoted-field".into()
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn splits_at_commas_outside_quotes() {
        let read = |text: &str| Strings::flatten(vec![text.parse().unwrap()]);
        assert_eq!(read("a,b"), ["a", "b"]);
        assert_eq!(read("\"a,b\",c"), ["a,b", "c"]);
        assert_eq!(read("\"a\"\"b\""), ["a\"b"]);
        assert_eq!(read("a,"), ["a", ""]);
        assert!(read("").is_empty());
        assert!("a\"b".parse::<Strings>().is_err());
    }
}
