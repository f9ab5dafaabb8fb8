//! An OCI registry to embed, over memory, a folder or an object store.
//!
//! [`Server::start`] takes [`Options`] and gives a [`Running`] server with its address. A test that needs a
//! registry needs no more than this:
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use rhumb_registry_server::{Options, Server, Storage};
//!
//! let server = Server::start(Options::new(Storage::Memory)).await?;
//! assert_ne!(server.address().port(), 0);
//! server.shutdown().await;
//! # Ok::<(), rhumb_registry_server::Error>(())
//! # }).unwrap();
//! ```

mod api;
mod body;
mod clock;
mod collect;
mod error;
mod guard;
mod incoming;
mod layout;
mod names;
mod observer;
mod options;
mod patient;
mod problem;
mod range;
mod route;
mod server;
mod service;
mod store;
mod tls;

pub use clock::Clock;
pub use collect::{Collect, Collected};
pub use error::Error;
pub use options::{AccessLog, Login, Options, Storage, TlsFiles, Users};
pub use server::{Running, Server};
