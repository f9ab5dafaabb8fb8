//! The rules of `.helmignore`.

mod glob;

use crate::limits::MAX_IGNORE_LINE;

/// Why a rule is refused, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IgnoreError {
    /// `**`, which means nothing here.
    #[error("double-star (**) syntax is not supported")]
    DoubleStar,
    /// An unfinished pattern, such as `[a`.
    #[error("syntax error in pattern")]
    Pattern,
    /// A line past the limit.
    #[error("bufio.Scanner: token too long")]
    LongLine,
}

/// Which files of a folder are not part of the chart.
#[derive(Clone, Debug, Default)]
pub struct IgnoreRules(Vec<Rule>);

#[derive(Clone, Debug)]
struct Rule {
    pattern: String,
    /// What part of a path the pattern is compared with.
    scope: Scope,
    is_negated: bool,
    needs_folder: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Name,
    Path,
}

impl IgnoreRules {
    /// Parses the text of a `.helmignore` file; hidden files in `templates` are ignored besides.
    ///
    /// # Errors
    ///
    /// If a rule uses `**` or is no pattern.
    pub fn parse(text: &str) -> Result<Self, IgnoreError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rules = Vec::new();
        for line in text.split('\n') {
            if line.len() >= MAX_IGNORE_LINE {
                return Err(IgnoreError::LongLine);
            }
            rules.extend(Rule::parse(line)?);
        }
        rules.extend(Rule::parse("templates/.?*")?);
        Ok(Self(rules))
    }

    /// Whether a path within the chart is ignored. The first rule that says so decides; a rule
    /// with `!` ignores everything that it does not match, as Helm has it.
    pub fn ignores(&self, path: &str, is_folder: bool) -> bool {
        if matches!(path, "" | "." | "./") {
            return false;
        }
        self.0.iter().any(|rule| {
            let matches = (is_folder || !rule.needs_folder) && rule.matches(path);
            matches != rule.is_negated
        })
    }
}

impl Rule {
    fn parse(line: &str) -> Result<Option<Self>, IgnoreError> {
        let rule = line.trim();
        if rule.is_empty() || rule.starts_with('#') {
            return Ok(None);
        }
        if rule.contains("**") {
            return Err(IgnoreError::DoubleStar);
        }
        glob::matches(rule, "abc").map_err(|_| IgnoreError::Pattern)?;
        let (is_negated, rule) = rule.strip_prefix('!').map_or((false, rule), |rest| (true, rest));
        let (needs_folder, rule) =
            rule.strip_suffix('/').map_or((false, rule), |rest| (true, rest));
        let (scope, pattern) = match rule.strip_prefix('/') {
            Some(rest) => (Scope::Path, rest),
            None if rule.contains('/') => (Scope::Path, rule),
            None => (Scope::Name, rule),
        };
        Ok(Some(Self { pattern: pattern.to_owned(), scope, is_negated, needs_folder }))
    }

    fn matches(&self, path: &str) -> bool {
        let subject = match self.scope {
            Scope::Name => path.rsplit('/').next().unwrap_or(path),
            Scope::Path => path,
        };
        // A pattern that turns out wrong only now ignores nothing.
        glob::matches(&self.pattern, subject).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignores(rules: &str, path: &str, is_folder: bool) -> bool {
        IgnoreRules::parse(rules).unwrap().ignores(path, is_folder)
    }

    #[test]
    fn rules_match_names_paths_and_folders() {
        let cases = [
            ("helm.txt", "helm.txt", false, true),
            ("helm.*", "helm.txt", false, true),
            ("mast", "a/b/mast", false, true),
            ("/helm.txt", "a/helm.txt", false, false),
            ("a/*.txt", "a/b.txt", false, true),
            ("a/*.txt", "a/b/c.txt", false, false),
            ("cargo/", "cargo", true, true),
            ("cargo/", "cargo", false, false),
            ("!helm.txt", "tiller.txt", false, true),
            ("!helm.txt", "helm.txt", false, false),
            ("# helm.txt", "helm.txt", false, false),
            ("", "templates/.dotfile", false, true),
            ("", ".joonix", false, false),
            ("*/", ".", true, false),
        ];
        for (rules, path, is_folder, want) in cases {
            assert_eq!(ignores(rules, path, is_folder), want, "{rules} {path}");
        }
    }

    #[test]
    fn bad_rules_are_refused() {
        assert_eq!(IgnoreRules::parse("a/**").unwrap_err(), IgnoreError::DoubleStar);
        assert_eq!(IgnoreRules::parse("[a").unwrap_err(), IgnoreError::Pattern);
        assert_eq!(IgnoreRules::parse(&"a".repeat(70_000)).unwrap_err(), IgnoreError::LongLine);
    }
}
