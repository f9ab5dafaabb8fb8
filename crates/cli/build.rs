//! How the program is linked.

use std::env;
use std::path::Path;
use std::process::Command;

/// The part of GCC's library that unwinds the stack of a panic.
const UNWINDER: &str = "gcc_eh";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if is_gnu && is("PROFILE", "release") {
        // At a fixed address, and with one library less to load: see
        // docs/decisions/006-linking.md.
        println!("cargo:rustc-link-arg-bins=-no-pie");
        if let Some(folder) = folder_of_unwinder() {
            println!("cargo:rustc-link-search=native={folder}");
            println!("cargo:rustc-link-lib=static={UNWINDER}");
        }
    }
}

/// Where the C compiler has the unwinder as a static library, if it builds for the same machine.
fn folder_of_unwinder() -> Option<String> {
    if env::var_os("HOST") != env::var_os("TARGET") {
        return None;
    }
    let mut compiler = Command::new("cc");
    let found = compiler.arg(format!("-print-file-name=lib{UNWINDER}.a")).output().ok()?;
    let path = String::from_utf8(found.stdout).ok()?;
    // The compiler repeats a name that it does not find.
    let folder = Path::new(path.trim()).parent().filter(|folder| folder.is_absolute())?;
    folder.to_str().map(str::to_owned)
}
