//! How fast templates are parsed and executed.

#[path = "../tests/recorded/nothing.rs"]
mod nothing;

use std::rc::Rc;

use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rhumb_gotmpl::{Functions, Parsed, Session, Set};
use rhumb_value::{Map, Text, Value};

use nothing::Nothing;

/// A loop over many items with what charts do most.
const ITEMS: &str = r#"{{ define "label" }}app: {{ .name }}{{ end -}}
{{ range $i, $item := .items }}
{{- if and $item.enabled (eq $item.kind "web") }}
- {{ template "label" $item }}
  index: {{ printf "%d-%s" $i $item.name }}
  first: {{ index $item.ports 0 }}
{{- else }}
- name: {{ $item.name }}
{{- end }}
{{- end }}
"#;

fn main() {
    divan::main();
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter().map(|(key, value)| (Text::from(key), value));
    Value::Map(entries.collect::<Map>())
}

fn items() -> Value {
    let item = |index: i64| {
        map([
            ("name", Value::text(format!("item-{index}"))),
            ("enabled", Value::Bool(index % 3 != 0)),
            ("kind", Value::text(if index % 2 == 0 { "web" } else { "job" })),
            ("ports", Value::list(vec![Value::float(8080.0), Value::float(9090.0)])),
        ])
    };
    map([("items", Value::list((0..2_000).map(item).collect()))])
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let functions = Functions::new(&[]);
    let text = Bytes::from(format!("{ITEMS}{}", BODY.repeat(20)));
    bencher
        .counter(BytesCount::of_slice(&text))
        .bench_local(|| Parsed::new("bench", black_box(&text), &functions).expect("parses"));
}

/// Part of a manifest.
const BODY: &str = r#"
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name | printf "%s-svc" }}
  {{- if .Values.annotations }}
  annotations:
    {{- range $key, $value := .Values.annotations }}
    {{ $key }}: {{ $value | print }}
    {{- end }}
  {{- end }}
spec:
  type: {{ or .Values.service.type "ClusterIP" }}
  ports:
    - port: {{ .Values.service.port }}
"#;

#[divan::bench]
fn execute_2000_items(bencher: Bencher<'_, '_>) {
    let mut set = Set::new("bench", Rc::new(Functions::new(&[])));
    set.parse("bench", ITEMS.as_bytes()).expect("parses");
    let dot = items();
    let length = {
        let session = Session::new(&Nothing);
        set.execute(&session, "bench", dot.clone()).expect("renders").len()
    };
    bencher.counter(BytesCount::new(length)).bench_local(|| {
        let session = Session::new(&Nothing);
        set.execute(&session, "bench", black_box(dot.clone())).expect("renders")
    });
}
