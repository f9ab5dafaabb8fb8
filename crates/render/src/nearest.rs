/// The candidate that is most like `name`, if any is so like it that it may be meant.
///
/// One of three characters may be off, and at most half of a short name.
///
/// ```
/// # use rhumb_render::nearest;
/// assert_eq!(nearest("qoute", ["quote", "squote"]), Some("quote"));
/// assert_eq!(nearest("a", ["b"]), None);
/// ```
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= limit && distance * 2 < length.max(candidate.chars().count())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many characters must be put in, taken out, changed or swapped with the next, small and
/// capital letters alike.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, one) in left.iter().enumerate() {
        let mut next = vec![at + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = row[column] + usize::from(one != other);
            let mut least = changed.min(row[column + 1] + 1).min(next[column] + 1);
            let is_swap =
                at > 0 && column > 0 && left[at - 1] == *other && right[column - 1] == *one;
            if is_swap {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_the_same() {
        let names = ["toYaml", "toJson", "quote", "squote"];
        assert_eq!(nearest("toyml", names), Some("toYaml"));
        assert_eq!(nearest("qoute", names), Some("quote"));
        assert_eq!(nearest("quot", names), Some("quote"));
        assert_eq!(nearest("tojson", names), Some("toJson"));
        assert_eq!(nearest("toString", names), None);
        assert_eq!(nearest("nothing", names), None);
    }

    #[test]
    fn short_names_are_like_nothing() {
        assert_eq!(nearest("a", ["b", "ab"]), None);
        assert_eq!(nearest("db", ["cb"]), None);
        assert_eq!(nearest("ad", ["add"]), Some("add"));
    }

    #[test]
    fn changes_are_counted() {
        assert_eq!(distance("abcd", "abdc"), 1);
        assert_eq!(distance("abcd", "bacd"), 1);
        assert_eq!(distance("abc", "cab"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("Tag", "tags"), 1);
    }
}
