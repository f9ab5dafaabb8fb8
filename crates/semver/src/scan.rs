//! The grammar of ranges: where one comparison starts and ends in a text.

/// One comparison as written: `>= 1.2.x-0+b` cut into its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) operator: &'t str,
    pub(crate) version: Numbers<'t>,
}

/// A version or a pattern such as `1.x`: the parts, without their dots and marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers<'t> {
    pub(crate) text: &'t str,
    pub(crate) major: &'t str,
    pub(crate) minor: &'t str,
    pub(crate) patch: &'t str,
    pub(crate) prerelease: &'t str,
}

/// Longest first, so that `>=` is not read as `>`.
const OPERATORS: [&str; 11] = ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"];

pub(crate) fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| b" \t\n\r\x0c".contains(byte)).count()
}

/// Cuts `text` into its comparisons, which blanks or one comma separate; `None` if it is malformed.
pub(crate) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut rest = &text[blanks(text)..];
    let mut pieces = Vec::new();
    loop {
        let (piece, length) = piece(rest)?;
        pieces.push(piece);
        rest = &rest[length..];
        let gap = blanks(rest);
        rest = &rest[gap..];
        if rest.is_empty() {
            return Some(pieces);
        }
        match rest.strip_prefix(',') {
            Some(after) => rest = &after[blanks(after)..],
            None if gap == 0 => return None,
            None => {}
        }
    }
}

fn piece(text: &str) -> Option<(Piece<'_>, usize)> {
    let operator = OPERATORS.into_iter().find(|operator| text.starts_with(operator)).unwrap_or("");
    let start = operator.len() + blanks(&text[operator.len()..]);
    let version = numbers(&text[start..])?;
    Some((Piece { operator: &text[..operator.len()], version }, start + version.text.len()))
}

/// Reads the longest version or pattern at the start of `text`.
pub(crate) fn numbers(text: &str) -> Option<Numbers<'_>> {
    let mut end = usize::from(text.starts_with('v'));
    let major = take(text, &mut end, is_number)?;
    let minor = after(text, &mut end, '.', |rest| run(rest, is_number)).unwrap_or("");
    let patch = match minor {
        "" => "",
        _ => after(text, &mut end, '.', |rest| run(rest, is_number)).unwrap_or(""),
    };
    let prerelease = after(text, &mut end, '-', identifiers).unwrap_or("");
    after(text, &mut end, '+', identifiers);
    Some(Numbers { text: &text[..end], major, minor, patch, prerelease })
}

fn is_number(byte: u8) -> bool {
    byte.is_ascii_digit() || b"xX*|".contains(&byte)
}

fn is_identifier(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn run(text: &str, allowed: fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&byte| allowed(byte)).count()
}

fn take<'t>(text: &'t str, end: &mut usize, allowed: fn(u8) -> bool) -> Option<&'t str> {
    let length = run(&text[*end..], allowed);
    let taken = &text[*end..*end + length];
    *end += length;
    (length > 0).then_some(taken)
}

/// Takes `mark` and what `measure` finds behind it, or nothing at all.
fn after<'t>(
    text: &'t str,
    end: &mut usize,
    mark: char,
    measure: impl Fn(&str) -> usize,
) -> Option<&'t str> {
    let rest = text[*end..].strip_prefix(mark)?;
    let length = measure(rest);
    if length == 0 {
        return None;
    }
    *end += mark.len_utf8() + length;
    Some(&rest[..length])
}

/// The length of dot-separated identifiers at the start of `text`.
fn identifiers(text: &str) -> usize {
    let mut end = run(text, is_identifier);
    while end > 0 && text[end..].starts_with('.') {
        match run(&text[end + 1..], is_identifier) {
            0 => break,
            length => end += 1 + length,
        }
    }
    end
}

/// Rewrites each `A - B` as the two comparisons that it means.
pub(crate) fn rewrite_hyphens(text: &str) -> String {
    let mut result = text.to_owned();
    let mut start = 0;
    while start < text.len() {
        match hyphen_range(&text[start..]) {
            Some((low, high, length)) => {
                let range = format!(">= {low}, <= {high} ");
                result = result.replacen(&text[start..start + length], &range, 1);
                start += length;
            }
            None => start += text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    result
}

fn hyphen_range(text: &str) -> Option<(&str, &str, usize)> {
    let mut end = blanks(text);
    let low = numbers(&text[end..])?.text;
    end += low.len();
    let gap = blanks(&text[end..]);
    end += gap;
    let rest = text[end..].strip_prefix('-').filter(|_| gap > 0)?;
    end += 1;
    let gap = blanks(rest);
    end += gap;
    let high = numbers(&text[end..]).filter(|_| gap > 0)?.text;
    end += high.len();
    end += blanks(&text[end..]);
    Some((low, high, end))
}
