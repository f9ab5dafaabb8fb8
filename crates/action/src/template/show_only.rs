use rhumb_render::resource::split;

use crate::Error;

/// Prints only the documents whose template, within its chart, one of the patterns names.
///
/// # Errors
///
/// If a pattern names none.
pub fn select(text: &str, patterns: &[String]) -> Result<String, Error> {
    let documents: Vec<_> = split(text.as_bytes()).into_iter().map(|range| &text[range]).collect();
    let mut selected = String::new();
    for pattern in patterns {
        let before = selected.len();
        for document in &documents {
            if source(document).is_some_and(|path| matches(pattern, path)) {
                selected.push_str("---\n");
                selected.push_str(document);
                selected.push('\n');
            }
        }
        if selected.len() == before {
            return Err(Error::NoTemplate { path: pattern.clone() });
        }
    }
    Ok(selected)
}

/// The template that a document came from, without the name of the chart before it.
fn source(document: &str) -> Option<&str> {
    document.lines().find_map(|line| {
        let (_, path) = line.split_once("# Source: ")?;
        path.split_once('/').map(|(_, rest)| rest).filter(|rest| !rest.is_empty())
    })
}

/// Whether a shell pattern fits a path; `*` and `?` stay within a folder.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), path.chars().collect());
    let (mut at, mut from) = (0, 0);
    let mut retry = None;
    loop {
        let step = match pattern.get(from) {
            Some('*') => {
                retry = Some((from, at));
                from += 1;
                continue;
            }
            None if at == path.len() => return true,
            None => None,
            Some(_) => path.get(at).and_then(|char| one(&pattern[from..], *char)),
        };
        if let Some(length) = step {
            from += length;
            at += 1;
            continue;
        }
        // The last star takes one more character.
        match retry {
            Some((star, start)) if path.get(start).is_some_and(|char| *char != '/') => {
                retry = Some((star, start + 1));
                from = star + 1;
                at = start + 1;
            }
            _ => return false,
        }
    }
}

/// How much of a pattern fits one character, if it does.
fn one(pattern: &[char], char: char) -> Option<usize> {
    match pattern {
        ['?', ..] => (char != '/').then_some(1),
        ['\\', escaped, ..] => (*escaped == char).then_some(2),
        ['[', rest @ ..] => class(rest, char).map(|length| length + 1),
        [first, ..] => (*first == char).then_some(1),
        [] => None,
    }
}

/// How much of a class, after its bracket, fits a character.
fn class(pattern: &[char], char: char) -> Option<usize> {
    let negated = pattern.first() == Some(&'^');
    let mut at = usize::from(negated);
    let mut found = false;
    let mut first = true;
    while first || *pattern.get(at)? != ']' {
        let low = *pattern.get(at)?;
        let high = match (pattern.get(at + 1), pattern.get(at + 2)) {
            (Some('-'), Some(high)) if *high != ']' => {
                at += 2;
                *high
            }
            _ => low,
        };
        found |= (low..=high).contains(&char);
        at += 1;
        first = false;
    }
    (found != negated && char != '/').then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_the_shell() {
        for (pattern, path, fits) in [
            ("templates/a.yaml", "templates/a.yaml", true),
            ("templates/*.yaml", "templates/a.yaml", true),
            ("templates/*", "templates/tests/a.yaml", false),
            ("templates/[a-c]?.yaml", "templates/b1.yaml", true),
            ("templates/[^a].yaml", "templates/a.yaml", false),
            ("*", "a/b", false),
            ("t*s/*a*.yaml", "templates/bab.yaml", true),
            ("a\\*", "a*", true),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn documents_are_chosen_by_their_template() {
        let text = "---\n# Source: web/templates/a.yaml\na: 1\n---\n# Source: web/charts/db/templates/a.yaml\nb: 1\n";
        let select = |patterns: &[&str]| {
            select(text, &patterns.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(
            select(&["charts/*/templates/a.yaml"]).unwrap(),
            "---\n# Source: web/charts/db/templates/a.yaml\nb: 1\n\n"
        );
        let error = select(&["templates/b.yaml"]).unwrap_err().to_string();
        assert_eq!(error, "could not find template templates/b.yaml in chart");
    }
}
