//! Whatever comes in, reading an archive ends within its limits, no name leads out of the chart,
//! and a chart that loads and packs loads again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rhumb_chart::{Chart, read_archive};
use rhumb_report::Silent;

fuzz_target!(|packed: &[u8]| {
    let Ok(files) = read_archive(packed) else { return };
    for file in &files {
        assert!(!file.name.starts_with('/'), "{}", file.name);
        assert!(!file.name.split('/').any(|part| part == ".."), "{}", file.name);
    }
    let Ok(chart) = Chart::from_files(files, &Silent) else { return };
    let Ok(packed) = chart.pack(Vec::new(), Some(0)) else { return };
    Chart::load_archive("packed.tgz", &packed, &Silent).expect("what is packed loads");
});
