//! Answers to recorded cases, made in process.

pub mod charts;
pub mod micro;
mod render;

pub use render::{CLOCK, renderer};
