use rhumb_value::unicode::{is_digit, is_letter};

use super::Dialect;

/// Sorts keys so that people find them: letters after other characters, numbers by their value.
///
/// The order is not quite one, so that the sorts of the standard library might refuse it.
pub(super) fn sort_keys<T>(entries: &mut Vec<(&str, T)>, dialect: Dialect) {
    if entries.len() < 2 || entries.is_sorted_by(|a, b| is_before(a.0, b.0, dialect)) {
        return;
    }
    let mut runs: Vec<Vec<(&str, T)>> = entries.drain(..).map(|entry| vec![entry]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(first) = pairs.next() {
            merged.push(match pairs.next() {
                Some(second) => merge(first, second, dialect),
                None => first,
            });
        }
        runs = merged;
    }
    *entries = runs.pop().unwrap_or_default();
}

fn merge<'t, T>(
    first: Vec<(&'t str, T)>,
    second: Vec<(&'t str, T)>,
    dialect: Dialect,
) -> Vec<(&'t str, T)> {
    let mut merged = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    loop {
        let takes_second = match (first.peek(), second.peek()) {
            (Some(a), Some(b)) => is_before(b.0, a.0, dialect),
            (None, None) => return merged,
            (a, _) => a.is_none(),
        };
        merged.extend(if takes_second { second.next() } else { first.next() });
    }
}

/// Whether one key comes before another.
fn is_before(a: &str, b: &str, dialect: Dialect) -> bool {
    let common = common_length(a, b);
    let (a_rest, b_rest) = (&a[common..], &b[common..]);
    let (Some(first_a), Some(first_b)) = (a_rest.chars().next(), b_rest.chars().next()) else {
        return a_rest.len() < b_rest.len();
    };
    match (is_letter(first_a), is_letter(first_b)) {
        (true, true) => return first_a < first_b,
        (false, false) => {}
        (a_is_letter, b_is_letter) => {
            let after_digit = a[..common].chars().next_back().is_some_and(is_digit);
            let letters_first = dialect == Dialect::V3 && after_digit;
            return if letters_first { a_is_letter } else { b_is_letter };
        }
    }
    // After a digit that counts, a zero is part of a number and not the start of one.
    let is_inside = (first_a == '0' || first_b == '0') && follows_number(&a[..common]);
    let (a_number, a_digits) = number(a_rest, i64::from(is_inside));
    let (b_number, b_digits) = number(b_rest, i64::from(is_inside));
    if a_number != b_number {
        return a_number < b_number;
    }
    if a_digits != b_digits {
        return a_digits < b_digits;
    }
    first_a < first_b
}

/// The bytes that both start with, whole characters only.
fn common_length(a: &str, b: &str) -> usize {
    let mut common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(common) {
        common -= 1;
    }
    common
}

/// Whether the digits at the end of the text are more than zeros.
fn follows_number(text: &str) -> bool {
    text.chars().rev().take_while(|&character| is_digit(character)).any(|digit| digit != '0')
}

/// The number at the start of the text, after what was read of it before, and how many digits it has.
/// It may overflow, as it does in Go.
fn number(text: &str, before: i64) -> (i64, usize) {
    let digits = text.chars().take_while(|&character| is_digit(character));
    digits.fold((before, 0), |(number, count), digit| {
        let value = i64::from(u32::from(digit)) - i64::from(u32::from('0'));
        (number.wrapping_mul(10).wrapping_add(value), count + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[&'static str], dialect: Dialect) -> Vec<&'static str> {
        let mut entries: Vec<_> = keys.iter().map(|&key| (key, ())).collect();
        sort_keys(&mut entries, dialect);
        entries.into_iter().map(|(key, ())| key).collect()
    }

    #[test]
    fn keys_are_sorted_as_people_expect() {
        let keys = ["a10", "b", "a2", "A", "a", "1", "a-b", "10", "2", "", "a1b", "a12"];
        assert_eq!(
            sorted(&keys, Dialect::V2),
            ["", "1", "2", "10", "A", "a", "a-b", "a2", "a10", "a12", "a1b", "b"]
        );
        assert_eq!(
            sorted(&keys, Dialect::V3),
            ["", "1", "2", "10", "A", "a", "a-b", "a1b", "a2", "a10", "a12", "b"]
        );
    }
}
