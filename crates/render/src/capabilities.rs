//! What a chart may know about the cluster and about the program that renders it.

use std::sync::{Arc, LazyLock};

mod kube_version;

pub use kube_version::{KubeVersion, KubeVersionError};

/// The API versions that are assumed without a cluster.
///
/// Source: Helm 4.3.1, which knows them from its Kubernetes client library.
const API_VERSIONS: &str = include_str!("capabilities/api_versions.txt");

/// What `.Capabilities` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub kube_version: KubeVersion,
    /// API versions such as `apps/v1`, and from a cluster also such as `apps/v1/Deployment`.
    pub api_versions: Arc<[String]>,
    /// What `.Capabilities.HelmVersion` says.
    pub helm_version: Arc<HelmVersion>,
}

/// The build information of the Helm version that this program equals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelmVersion {
    /// The version, `v4.3.1`.
    pub version: String,
    /// The commit it was built from.
    pub git_commit: String,
    /// Whether the source was changed, `clean` if not.
    pub git_tree_state: String,
    /// The version of Go.
    pub go_version: String,
    /// The version of the Kubernetes client library, as a Kubernetes version.
    pub kube_client_version: String,
}

impl Default for Capabilities {
    /// Kubernetes 1.37.0 with the API versions that its client library knows.
    fn default() -> Self {
        static DEFAULT: LazyLock<Capabilities> = LazyLock::new(|| Capabilities {
            kube_version: KubeVersion::default(),
            api_versions: API_VERSIONS.lines().map(str::to_owned).collect(),
            helm_version: Arc::default(),
        });
        DEFAULT.clone()
    }
}

impl Default for HelmVersion {
    fn default() -> Self {
        Self {
            version: "v4.3.1".to_owned(),
            git_commit: String::new(),
            git_tree_state: "clean".to_owned(),
            go_version: "go1.26.8".to_owned(),
            kube_client_version: "v1.37".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_what_helm_assumes_without_a_cluster() {
        let capabilities = Capabilities::default();
        assert_eq!(capabilities.kube_version.version(), "v1.37.0");
        assert_eq!(capabilities.api_versions.len(), 57);
        assert!(capabilities.api_versions.iter().any(|each| each == "apps/v1"));
    }
}
