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
            // Columns count from the start of the line.
            let column = text.len() - rest.len() + 1;
            let read = match rest.strip_prefix('"') {
                Some(quoted) => quoted_entry(quoted)
                    .map_err(|at| (column + 1 + at, "extraneous or missing \" in quoted-field")),
                None => {
                    plain_entry(rest).map_err(|at| (column + at, "bare \" in non-quoted-field"))
                }
            };
            let (entry, after) = read.map_err(|(column, why)| {
                format!("parse error on line 1, column {column}: {why}")
            })?;
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

/// Reads up to the comma, or tells where a quote is.
fn plain_entry(text: &str) -> Result<(String, &str), usize> {
    let end = text.find(',').unwrap_or(text.len());
    let (entry, after) = text.split_at(end);
    match entry.find('"') {
        Some(at) => Err(at),
        None => Ok((entry.to_owned(), after)),
    }
}

/// Reads up to the closing quote, where two quotes stand for one, or tells where it is not.
fn quoted_entry(text: &str) -> Result<(String, &str), usize> {
    let mut entry = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('"').ok_or(text.len())?;
        entry.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                entry.push('"');
                rest = after;
            }
            None if rest.is_empty() || rest.starts_with(',') => return Ok((entry, rest)),
            None => return Err(text.len() - rest.len() - 1),
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
        let error = |text: &str| text.parse::<Strings>().unwrap_err();
        assert_eq!(error("x,a\"b"), "parse error on line 1, column 4: bare \" in non-quoted-field");
        let quoted = |column| {
            format!(
                "parse error on line 1, column {column}: extraneous or missing \" in quoted-field"
            )
        };
        assert_eq!([error("\"a"), error("\"a\"b")], [quoted(3), quoted(3)]);
    }
}
