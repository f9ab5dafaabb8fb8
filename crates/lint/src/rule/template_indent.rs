use rhumb_value::quote::quote;

/// The first line that is not blank has no indent.
pub(super) fn check(text: &str) -> Option<String> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    line.starts_with([' ', '\t']).then(|| {
        let line = quote(line.as_bytes());
        format!("document starts with an illegal indent: {line}, which may cause parsing problems")
    })
}
