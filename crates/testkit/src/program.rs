use std::env;
use std::path::{Path, PathBuf};

/// Finds a program of others that `cargo xtask peers` has put in `target/peers`, or in the folder `RHUMB_PROGRAMS`.
///
/// # Panics
///
/// If it is not there: whoever runs a test that needs it asked for it by name.
pub fn program(name: &str) -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/peers");
    let folder = env::var_os("RHUMB_PROGRAMS").map_or(default, PathBuf::from);
    let link = folder.join(name);
    link.canonicalize().unwrap_or_else(|error| {
        panic!("{}: {error}: run `cargo xtask peers {name}`", link.display());
    })
}
