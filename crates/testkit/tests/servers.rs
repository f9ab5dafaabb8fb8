//! Real servers and clients among themselves: what fails here is no fault of Rhumb's.

use rhumb_testkit::{ChartFile, Client, Crane, Helm, Oras, Regctl, Registry};

/// Pushes with each client and pulls with the next.
fn ring(registry: &Registry) {
    let clients: [(&str, Box<dyn Client + '_>); 4] = [
        ("helm", Box::new(Helm::real(registry))),
        ("oras", Box::new(Oras::new(registry))),
        ("crane", Box::new(Crane::new(registry))),
        ("regctl", Box::new(Regctl::new(registry))),
    ];
    for (index, (name, client)) in clients.iter().enumerate() {
        let chart = ChartFile::small("web", &format!("1.0.{index}"));
        let pushed = client.push(name, &chart);
        let (_, next) = &clients[(index + 1) % clients.len()];
        let pulled = next.pull(name, &chart);
        assert_eq!(pulled.digest, pushed, "{name}");
        assert!(pulled.archive == chart.archive, "{name}");
    }
}

#[test]
#[ignore = "needs helm, oras, crane, regctl"]
fn embedded_with_helm_oras_crane_regctl() {
    ring(&Registry::embedded());
}

#[test]
#[ignore = "needs docker-registry, helm, oras, crane, regctl"]
fn docker_registry_with_helm_oras_crane_regctl() {
    ring(&Registry::docker_registry());
    ring(&Registry::docker_registry_with_login());
}

#[test]
#[ignore = "needs distribution, helm, oras, crane, regctl"]
fn distribution_with_helm_oras_crane_regctl() {
    ring(&Registry::distribution());
    ring(&Registry::distribution_with_login());
    ring(&Registry::distribution_with_tls());
    ring(&Registry::distribution_with_relative_urls());
}

#[test]
#[ignore = "needs gitea, helm, oras, crane, regctl"]
fn gitea_with_helm_oras_crane_regctl() {
    ring(&Registry::gitea());
}
