//! One request type and one function per operation.
//!
//! [`Client`] is built from ports, never from the environment: a registry client, a reporter, a
//! clock. Operations are its methods; each takes a plain request and gives a plain result, both of
//! which serialise.

mod client;
mod error;
mod login;
mod logout;
mod pull;
mod search;
mod versions;
mod write;

pub use client::{Client, ClientBuilder};
pub use error::Error;
pub use login::{LoggedIn, Login};
pub use logout::{LoggedOut, Logout};
pub use pull::{ChartSource, Pull, Pulled};
pub use search::{Found, FoundChart, Search};
pub use versions::{Repositories, VersionList, Versions};
