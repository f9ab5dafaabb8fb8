use rhumb_value::{CallError, List, Map, Text, Value};
use rhumb_yaml::{Options, PrintError, PrintLimits};

/// `toYaml VALUE`: YAML without a newline at its end; nothing if there is none for the value.
///
/// `{{ toYaml (dict "a" (list 1 2)) | quote }}` gives `"a:\n- 1\n- 2"`.
pub(crate) fn to_yaml(value: &Value) -> Result<String, CallError> {
    or_nothing(rhumb_yaml::print(value, PrintLimits::default()))
}

/// `mustToYaml VALUE`: as `toYaml`, but fails if there is none.
///
/// `{{ mustToYaml (dict "a" (list 1 2)) | quote }}` gives `"a:\n- 1\n- 2"`.
pub(crate) fn must_to_yaml(value: &Value) -> Result<String, CallError> {
    let text = rhumb_yaml::print(value, PrintLimits::default());
    text.map(without_newline).map_err(|error| CallError::new(error.to_string()))
}

/// `toYamlPretty VALUE`: as `toYaml`, with lists indented.
///
/// `{{ toYamlPretty (dict "a" (list 1 2)) | quote }}` gives `"a:\n  - 1\n  - 2"`.
pub(crate) fn to_yaml_pretty(value: &Value) -> Result<String, CallError> {
    or_nothing(rhumb_yaml::print_pretty(value, PrintLimits::default()))
}

/// The text without a newline at its end; nothing for values that have none, as Helm swallows the
/// error. What Go panics at and what breaks our own limits is an error all the same.
fn or_nothing(text: Result<String, PrintError>) -> Result<String, CallError> {
    use PrintError::{TooDeep, TooLarge, Unprintable};
    match text {
        Ok(text) => Ok(without_newline(text)),
        Err(error @ (Unprintable { .. } | TooDeep { .. } | TooLarge { .. })) => {
            Err(CallError::new(error.to_string()))
        }
        Err(_) => Ok(String::new()),
    }
}

fn without_newline(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
    }
    text
}

/// `fromYaml TEXT`: a map; if the text is none, one that has only an `Error`.
///
/// `{{ (fromYaml "a: 1").a }}` gives `1`.
pub(crate) fn from_yaml(text: &Text) -> Map {
    match read(text, "map[string]interface {}") {
        Ok(Value::Map(map)) => map,
        Ok(_) => Map::new(),
        Err(error) => [("Error".into(), Value::text(error))].into_iter().collect(),
    }
}

/// `fromYamlArray TEXT`: a list; if the text is none, one that has only the error.
///
/// `{{ fromYamlArray "[1, 2]" | last }}` gives `2`.
pub(crate) fn from_yaml_array(text: &Text) -> List {
    match read(text, "[]interface {}") {
        Ok(Value::List(list)) => list,
        Ok(_) => List::new(Vec::new()),
        Err(error) => List::new(vec![Value::text(error)]),
    }
}

/// Reads a document that is nothing or of the Go type `want`, or says why it is not, as Helm does.
fn read(text: &Text, want: &str) -> Result<Value, String> {
    let value = rhumb_yaml::parse_value(text.as_bytes(), &Options::deep())
        .map_err(|error| format!("error converting YAML to JSON: {error}"))?;
    let fits = match &value {
        Value::Nil => true,
        Value::Map(_) => want.starts_with("map"),
        Value::List(_) => want.starts_with("[]"),
        _ => false,
    };
    if fits {
        return Ok(value);
    }
    Err(format!(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {} into Go value of \
         type {want}",
        json_kind(&value)
    ))
}

/// What JSON in Go calls a value in errors.
pub(super) fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Nil => "null",
        Value::Bool(_) => "bool",
        Value::Text(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) | Value::Object(_) => "object",
        Value::Int(..) | Value::Uint(..) | Value::Float(..) | Value::Complex(..) => "number",
    }
}
