use rhumb_registry_server::Storage;

use crate::context::Context;
use crate::environment::join;

/// Schemes of object stores.
const OBJECT_STORES: &[&str] = &["s3://", "gs://", "az://", "azure://", "abfs://", "abfss://"];
/// What names of the variables start with that configure object stores.
const OBJECT_STORE_VARIABLES: &[&str] = &["AWS_", "GOOGLE_", "AZURE_"];

/// The storage that `--storage` names; by default a folder under the data home.
pub(super) fn storage(given: Option<&str>, context: &Context<'_>) -> Storage {
    match given.filter(|given| !given.is_empty()) {
        Some("memory") => Storage::Memory,
        Some(url) if OBJECT_STORES.iter().any(|scheme| url.starts_with(scheme)) => {
            let settings = context.environment.with_prefixes(OBJECT_STORE_VARIABLES);
            Storage::Object { url: url.to_owned(), settings }
        }
        Some(folder) => Storage::Folder(folder.into()),
        None => Storage::Folder(join(&context.settings.folders.data, "registry").into()),
    }
}

/// What to call a storage in messages.
pub(super) fn name(storage: &Storage) -> String {
    match storage {
        Storage::Memory => "memory".to_owned(),
        Storage::Folder(folder) => folder.display().to_string(),
        Storage::Object { url, .. } => url.clone(),
        _ => "another storage".to_owned(),
    }
}
