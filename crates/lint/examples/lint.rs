//! Lints charts and prints what was found as Helm does: `cargo run --example lint -- PATH...`

use std::io::{self, Write as _, stdout};
use std::path::Path;
use std::sync::Arc;

use rhumb_chart::{SchemaLoader, Values};
use rhumb_lint::{Request, lint};
use rhumb_render::{KubeVersion, Moment, World};
use rhumb_report::Silent;

/// No cluster, no network, always the same time.
#[derive(Debug)]
struct Nowhere;

impl World for Nowhere {
    fn now(&self) -> Moment {
        Moment { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

impl SchemaLoader for Nowhere {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is not fetched"))
    }
}

fn main() -> io::Result<()> {
    let world: Arc<dyn World> = Arc::new(Nowhere);
    let (values, kube_version) = (Values::default(), KubeVersion::default());
    let request = Request {
        values: &values,
        namespace: "default",
        kube_version: &kube_version,
        skip_schema: false,
        schemas: &Nowhere,
        reporter: &Silent,
    };
    let mut out = stdout().lock();
    for path in std::env::args().skip(1) {
        let outcome = lint(Path::new(&path), &request, &world);
        writeln!(out, "==> Linting {path}")?;
        if let Some(error) = outcome.error {
            writeln!(out, "Error {error}")?;
        }
        for message in outcome.messages {
            writeln!(out, "{message}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
