//! Whole charts, and what Helm makes of them.

use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::Instant;
use std::{fmt, fs, thread};

use rhumb_chart::{Chart, Values};
use rhumb_render::{Capabilities, Release, Renderer, Templates};
use rhumb_report::Silent;
use serde_json::{Value, json};

use super::render::{CLOCK, Loaded, render, renderer};

/// Characters of a text that a difference shows.
const SHOWN: usize = 400;

/// How many charts came out as Helm's.
#[derive(Debug, Default)]
pub struct Report {
    /// Cases compared.
    pub cases: usize,
    /// Cases that render the same.
    pub rendered: usize,
    /// Cases that fail with the same text.
    pub failed: usize,
    /// What differs, a paragraph each.
    pub differences: Vec<String>,
}

impl Report {
    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty()
    }

    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.rendered += other.rendered;
        self.failed += other.failed;
        self.differences.extend(other.differences);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        let Self { cases, rendered, failed, differences } = self;
        let count = differences.len();
        write!(f, "{cases} charts: {rendered} render the same, {failed} fail the same, ")?;
        write!(f, "{count} differ")
    }
}

/// Renders all cases of a folder whose name contains `filter`.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn compare(folder: &Path, filter: &str) -> io::Result<Report> {
    let index: Value = serde_json::from_slice(&fs::read(folder.join("index.json"))?)?;
    let cases = index["cases"].as_array().map(Vec::as_slice).unwrap_or_default();
    let cases: Vec<_> = cases.iter().filter(|case| name(case).contains(filter)).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let size = cases.len().div_ceil(threads).max(1);
    let mut report = Report::default();
    let reports: Vec<io::Result<Report>> = thread::scope(|scope| {
        let parts: Vec<_> =
            cases.chunks(size).map(|part| scope.spawn(|| compare_part(folder, part))).collect();
        let join = |part: thread::ScopedJoinHandle<'_, io::Result<Report>>| {
            part.join().map_err(|_| io::Error::other("a thread ended early"))?
        };
        parts.into_iter().map(join).collect()
    });
    for part in reports {
        report.add(part?);
    }
    Ok(report)
}

/// How long each deterministic case takes that renders: a JSON object each, with the fastest of some
/// runs in milliseconds, and `helm_load_ms` and `helm_render_ms` as they were recorded. `render_ms` is
/// the time of a new renderer, `render_again_ms` that of one which has rendered the chart before.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn times(folder: &Path, runs: usize, filter: &str) -> io::Result<Vec<Value>> {
    let index: Value = serde_json::from_slice(&fs::read(folder.join("index.json"))?)?;
    let cases = index["cases"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut times = Vec::new();
    for case in cases.iter().filter(|case| name(case).contains(filter)) {
        if case["nondeterministic"] != 0 || case["ok"] != true {
            continue;
        }
        let want = expected(folder, case)?;
        let [mut load, mut render, mut again] = [f64::INFINITY; 3];
        for _ in 0..runs {
            let renderer = renderer(CLOCK);
            let Some([loading, first]) = time(&renderer, folder, case)? else { break };
            let Some([_, second]) = time(&renderer, folder, case)? else { break };
            load = load.min(loading);
            render = render.min(first);
            again = again.min(second);
        }
        times.push(json!({
            "id": text(case, "id"),
            "case": text(case, "case"),
            "load_ms": load,
            "render_ms": render,
            "render_again_ms": again,
            "helm_load_ms": want["load_ms"],
            "helm_render_ms": want["helm_ms"],
        }));
    }
    Ok(times)
}

/// The milliseconds that loading and rendering a chart take, if both work. What they made is given
/// back outside of that time, as the reference does.
fn time(renderer: &Renderer, folder: &Path, case: &Value) -> io::Result<Option<[f64; 2]>> {
    let start = Instant::now();
    let Ok(mut chart) = load_chart(folder, case) else { return Ok(None) };
    let loaded = Instant::now();
    let answer = rendered(renderer, &mut chart, folder, case)?;
    let times = [loaded - start, loaded.elapsed()];
    Ok(answer.is_ok().then(|| times.map(|time| time.as_secs_f64() * 1e3)))
}

fn compare_part(folder: &Path, cases: &[&Value]) -> io::Result<Report> {
    let renderer = renderer(CLOCK);
    let mut report = Report::default();
    for case in cases {
        report.cases += 1;
        match compare_one(&renderer, folder, case)? {
            Ok(true) => report.rendered += 1,
            Ok(false) => report.failed += 1,
            Err(difference) => report.differences.push(format!("{}: {difference}", name(case))),
        }
    }
    Ok(report)
}

