use rhumb_report::Silent;

use super::*;

fn load(files: &[(&str, &str)]) -> Chart {
    let files =
        files.iter().map(|(name, text)| File::new(*name, text.as_bytes().to_vec().into(), 0));
    Chart::from_files(files.collect(), &Silent).unwrap()
}

#[test]
fn a_lock_that_says_nothing_is_none() {
    for (text, is_lock) in [("", false), ("# nothing\n", false), ("null\n", false), ("{}", true)] {
        for (version, name) in [("v2", "Chart.lock"), ("v1", "requirements.lock")] {
            let metadata = format!("apiVersion: {version}\nname: a\nversion: 1.0.0\n");
            let chart = load(&[("Chart.yaml", &metadata), (name, text)]);
            assert_eq!(chart.lock.is_some(), is_lock, "{name}: {text:?}");
        }
    }
}
