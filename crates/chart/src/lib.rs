//! Charts: metadata, loading, packing, dependencies, values.
//!
//! [`Chart::load`] reads a folder or an archive. [`values`] puts the values together that its
//! templates see.

mod archive;
mod chart;
mod content_type;
mod create;
mod document;
mod error;
mod file;
mod folder;
mod ignore;
mod limits;
mod load;
mod lock;
mod log_line;
mod metadata;
mod pack;
mod print_json;
mod print_yaml;
mod provenance;
mod quote;
pub mod repo;
mod schema;
mod show;
mod time;
mod unpack;
pub mod values;

pub use archive::read_archive;
pub use chart::{Chart, Crd};
pub use create::{CreateError, check_name, create, create_from};
pub use document::{DocumentError, check_strict};
pub use error::{ArchiveError, FolderError};
pub use file::File;
pub use folder::read_folder;
pub use ignore::{IgnoreError, IgnoreRules};
pub use limits::MAX_CHART_BYTES;
pub use load::{FileError, LoadError};
pub use lock::{Lock, LockError, requirements_digest, requirements_digest_v2};
pub use log_line::log_line;
pub use metadata::{Dependency, Maintainer, Metadata, TypeError, ValidationError};
pub use pack::PackError;
pub use provenance::{Checksums, ChecksumsError};
pub use rhumb_yaml::PrintError;
pub use schema::{SchemaError, SchemaLoader};
pub use show::Show;
pub use time::{Time, TimeError};
pub use unpack::{UnpackError, read_named_archive, unpack};
pub use values::Values;
