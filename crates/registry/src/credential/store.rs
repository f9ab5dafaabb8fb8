use std::path::{Path, PathBuf};
use std::time::Duration;

use super::config_file::ConfigFile;
use super::helper::Helper;
use super::{Credential, CredentialFiles, Place, Stored};
use crate::Error;

/// Reads and writes credentials where Helm, Docker and Podman keep them.
///
/// Files are asked in this order: Helm's, Docker's, those of containers. In each the narrowest
/// place that has a credential wins: its own helper, then the file's helper, then the file.
pub(crate) struct Store {
    files: CredentialFiles,
    limit: Duration,
}

impl Store {
    /// Uses these files; `limit` is how long a helper may take.
    pub(crate) fn new(files: CredentialFiles, limit: Duration) -> Self {
        Self { files, limit }
    }

    /// The credential for a place, or for what is around it.
    pub(crate) async fn get(&self, place: &Place) -> Result<Option<Credential>, Error> {
        for path in self.paths() {
            let file = ConfigFile::read(path)?;
            for place in place.widening() {
                if let Some(credential) = self.get_from(&file, &place).await? {
                    return Ok(Some(credential));
                }
            }
        }
        Ok(None)
    }

    /// Whether there may be a credential for a place; no helper is run to find out.
    pub(crate) fn may_have(&self, place: &Place) -> bool {
        self.paths().any(|path| {
            // A file that cannot be read is complained about when it is really needed.
            let Ok(file) = ConfigFile::read(path) else { return true };
            let helper = file.creds_store().is_some() || self.system_helper(&file).is_some();
            let named = |place: Place| file.mentions(&place) || file.cred_helper(&place).is_some();
            helper || place.widening().any(named)
        })
    }

    /// Keeps a credential in Helm's file, or with the helper that the file names.
    pub(crate) async fn set(
        &self,
        place: &Place,
        credential: &Credential,
    ) -> Result<Stored, Error> {
        let _lock = Lock::take(&self.files.helm)?;
        let mut file = ConfigFile::read(&self.files.helm)?;
        let Some(name) = self.helper_name(&file, place) else {
            file.set(place, Some(credential));
            file.write()?;
            return Ok(Stored::default());
        };
        let refusal = self.helper(&name).store(&place.key(), credential).await?;
        if refusal.is_none() {
            // An empty entry tells this and other tools that the helper has it.
            file.set(place, None);
            if file.cred_helper(place).is_none() {
                file.set_creds_store(&name);
            }
            file.write()?;
        }
        let note = refusal.map(|words| {
            format!("credential helper `{name}` makes credentials itself and stores none ({words})")
        });
        Ok(Stored { helper: Some(name), note })
    }

    /// Forgets the credential of a place, in Helm's file and the helper that it names.
    pub(crate) async fn remove(&self, place: &Place) -> Result<Stored, Error> {
        let _lock = Lock::take(&self.files.helm)?;
        let mut file = ConfigFile::read(&self.files.helm)?;
        let helper = self.helper_name(&file, place);
        let mut note = None;
        if let Some(name) = &helper {
            let refusal = self.helper(name).erase(&place.key()).await?;
            note = refusal.map(|words| {
                format!(
                    "credential helper `{name}` makes credentials itself and erases none ({words})"
                )
            });
        }
        if file.remove(place) {
            file.write()?;
        }
        Ok(Stored { helper, note })
    }

    async fn get_from(
        &self,
        file: &ConfigFile,
        place: &Place,
    ) -> Result<Option<Credential>, Error> {
        if let Some(name) = file.cred_helper(place) {
            if let Some(credential) = self.helper(name).get(&place.key()).await? {
                return Ok(Some(credential));
            }
        } else if let Some(name) = file.creds_store().or_else(|| self.system_helper(file))
            // A helper is a process: it is run for whole hosts, and for paths it was given.
            && (place.key() == Place::new(place.host(), "").key() || file.mentions(place))
            && let Some(credential) = self.helper(name).get(&place.key()).await?
        {
            return Ok(Some(credential));
        }
        file.credential(place)
    }

    fn helper_name(&self, file: &ConfigFile, place: &Place) -> Option<String> {
        let own = file.cred_helper(place).or_else(|| file.creds_store());
        own.or_else(|| self.system_helper(file)).map(str::to_owned)
    }

    /// The system's own helper serves a file that says nothing at all, as in Helm.
    fn system_helper(&self, file: &ConfigFile) -> Option<&'static str> {
        if file.is_configured() { None } else { Helper::of_system(&self.files.helper_folders) }
    }

    fn helper(&self, name: &str) -> Helper {
        Helper::new(name, &self.files.helper_folders, self.limit)
    }

    fn paths(&self) -> impl Iterator<Item = &Path> {
        let CredentialFiles { helm, docker, containers, helper_folders: _ } = &self.files;
        let all = std::iter::once(helm).chain(docker).chain(containers);
        all.map(PathBuf::as_path).filter(|path| !path.as_os_str().is_empty())
    }
}

/// Keeps two logins from undoing each other. The system lets go of it when the process ends.
struct Lock(#[expect(dead_code, reason = "held, not read")] std::fs::File);

impl Lock {
    fn take(path: &Path) -> Result<Self, Error> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let path = PathBuf::from(name);
        let error = |source| Error::File { doing: "locking", path: path.clone(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(error)?;
        }
        let file = std::fs::File::create(&path).map_err(error)?;
        file.lock().map_err(error)?;
        Ok(Self(file))
    }
}
