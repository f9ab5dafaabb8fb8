use rhumb_testkit::{ChartFile, Client, Crane, Helm, Oras, Regctl, Registry};

/// Rhumb, logged in to a registry.
pub(crate) fn rhumb(registry: &Registry) -> Helm<'_> {
    Helm::new(env!("CARGO_BIN_EXE_rhumb"), registry)
}

/// Each of two clients pushes, and the other pulls the same bytes under the same digest.
fn both_ways(rhumb: &dyn Client, other: &dyn Client) {
    for (folder, from, to) in [("ours", rhumb, other), ("theirs", other, rhumb)] {
        for version in ["0.1.0", "1.2.3-rc.1+build.7"] {
            let chart = ChartFile::small("web", version);
            let digest = from.push(folder, &chart);
            let pulled = to.pull(folder, &chart);
            assert_eq!(pulled.digest, digest, "{folder} {version}");
            assert!(pulled.archive == chart.archive, "{folder} {version}: other bytes");
        }
    }
}

pub(crate) fn helm(registry: &Registry) {
    let (rhumb, helm) = (rhumb(registry), Helm::real(registry));
    both_ways(&rhumb, &helm);
    // The same file, of the same time, is the same artifact to the byte.
    let chart = ChartFile::small("same", "1.0.0");
    assert_eq!(rhumb.push("rhumb", &chart), helm.push("helm", &chart));
}

pub(crate) fn oras(registry: &Registry) {
    both_ways(&rhumb(registry), &Oras::new(registry));
}

pub(crate) fn crane(registry: &Registry) {
    both_ways(&rhumb(registry), &Crane::new(registry));
}

pub(crate) fn regctl(registry: &Registry) {
    both_ways(&rhumb(registry), &Regctl::new(registry));
}
