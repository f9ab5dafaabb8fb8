use std::cmp::Ordering;

use rhumb_value::Value;

use super::JsonPathError;

/// Compares two values as filters do.
pub(super) fn compare(left: &Value, operator: &str, right: &Value) -> Result<bool, JsonPathError> {
    match operator {
        "==" => equal(left, right),
        "!=" => Ok(!equal(left, right)?),
        "<" => less(left, right),
        ">=" => Ok(!less(left, right)?),
        "<=" => Ok(less(left, right)? || equal(left, right)?),
        ">" => Ok(!(less(left, right)? || equal(left, right)?)),
        _ => Err(JsonPathError::Operator { operator: operator.to_owned() }),
    }
}

fn equal(left: &Value, right: &Value) -> Result<bool, JsonPathError> {
    Ok(match (basic(left)?, basic(right)?) {
        (Basic::Bool(left), Basic::Bool(right)) => left == right,
        (left, right) => order(left, right)? == Some(Ordering::Equal),
    })
}

fn less(left: &Value, right: &Value) -> Result<bool, JsonPathError> {
    match (basic(left)?, basic(right)?) {
        (Basic::Bool(_), Basic::Bool(_)) => Err(JsonPathError::ComparedType),
        (left, right) => Ok(order(left, right)? == Some(Ordering::Less)),
    }
}

/// What can be compared.
enum Basic<'v> {
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(&'v [u8]),
}

fn basic(value: &Value) -> Result<Basic<'_>, JsonPathError> {
    Ok(match value {
        Value::Bool(value) => Basic::Bool(*value),
        Value::Int(_, number) => Basic::Integer((*number).into()),
        Value::Uint(_, number) => Basic::Integer((*number).into()),
        Value::Float(_, number) => Basic::Float(*number),
        Value::Text(text) => Basic::Text(text.as_bytes()),
        _ => return Err(JsonPathError::ComparedType),
    })
}

fn order(left: Basic<'_>, right: Basic<'_>) -> Result<Option<Ordering>, JsonPathError> {
    match (left, right) {
        (Basic::Integer(left), Basic::Integer(right)) => Ok(Some(left.cmp(&right))),
        (Basic::Float(left), Basic::Float(right)) => Ok(left.partial_cmp(&right)),
        (Basic::Text(left), Basic::Text(right)) => Ok(Some(left.cmp(right))),
        _ => Err(JsonPathError::ComparedTypes),
    }
}
