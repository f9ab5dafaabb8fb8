use std::collections::BTreeSet;

use anyhow::{Context as _, bail};

/// Whether an SPDX expression can be met with licences of `allowed` alone.
///
/// `/`, which old crates write for `OR`, is read so. A licence `WITH` an exception is one name.
pub(super) fn allowed(expression: &str, allowed: &BTreeSet<String>) -> anyhow::Result<bool> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut parser = Parser { words: spaced.split_whitespace().collect(), next: 0, allowed };
    let verdict = parser.any(0)?;
    if parser.next < parser.words.len() {
        bail!("`{expression}` is not a licence expression");
    }
    Ok(verdict)
}

/// Parentheses in parentheses that a licence may have.
const MAX_DEPTH: usize = 16;

struct Parser<'a> {
    words: Vec<&'a str>,
    next: usize,
    allowed: &'a BTreeSet<String>,
}

impl Parser<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.next) == Some(&word);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self, depth: usize) -> anyhow::Result<bool> {
        let mut verdict = self.all(depth)?;
        while self.take("OR") {
            verdict |= self.all(depth)?;
        }
        Ok(verdict)
    }

    fn all(&mut self, depth: usize) -> anyhow::Result<bool> {
        let mut verdict = self.one(depth)?;
        while self.take("AND") {
            verdict &= self.one(depth)?;
        }
        Ok(verdict)
    }

    fn one(&mut self, depth: usize) -> anyhow::Result<bool> {
        if self.take("(") {
            if depth == MAX_DEPTH {
                bail!("more than {MAX_DEPTH} parentheses in each other");
            }
            let verdict = self.any(depth + 1)?;
            if !self.take(")") {
                bail!("a parenthesis that does not end");
            }
            return Ok(verdict);
        }
        let mut name = (*self.words.get(self.next).context("a licence is missing")?).to_owned();
        self.next += 1;
        if self.take("WITH") {
            let exception = self.words.get(self.next).context("an exception is missing")?;
            name = format!("{name} WITH {exception}");
            self.next += 1;
        }
        Ok(self.allowed.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expression: &str) -> Option<bool> {
        let names = ["MIT", "ISC", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
        let names = names.map(str::to_owned).into_iter().collect();
        allowed(expression, &names).ok()
    }

    #[test]
    fn weighs_expressions() {
        for (expression, want) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("MIT/GPL-3.0", true),
            ("GPL-3.0 AND MIT", false),
            ("GPL-3.0 OR MIT AND ISC", true),
            ("(GPL-3.0 OR MIT) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("ISC WITH LLVM-exception", false),
            ("ISC AND (Apache-2.0 OR ISC) AND (MIT)", true),
        ] {
            assert_eq!(verdict(expression), Some(want), "{expression}");
        }
    }

    #[test]
    fn refuses_what_is_no_expression() {
        for expression in ["", "MIT OR", "(MIT", "MIT)", "MIT MIT", &"(".repeat(100)] {
            assert_eq!(verdict(expression), None, "{expression}");
        }
    }
}
