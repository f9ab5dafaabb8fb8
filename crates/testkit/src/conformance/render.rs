use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use rhumb_chart::values::DisabledChart;
use rhumb_chart::{Chart, SchemaLoader, Values};
use rhumb_render::{Capabilities, Moment, Release, Renderer, Request, Templates, World};

/// A chart that was rendered, or why it was not, in Helm's words.
pub(super) type Answer = Result<Templates, String>;

/// A chart that was loaded, and what rendering takes out of it.
pub(super) struct Loaded {
    pub(super) chart: Chart,
    pub(super) disabled: Vec<DisabledChart>,
}

impl From<Chart> for Loaded {
    fn from(chart: Chart) -> Self {
        Self { chart, disabled: Vec::new() }
    }
}

/// Renders a chart as Helm's library does, which is up to the texts of its templates.
pub(super) fn render(
    renderer: &Renderer,
    Loaded { chart, disabled }: &mut Loaded,
    values: &Values,
    release: &Release,
    capabilities: &Capabilities,
) -> Answer {
    let mut warnings = Vec::new();
    let text = |error: &dyn std::error::Error| error.to_string();
    let processed = chart.process_dependencies(values, &mut warnings);
    *disabled = processed.map_err(|error| text(&error))?;
    let values = chart.coalesce(values, &mut warnings).map_err(|error| text(&error))?;
    chart.check_schema(&values, &NoDocuments, &mut warnings).map_err(|error| text(&error))?;
    let request = Request::new(chart, &values, release, capabilities);
    renderer.templates(&request).map_err(|error| text(&error))
}

/// Schemas of recorded cases refer to no other document that can be had.
struct NoDocuments;

impl SchemaLoader for NoDocuments {
    fn load(&self, url: &str) -> Result<Vec<u8>, String> {
        Err(format!("{url} is not fetched"))
    }
}

/// A world that is always the same: a fixed time, and bytes that only look random.
#[derive(Debug)]
struct Fixed {
    /// The time, in seconds since 1970.
    clock: i64,
    random: AtomicU64,
}

impl World for Fixed {
    fn now(&self) -> Moment {
        // Other clocks differ in the parts of a second as well.
        let nanoseconds = u32::try_from((self.clock - CLOCK).rem_euclid(999_999_937));
        Moment { seconds: self.clock, nanoseconds: nanoseconds.unwrap_or_default() }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            // Knuth's linear congruential generator.
            let next = |state: u64| {
                Some(
                    state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407),
                )
            };
            let state = self.random.fetch_update(Relaxed, Relaxed, next).unwrap_or_default();
            *byte = state.to_be_bytes()[0];
        }
    }
}

/// The time of the worlds of recorded cases, in seconds since 1970.
pub const CLOCK: i64 = 1_700_000_000;

/// A renderer in a world that is always the same, at a time in seconds since 1970.
pub fn renderer(clock: i64) -> Renderer {
    Renderer::new(Arc::new(Fixed { clock, random: AtomicU64::default() }))
}
