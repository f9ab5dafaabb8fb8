use bytes::Bytes;

use super::Head;

const EVENTS: &str = "helm.sh/hook";
const WEIGHT: &str = "helm.sh/hook-weight";
const DELETE_POLICY: &str = "helm.sh/hook-delete-policy";
const LOG_POLICY: &str = "helm.sh/hook-output-log-policy";

/// A document that is applied at certain moments of a release's life, and not part of the release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// The template that it came from.
    pub path: String,
    /// The document, which is UTF-8, as a part of the template's text.
    pub text: Bytes,
    /// What it says about itself.
    pub head: Head,
    /// When it is applied, as it lists it.
    pub events: Vec<HookEvent>,
    /// Hooks run by rising weight, then by name.
    pub weight: i64,
    /// When it is deleted, in small letters; none means before the next run.
    pub delete_policies: Vec<String>,
    /// When its logs are shown, in small letters.
    pub log_policies: Vec<String>,
}

/// A moment of a release's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookEvent {
    /// Before the first installation.
    PreInstall,
    /// After the first installation.
    PostInstall,
    /// Before removal.
    PreDelete,
    /// After removal.
    PostDelete,
    /// Before an upgrade.
    PreUpgrade,
    /// After an upgrade.
    PostUpgrade,
    /// Before a rollback.
    PreRollback,
    /// After a rollback.
    PostRollback,
    /// When tests are run.
    Test,
}

impl HookEvent {
    const ALL: [Self; 9] = [
        Self::PreInstall,
        Self::PostInstall,
        Self::PreDelete,
        Self::PostDelete,
        Self::PreUpgrade,
        Self::PostUpgrade,
        Self::PreRollback,
        Self::PostRollback,
        Self::Test,
    ];

    /// The name in annotations and release records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PreInstall => "pre-install",
            Self::PostInstall => "post-install",
            Self::PreDelete => "pre-delete",
            Self::PostDelete => "post-delete",
            Self::PreUpgrade => "pre-upgrade",
            Self::PostUpgrade => "post-upgrade",
            Self::PreRollback => "pre-rollback",
            Self::PostRollback => "post-rollback",
            Self::Test => "test",
        }
    }

    /// Parses one name, in any letters and with blanks around it.
    fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        if name == "test-success" {
            return Some(Self::Test);
        }
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

/// What a document's annotations make of it.
pub(super) enum Found {
    Resource,
    Hook(Box<Hook>),
    /// It names an event that does not exist, so it is left out.
    Unknown(String),
}

/// Sorts out whether a document is a hook.
pub(super) fn find(path: &str, text: &Bytes, head: &Head) -> Found {
    let annotation = |name: &str| head.annotations.get(name);
    let list = |name: &str| {
        let policies = annotation(name).into_iter().flat_map(|policies| policies.split(','));
        policies.map(|policy| policy.trim().to_lowercase()).collect()
    };
    let Some(names) = annotation(EVENTS) else { return Found::Resource };
    let Some(events) = names.split(',').map(HookEvent::parse).collect() else {
        return Found::Unknown(names.clone());
    };
    Found::Hook(Box::new(Hook {
        path: path.to_owned(),
        text: text.clone(),
        head: head.clone(),
        events,
        weight: annotation(WEIGHT).and_then(|weight| weight.parse().ok()).unwrap_or_default(),
        delete_policies: list(DELETE_POLICY),
        log_policies: list(LOG_POLICY),
    }))
}
