use http::Method;
use rhumb_oci::ErrorCode;
use rhumb_report::{Diagnose, disk_hints};

use super::{Answer, Error, Trouble};

impl Diagnose for Error {
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Connection { cause, url, .. } => connection(cause, url.as_str()),
            Self::NotFound { answer, .. } => not_found(answer),
            Self::Denied { registry, with_credential, answer } => {
                denied(registry, *with_credential, answer)
            }
            Self::Busy { registry, wait, .. } => busy(registry, *wait),
            Self::Refused { answer } => refused(answer),
            Self::WebPage { .. } => {
                vec!["check the host and path; a proxy or login page may stand before it".into()]
            }
            Self::Digest { .. } | Self::Size { .. } => {
                vec!["the registry or something on the way altered it; nothing was kept".into()]
            }
            Self::NotManifest { .. } => vec!["check the reference: this is not a chart".into()],
            Self::Exists { .. } => {
                vec!["give the chart a new version, or use `--if-exists=overwrite`".into()]
            }
            Self::Offline { .. } => {
                vec!["run the command once without `--offline`".into()]
            }
            Self::NoTarget { .. } => vec!["add `:TAG` or `@DIGEST`".into()],
            Self::Login { source, .. } => source.hints(),
            Self::CredentialFile { path, .. } => {
                vec![format!("repair or remove {}, then log in again", path.display())]
            }
            Self::Helper { program, .. } => vec![format!(
                "check that `{program}` works, or remove it from `credsStore` and `credHelpers`"
            )],
            Self::Answer { .. } => vec![
                "check the host and path; if they are right, its owner should know of this".into(),
            ],
            Self::TooLarge { .. } => {
                vec!["this is more than charts have: check the reference".into()]
            }
            Self::TooManyPages { .. } => {
                vec!["name one version with `--version`, so that no list is needed".into()]
            }
            Self::TlsFile { path, .. } => vec![format!(
                "{} must be a file with certificates or a key in PEM form",
                path.display()
            )],
            Self::File { source, .. } => disk_hints(source),
            _ => Vec::new(),
        }
    }
}

fn connection(cause: &Trouble, url: &str) -> Vec<String> {
    let hint = match cause {
        Trouble::UnknownHost { .. } => "check the host's name, and the proxy if you need one",
        Trouble::ConnectionRefused => "check the host and port, and that the registry runs",
        Trouble::Tls { .. } => {
            "give the registry's certificate authority with `--ca-file`, or trust any certificate with `--insecure-skip-tls-verify`"
        }
        Trouble::NotTls => "use `--plain-http` if the registry has no TLS",
        Trouble::NotPlain => "leave out `--plain-http`",
        Trouble::Stalled { .. } | Trouble::Cut { .. } => "try again; the network may be slow",
        Trouble::Broken { .. } if url.starts_with("https") => {
            "use `--plain-http` if the registry has no TLS"
        }
        Trouble::Broken { .. } => return Vec::new(),
    };
    vec![hint.to_owned()]
}

fn not_found(answer: &Answer) -> Vec<String> {
    if answer.method == Method::GET || answer.method == Method::HEAD {
        vec!["check the name and version; private repositories may look as if they were not there until you log in".into()]
    } else {
        vec![create_first()]
    }
}

fn create_first() -> String {
    "some registries (Amazon ECR, Google Artifact Registry, Harbor, IBM Cloud, JFrog, Cloudsmith) need the repository or project created first".into()
}

fn denied(registry: &str, with_credential: bool, answer: &Answer) -> Vec<String> {
    let mut hints = Vec::new();
    if !with_credential {
        hints.push(format!("log in with `registry login {registry}`"));
    } else if answer.status == http::StatusCode::UNAUTHORIZED {
        hints.push(format!(
            "the user name or password is wrong or has expired: `registry login {registry}`"
        ));
    } else {
        hints.push(format!(
            "the user may not do this; use another with `registry login {registry}`"
        ));
    }
    let is_forbidden = answer.status == http::StatusCode::FORBIDDEN;
    if is_forbidden && !matches!(answer.method, Method::GET | Method::HEAD) {
        hints.push(create_first());
    }
    hints
}

fn busy(registry: &str, wait: Option<u64>) -> Vec<String> {
    let again = match wait {
        Some(seconds) => format!("try again in {seconds} s"),
        None => "try again later".to_owned(),
    };
    vec![again, format!("`registry login {registry}` often gives a higher limit")]
}

fn refused(answer: &Answer) -> Vec<String> {
    if answer.words.has(&ErrorCode::NameUnknown) {
        return vec![create_first()];
    }
    match answer.status.as_u16() {
        409 => vec!["the tag may be immutable; give the chart a new version".into()],
        413 => vec!["the registry takes no content of this size".into()],
        507 => vec!["the registry has no room left; its owner can make some".into()],
        500..=599 => vec!["the registry has trouble of its own; try again later".into()],
        _ => Vec::new(),
    }
}
