use std::fmt;

/// What a name must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameRule {
    /// Labels with dots between them.
    Subdomain,
    /// One label.
    Label,
    /// One label that starts with a letter.
    StrictLabel,
    /// Anything that can be a part of a path.
    PathSegment,
    /// Anything.
    Any,
}

/// What names of a kind must be.
///
/// Source: Helm 4.3.1, which follows Kubernetes' validation of each kind.
pub(crate) fn object_name(kind: &str) -> NameRule {
    match kind.to_lowercase().as_str() {
        "service" => NameRule::StrictLabel,
        "namespace" => NameRule::Label,
        "certificatesigningrequest" => NameRule::Any,
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => NameRule::PathSegment,
        _ => NameRule::Subdomain,
    }
}

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const STRICT_LABEL: &str = "[a-z]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN: &str = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

/// Bytes of a label.
const MAX_LABEL: usize = 63;
/// Bytes of a subdomain.
const MAX_SUBDOMAIN: usize = 253;

fn is_label(text: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    bytes.first().copied().is_some_and(alphanumeric)
        && bytes.last().copied().is_some_and(alphanumeric)
        && bytes.iter().all(|byte| alphanumeric(*byte) || *byte == b'-')
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn no_match(message: &str, regex: impl fmt::Display, examples: &[&str]) -> String {
    let examples: Vec<_> = examples.iter().map(|example| format!("'{example}', ")).collect();
    let examples = examples.join(" or ");
    format!("{message} (e.g. {examples}regex used for validation is '{regex}')")
}

/// Everything that is wrong with a name, in Kubernetes' words.
pub(crate) fn object_name_problems(name: &str, rule: NameRule) -> Vec<String> {
    let mut problems = Vec::new();
    let too_long = |limit: usize| {
        (name.len() > limit).then(|| format!("must be no more than {limit} characters"))
    };
    match rule {
        NameRule::Any => {}
        NameRule::Subdomain => {
            problems.extend(too_long(MAX_SUBDOMAIN));
            if !is_subdomain(name) {
                let message = "a lowercase RFC 1123 subdomain must consist of lower case \
                               alphanumeric characters, '-' or '.', and must start and end with \
                               an alphanumeric character";
                problems.push(no_match(message, SUBDOMAIN, &["example.com"]));
            }
        }
        NameRule::Label => {
            problems.extend(too_long(MAX_LABEL));
            if is_subdomain(name) && !is_label(name) {
                problems.push("must not contain dots".to_owned());
            } else if !is_label(name) {
                let message = "a lowercase RFC 1123 label must consist of lower case alphanumeric \
                               characters or '-', and must start and end with an alphanumeric \
                               character";
                problems.push(no_match(message, LABEL, &["my-name", "123-abc"]));
            }
        }
        NameRule::StrictLabel => {
            problems.extend(too_long(MAX_LABEL));
            if !is_label(name) || !name.starts_with(|first: char| first.is_ascii_lowercase()) {
                let message = "a DNS-1035 label must consist of lower case alphanumeric \
                               characters or '-', start with an alphabetic character, and end \
                               with an alphanumeric character";
                problems.push(no_match(message, STRICT_LABEL, &["my-name", "abc-123"]));
            }
        }
        NameRule::PathSegment => path_segment_problems(name, &mut problems),
    }
    problems
}

fn path_segment_problems(name: &str, problems: &mut Vec<String>) {
    if name == "." || name == ".." {
        problems.push(format!("may not be '{name}'"));
        return;
    }
    for illegal in ["/", "%"] {
        if name.contains(illegal) {
            problems.push(format!("may not contain '{illegal}'"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fine(kind: &str, name: &str) -> bool {
        object_name_problems(name, object_name(kind)).is_empty()
    }

    #[test]
    fn each_kind_has_its_rule() {
        assert!(is_fine("Pod", "a.b-1"));
        assert!(!is_fine("Pod", "A"));
        assert!(!is_fine("Pod", ""));
        assert!(is_fine("Service", "a1"));
        assert!(!is_fine("Service", "1a"));
        assert!(!is_fine("Namespace", "a.b"));
        assert!(is_fine("ClusterRole", "operator:role"));
        assert!(!is_fine("ClusterRole", "operator/role"));
        assert!(is_fine("CertificateSigningRequest", "//"));
        assert!(!is_fine("Pod", &"a".repeat(254)));
    }
}
