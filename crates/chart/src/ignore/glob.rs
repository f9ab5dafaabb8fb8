/// An unfinished pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadPattern;

/// Whether a whole path matches a pattern, by the rules of Go's `path.Match`: `*` and `?` stop at
/// `/`, `[a-z]` and `[^a-z]` are classes, `\` takes the next character as it is.
pub(super) fn matches(pattern: &str, path: &str) -> Result<bool, BadPattern> {
    let (mut pattern, mut path) = (pattern, path);
    while !pattern.is_empty() {
        let (star, chunk, rest) = next_chunk(pattern);
        pattern = rest;
        if star && chunk.is_empty() {
            return Ok(!path.contains('/'));
        }
        let found = chunk_at(chunk, path)?;
        if let Some(left) = found
            && (left.is_empty() || !pattern.is_empty())
        {
            path = left;
            continue;
        }
        let skipped = if star { skip_to(chunk, path, pattern.is_empty())? } else { None };
        let Some(left) = skipped else {
            check(pattern)?;
            return Ok(false);
        };
        path = left;
    }
    Ok(path.is_empty())
}

/// Looks for a chunk further on, where a star may have eaten what is before it.
fn skip_to<'a>(chunk: &str, path: &'a str, is_last: bool) -> Result<Option<&'a str>, BadPattern> {
    for (at, c) in path.char_indices() {
        if c == '/' {
            break;
        }
        if let Some(left) = chunk_at(chunk, &path[at + c.len_utf8()..])? {
            if is_last && !left.is_empty() {
                continue;
            }
            return Ok(Some(left));
        }
    }
    Ok(None)
}

/// Checks what a mismatch left unread.
fn check(pattern: &str) -> Result<(), BadPattern> {
    let mut rest = pattern;
    while !rest.is_empty() {
        let (_, chunk, after) = next_chunk(rest);
        chunk_at(chunk, "")?;
        rest = after;
    }
    Ok(())
}

/// Takes leading stars and the text up to the next star outside of a class.
fn next_chunk(pattern: &str) -> (bool, &str, &str) {
    let chunk = pattern.trim_start_matches('*');
    let star = chunk.len() < pattern.len();
    let mut in_class = false;
    let mut escaped = false;
    for (at, c) in chunk.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '*' if !in_class => return (star, &chunk[..at], &chunk[at..]),
            _ => {}
        }
    }
    (star, chunk, "")
}

/// Matches a chunk, which has no star, with the start of a path; gives what is left of the path.
/// The whole chunk is read even after a mismatch, for its errors.
fn chunk_at<'a>(chunk: &str, path: &'a str) -> Result<Option<&'a str>, BadPattern> {
    let mut path = Some(path);
    let mut chunk = chunk.chars();
    while let Some(c) = chunk.next() {
        let next = path.and_then(|path| path.chars().next());
        let fits = match c {
            '[' => class(&mut chunk, next)?,
            '?' => next.is_some_and(|next| next != '/'),
            '\\' => {
                let wanted = chunk.next().ok_or(BadPattern)?;
                next == Some(wanted)
            }
            c => next == Some(c),
        };
        path = match (path, next) {
            (Some(path), Some(next)) if fits => Some(&path[next.len_utf8()..]),
            _ => None,
        };
    }
    Ok(path)
}

/// Reads a class behind its `[`.
fn class(chunk: &mut std::str::Chars<'_>, next: Option<char>) -> Result<bool, BadPattern> {
    let negated = chunk.as_str().starts_with('^');
    if negated {
        chunk.next();
    }
    let mut found = false;
    let mut ranges = 0;
    loop {
        if ranges > 0 && chunk.as_str().starts_with(']') {
            chunk.next();
            return Ok(next.is_some_and(|_| found != negated));
        }
        let low = bound(chunk)?;
        let mut high = low;
        if chunk.as_str().starts_with('-') {
            chunk.next();
            high = bound(chunk)?;
        }
        found |= next.is_some_and(|next| (low..=high).contains(&next));
        ranges += 1;
    }
}

/// Reads one end of a range; something must follow it.
fn bound(chunk: &mut std::str::Chars<'_>) -> Result<char, BadPattern> {
    let c = match chunk.next() {
        None | Some('-' | ']') => return Err(BadPattern),
        Some('\\') => chunk.next().ok_or(BadPattern)?,
        Some(c) => c,
    };
    if chunk.as_str().is_empty() { Err(BadPattern) } else { Ok(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases of the documentation of Go's `path.Match`, and what it was asked besides.
    #[test]
    fn matches_as_go() {
        let cases = [
            ("abc", "abc", Ok(true)),
            ("*", "abc", Ok(true)),
            ("*c", "abc", Ok(true)),
            ("a*", "ab/c", Ok(false)),
            ("a*b*c*d*e*/f", "axbxcxdxe/f", Ok(true)),
            ("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", Ok(false)),
            ("a*b?c*x", "abxbbxdbxebxczzx", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzy", Ok(false)),
            ("ab[c]", "abc", Ok(true)),
            ("ab[^e-g]", "abc", Ok(true)),
            ("a\\*b", "a*b", Ok(true)),
            ("a?b", "a☺b", Ok(true)),
            ("a?b", "a/b", Ok(false)),
            ("[\\]a]", "]", Ok(true)),
            ("[]a]", "]", Err(BadPattern)),
            ("[-x]", "x", Err(BadPattern)),
            ("[x-]", "x", Err(BadPattern)),
            ("[a", "a", Err(BadPattern)),
            ("[a-b-c]", "a", Err(BadPattern)),
            ("a[", "ab", Err(BadPattern)),
            ("a[", "x", Err(BadPattern)),
            ("a/b[", "x", Err(BadPattern)),
            ("*x", "xxx", Ok(true)),
            ("\\", "a", Err(BadPattern)),
        ];
        for (pattern, path, want) in cases {
            assert_eq!(matches(pattern, path), want, "{pattern} {path}");
        }
    }
}
