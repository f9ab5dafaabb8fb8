use std::path::PathBuf;

use rhumb_registry::{ClientCertificate, Transport};

use super::Switch;
use crate::error::Error;
use crate::usage::UsageError;

/// How to reach a server: the flags that every command has which talks to one.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ConnectionArgs {
    /// Trust the certificate authorities in this PEM file, too
    #[arg(long)]
    pub(crate) ca_file: Option<PathBuf>,

    /// Show the server this certificate, a PEM file
    #[arg(long)]
    pub(crate) cert_file: Option<PathBuf>,

    /// Private key of the certificate, a PEM file
    #[arg(long)]
    pub(crate) key_file: Option<PathBuf>,

    /// Accept any certificate, which gives up on knowing whom one talks to
    #[arg(long)]
    pub(crate) insecure_skip_tls_verify: Switch,

    /// Speak plain HTTP, without encryption
    #[arg(long)]
    pub(crate) plain_http: Switch,
}

impl ConnectionArgs {
    /// The one transport that the flags ask for: plain HTTP wins, then no checks, as in Helm.
    pub(crate) fn transport(&self) -> Transport {
        if self.plain_http.on() {
            return Transport::PlainHttp;
        }
        if self.insecure_skip_tls_verify.on() {
            return Transport::HttpsUnverified;
        }
        let ca_file = self.ca_file.clone().filter(|path| !path.as_os_str().is_empty());
        ca_file.map_or(Transport::Https, Transport::HttpsWithCa)
    }

    /// Checks the files that are named, as Helm does before it looks at anything else.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let authorities = self.ca_file.as_deref().filter(|path| !path.as_os_str().is_empty());
        rhumb_registry::check_tls_files(authorities, self.certificate()?.as_ref())
            .map_err(|error| Error::RegistryClient { error })
    }

    /// The certificate to show, for which both files must be named.
    pub(crate) fn certificate(&self) -> Result<Option<ClientCertificate>, UsageError> {
        let named =
            |path: &Option<PathBuf>| path.clone().filter(|path| !path.as_os_str().is_empty());
        match (named(&self.cert_file), named(&self.key_file)) {
            (Some(certificate), Some(key)) => Ok(Some(ClientCertificate { certificate, key })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(UsageError::Needs { flag: "cert-file", other: "key-file" }),
            (None, Some(_)) => Err(UsageError::Needs { flag: "key-file", other: "cert-file" }),
        }
    }
}

/// Who the user is, in place of what a login has stored.
#[derive(Clone, Default, clap::Args)]
pub(crate) struct CredentialArgs {
    /// User name, in place of a stored login
    #[arg(long)]
    pub(crate) username: Option<String>,

    /// Password, in place of a stored login; others on this machine may see it
    #[arg(long)]
    pub(crate) password: Option<String>,
}

impl std::fmt::Debug for CredentialArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialArgs").field("username", &self.username).finish_non_exhaustive()
    }
}
