/// The kinds in the order in which they are installed.
const INSTALL: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// A key that sorts kinds as they are installed; unknown kinds are last, by name.
pub fn install_order(kind: &str) -> (usize, &str) {
    match INSTALL.iter().position(|each| *each == kind) {
        Some(place) => (place, ""),
        None => (INSTALL.len(), kind),
    }
}

/// A key that sorts kinds as they are removed: the other way round, but services go before what
/// runs behind them. Unknown kinds are still last.
pub fn uninstall_order(kind: &str) -> (usize, &str) {
    let (place, name) = install_order(kind);
    let place_of = |kind: &str| install_order(kind).0;
    let last = INSTALL.len();
    let place = match kind {
        _ if place == last => last,
        "Service" => last - 1 - place_of("CronJob"),
        _ if place > place_of("CronJob") => last - 1 - place,
        _ if place > place_of("Service") => last - place,
        _ => last - 1 - place,
    };
    (place, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_kinds_come_last_by_name() {
        let mut kinds = ["Zoo", "Service", "Aaa", "Namespace"];
        kinds.sort_by_key(|kind| install_order(kind));
        assert_eq!(kinds, ["Namespace", "Service", "Aaa", "Zoo"]);
    }

    #[test]
    fn services_are_removed_before_what_runs_behind_them() {
        let mut kinds = INSTALL.to_vec();
        kinds.push("Aaa");
        kinds.sort_by_key(|kind| uninstall_order(kind));
        let first = [
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
            "APIService",
            "Ingress",
            "IngressClass",
            "Service",
            "CronJob",
            "Job",
            "StatefulSet",
            "HorizontalPodAutoscaler",
            "Deployment",
            "ReplicaSet",
            "ReplicationController",
            "Pod",
            "DaemonSet",
            "RoleBindingList",
            "RoleBinding",
        ];
        assert_eq!(kinds[..first.len()], first);
        assert_eq!(kinds[kinds.len() - 2..], ["PriorityClass", "Aaa"]);
    }
}