fn name(case: &Value) -> String {
    format!("{}--{}", text(case, "id"), text(case, "case"))
}

fn text<'v>(case: &'v Value, key: &str) -> &'v str {
    case[key].as_str().unwrap_or_default()
}

fn expected(folder: &Path, case: &Value) -> io::Result<Value> {
    let packed = fs::File::open(folder.join(text(case, "expected")))?;
    let mut json = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}

/// Whether the case renders, or fails, as it must; or what differs.
fn compare_one(
    renderer: &Renderer,
    folder: &Path,
    case: &Value,
) -> io::Result<Result<bool, String>> {
    let want = expected(folder, case)?;
    let have = match load_chart(folder, case) {
        Ok(mut chart) => rendered(renderer, &mut chart, folder, case)?,
        Err(error) => Err(error),
    };
    let cli_error = case["cli_error"].as_str();
    Ok(match (want["ok"] == true, have) {
        (true, Ok(templates)) => match cli_error {
            Some(error) => same_error(error, &sorted(&templates)).map(|()| false),
            None => same_templates(&want, &templates).map(|()| true),
        },
        (false, Err(error)) => {
            let same =
                |want: &Value| want.as_str().is_some_and(|want| lines(want) == lines(&error));
            let alternatives = want["error_alternatives"].as_array();
            if same(&want["error"]) || alternatives.is_some_and(|all| all.iter().any(same)) {
                Ok(false)
            } else {
                Err(format!("want {}\nhave {}", short(text(&want, "error")), short(&error)))
            }
        }
        (true, Err(error)) => Err(format!("fails: {}", short(&error))),
        (false, Ok(_)) => Err(format!("should fail: {}", short(text(&want, "error")))),
    })
}

/// What the command says of templates that are no YAML.
fn sorted(templates: &Templates) -> String {
    match rhumb_render::sort(templates) {
        Ok(_) => "no error".to_owned(),
        Err(error) => format!("{error}\n\nUse --debug flag to render out invalid YAML"),
    }
}

fn same_error(want: &str, have: &str) -> Result<(), String> {
    if want.trim() == have.trim() {
        return Ok(());
    }
    Err(format!("want {}\nhave {}", short(want), short(have)))
}

/// The lines of an error; those about schemas come in no certain order.
fn lines(error: &str) -> Vec<&str> {
    let mut lines: Vec<_> = error.trim().lines().collect();
    if error.contains("meet the specifications of the schema") {
        lines.sort_unstable();
    }
    lines
}

fn load_chart(folder: &Path, case: &Value) -> Result<Loaded, String> {
    let path = folder.join(text(case, "tgz"));
    Chart::load_file(&path, &Silent).map(Loaded::from).map_err(|error| error.to_string())
}

fn rendered(
    renderer: &Renderer,
    chart: &mut Loaded,
    folder: &Path,
    case: &Value,
) -> io::Result<Result<Templates, String>> {
    let values = match case["values"].as_str() {
        Some(file) => match Values::read(&fs::read(folder.join(file))?, file) {
            Ok(values) => values,
            Err(error) => return Ok(Err(error.to_string())),
        },
        None => Values::default(),
    };
    let kube_version = "v1.36.0".parse().map_err(io::Error::other)?;
    let capabilities = Capabilities { kube_version, ..Capabilities::default() };
    let release = Release::new(
        case["name"].as_str().unwrap_or("rel"),
        case["namespace"].as_str().unwrap_or("ns1"),
    );
    Ok(render(renderer, chart, &values, &release, &capabilities))
}

fn same_templates(want: &Value, have: &Templates) -> Result<(), String> {
    let texts = want["templates"].as_object();
    let random: BTreeSet<_> = want["nondeterministic"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    for (path, text) in texts.into_iter().flatten() {
        let Some(have) = have.get(path) else { return Err(format!("no template {path}")) };
        let want = text.as_str().unwrap_or_default();
        if !random.contains(path.as_str()) && want.as_bytes() != have {
            return Err(difference(path, want, &String::from_utf8_lossy(have)));
        }
    }
    match have.keys().find(|path| texts.is_none_or(|texts| !texts.contains_key(*path))) {
        Some(path) => Err(format!("a template {path} too many")),
        None => Ok(()),
    }
}

fn difference(path: &str, want: &str, have: &str) -> String {
    let pairs = want.lines().zip(have.lines()).enumerate();
    let (at, (want_line, have_line)) = pairs
        .into_iter()
        .find(|(_, (want, have))| want != have)
        .unwrap_or((want.lines().count().min(have.lines().count()), ("", "")));
    format!("{path}:{}\nwant {}\nhave {}", at + 1, short(want_line), short(have_line))
}

fn short(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}
