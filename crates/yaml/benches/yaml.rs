//! Bytes per second of reading and printing, on a chart index and on a chart's resources.

use std::fmt::Write;

use divan::Bencher;
use divan::counter::BytesCount;
use rhumb_yaml::{Options, PrintLimits, check, parse, parse_value, print, print_pretty, read_head};

fn main() {
    divan::main();
}

/// The index of a repository, about 1.6 MB.
fn index() -> String {
    let mut text = "apiVersion: v1\nentries:\n".to_owned();
    for chart in 0..40 {
        writeln!(text, "  chart-{chart}:").expect("writes");
        for version in 0..60 {
            write!(
                text,
                "  - annotations:\n      category: Infrastructure\n    apiVersion: v2\n    appVersion: 1.{version}.0\n    \
                 created: \"2024-03-0{day}T10:11:12.123456789Z\"\n    dependencies:\n    - name: common\n      repository: \
                 oci://registry.example.com/charts\n      tags:\n      - common\n      version: 2.x.x\n    description: A chart \
                 that is there to be read, and described in words that are long enough.\n    digest: \
                 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n    home: https://example.com\n    keywords:\n    - \
                 first\n    - second\n    maintainers:\n    - name: Somebody\n      url: https://example.com/somebody\n    name: \
                 chart-{chart}\n    urls:\n    - https://example.com/charts/chart-{chart}-{version}.tgz\n    version: {version}.0.1\n",
                day = version % 9 + 1,
            )
            .expect("writes");
        }
    }
    text
}

/// A deployment as charts render it.
fn deployment() -> String {
    let container = "      - name: web\n        image: \"registry.example.com/web:1.2.3\"\n        ports:\n        - name: \
                     http\n          containerPort: 8080\n        env:\n        - name: A\n          value: \"1\"\n        resources:\n          \
                     limits: {cpu: 100m, memory: 128Mi}\n";
    format!(
        "# Source: web/templates/deployment.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels:\n    \
         app.kubernetes.io/name: web\n    app.kubernetes.io/managed-by: Helm\nspec:\n  replicas: 2\n  selector:\n    \
         matchLabels:\n      app: web\n  template:\n    spec:\n      containers:\n{}",
        container.repeat(20)
    )
}

/// The values of a chart as people write them: more comments than values.
fn values() -> String {
    let part = "  # -- How many copies of it run, unless it scales by itself\n  replicas: 1\n\n  image:\n    # -- Where it \
                comes from\n    repository: registry.example.com/web\n    tag: \"1.2.3\"\n    pullPolicy: IfNotPresent\n\n  \
                # -- More variables for the container\n  # env:\n  #   - name: A\n  #     value: \"1\"\n  env: []\n  \
                ports:\n    - name: http\n      containerPort: 8080\n  resources: {}\n";
    (0..100).fold(String::new(), |text, at| text + &format!("component{at}:\n{part}"))
}

#[divan::bench]
fn check_values(bencher: Bencher<'_, '_>) {
    let text = values();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| check(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn value_of_values(bencher: Bencher<'_, '_>) {
    let text = values();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| parse_value(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn check_index(bencher: Bencher<'_, '_>) {
    let text = index();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| check(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn parse_index(bencher: Bencher<'_, '_>) {
    let text = index();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn value_of_deployment(bencher: Bencher<'_, '_>) {
    let text = deployment();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| parse_value(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn head_of_deployment(bencher: Bencher<'_, '_>) {
    let text = deployment();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| read_head(text.as_bytes(), &Options::default()).expect("reads"));
}

#[divan::bench]
fn print_deployment(bencher: Bencher<'_, '_>) {
    let text = deployment();
    let value = parse_value(text.as_bytes(), &Options::default()).expect("reads");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| print(&value, PrintLimits::default()).expect("prints"));
}

#[divan::bench]
fn print_deployment_pretty(bencher: Bencher<'_, '_>) {
    let text = deployment();
    let value = parse_value(text.as_bytes(), &Options::default()).expect("reads");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| print_pretty(&value, PrintLimits::default()).expect("prints"));
}
