mod gc;
mod login;
mod logout;
mod serve;
mod storage;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Error;

/// Log in to registries, and run one
///
/// Logins are kept in the file that Helm keeps them in, in Docker's format, or with the credential
/// helper that the file names.
#[derive(Debug, Subcommand)]
pub(crate) enum Registry {
    Gc(gc::GcArgs),
    Login(login::LoginArgs),
    Logout(logout::LogoutArgs),
    Serve(serve::ServeArgs),
}

pub(crate) fn run(command: Registry, context: &mut Context<'_>) -> Result<(), Error> {
    match command {
        Registry::Gc(args) => gc::run(args, context),
        Registry::Login(args) => login::run(args, context),
        Registry::Logout(args) => logout::run(args, context),
        Registry::Serve(args) => serve::run(args, context),
    }
}
