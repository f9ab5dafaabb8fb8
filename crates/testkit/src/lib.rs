//! Fixtures, real servers and foreign clients for the tests.
//!
//! A [`Registry`] is a real server on a free loopback port that ends when it is dropped; a [`Client`] is a program that
//! pushes charts to it and pulls them, with a home folder of its own. Programs of others are found through
//! [`program`], where `cargo xtask peers` put them. What goes wrong here fails the test that asked for it, so
//! everything panics with what it knows.

mod certificate;
mod chart_file;
mod client;
pub mod conformance;
mod home;
mod layout;
mod program;
pub mod reference;
mod server;
mod service;
mod web;

pub use chart_file::ChartFile;
pub use client::{Client, Crane, Helm, Oras, Pulled, Regctl};
pub use home::Home;
pub use program::program;
pub use server::{Login, Registry};
pub use web::{Asked, Web};
