//! `reflect.DeepEqual`.

use std::rc::Rc;

use rhumb_value::{Value, stack};

/// How deep values are compared. Only a map that contains itself is deeper, and like Go we take
/// what is being compared already for equal.
const MAX_DEPTH: usize = 10_000;

/// Whether both are the same, types included, all the way down.
pub(crate) fn deep_equal(left: &Value, right: &Value) -> bool {
    equal(left, right, 0)
}

fn equal(left: &Value, right: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    left.kind() == right.kind() && stack::grow(|| equal_of_kind(left, right, depth))
}

#[expect(clippy::float_cmp, reason = "Go compares floats so")]
fn equal_of_kind(left: &Value, right: &Value, depth: usize) -> bool {
    match (left, right) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Int(_, left), Value::Int(_, right)) => left == right,
        (Value::Uint(_, left), Value::Uint(_, right)) => left == right,
        (Value::Float(_, left), Value::Float(_, right)) => left == right,
        (Value::Complex(a, b), Value::Complex(c, d)) => a == c && b == d,
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::List(left), Value::List(right)) => {
            let (a, b) = (left.items(), right.items());
            left.is_same(right)
                || left.is_nil() == right.is_nil()
                    && a.len() == b.len()
                    && a.iter().zip(b).all(|(a, b)| equal(a, b, depth + 1))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.is_same(right) || {
                let (a, b) = (left.entries(), right.entries());
                let mut pairs = a.iter().zip(b.iter());
                a.len() == b.len() && pairs.all(|((k, a), (l, b))| k == l && equal(a, b, depth + 1))
            }
        }
        (Value::Object(left), Value::Object(right)) => {
            if Rc::ptr_eq(left, right) {
                return true;
            }
            if let (Some(a), Some(b)) = (left.underlying(), right.underlying()) {
                return equal(&a, &b, depth + 1);
            }
            let (a, b) = (left.fields(), right.fields());
            let mut pairs = a.iter().zip(&b);
            a.len() == b.len()
                && pairs.all(|((k, a), (l, b))| k == l && equal(a, b, depth + 1))
                && left.text() == right.text()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rhumb_value::{List, Map, Type};

    use super::*;

    #[test]
    fn types_count_and_nil_lists_are_not_empty_ones() {
        assert!(!deep_equal(&Value::int(1), &Value::int64(1)));
        assert!(deep_equal(&Value::list(vec![Value::int(1)]), &Value::list(vec![Value::int(1)])));
        assert!(!deep_equal(&List::nil(Type::LIST).into(), &Value::list(Vec::new())));
    }

    #[test]
    fn a_map_that_contains_itself_ends() {
        let maps = [Map::new(), Map::new()];
        for map in &maps {
            map.set("a", Value::Map(map.clone()));
        }
        let [left, right] = maps.map(Value::Map);
        assert!(deep_equal(&left, &right));
    }
}
