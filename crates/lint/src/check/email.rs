/// Whether a text looks like an address of electronic mail, by the rules of
/// [govalidator](https://github.com/asaskevich/govalidator), which Helm asks.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    (is_atoms(user) || is_quoted(user)) && is_host(host)
}

/// Letters beyond ASCII that are taken everywhere.
fn is_beyond(character: char) -> bool {
    matches!(character,
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}')
}

fn is_atoms(user: &str) -> bool {
    let fits = |character: char| {
        character.is_ascii_alphanumeric()
            || "!#$%&'*+-/=?^_`{|}~".contains(character)
            || is_beyond(character)
    };
    user.split('.').all(|atom| !atom.is_empty() && atom.chars().all(fits))
}

/// `"any text"`, with backslashes only before ASCII.
fn is_quoted(user: &str) -> bool {
    let inner = user.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| {
        !inner.contains(['"', '\\', '\0', '\n', '\r'])
            && inner.chars().all(|each| each.is_ascii() || is_beyond(each))
    })
}

fn is_host(host: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphabetic() || is_beyond(character);
    let end = |character: char| letter(character) || character.is_ascii_digit();
    let host = host.strip_suffix('.').unwrap_or(host);
    let Some((names, top)) = host.rsplit_once('.') else { return false };
    let inner = |character: char| end(character) || "-_~".contains(character);
    let is_name =
        |name: &str| name.starts_with(end) && name.ends_with(end) && name.chars().all(inner);
    let is_top = top.starts_with(letter) && top.ends_with(letter) && top.chars().all(inner);
    // A name may hold dots itself, so only its ends and what lies between them are checked.
    let names_fit = names.starts_with(end)
        && names.ends_with(end)
        && names.chars().all(|each| inner(each) || each == '.');
    is_top && (names_fit || is_name(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_user_and_a_host_with_a_dot() {
        for good in ["a@b.co", "a.b+c@d-e.example.com", "\"a b\"@c.de", "x@y.z.com."] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.co", "a@b", "a b@c.de", ".a@b.co", "a@b.c1", "a@-b.co", "a@.b.co"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
