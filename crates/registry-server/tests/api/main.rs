//! The server as its clients see it.
//!
//! `cfg(test)`, which always holds here, tells the linter that helpers may unwrap as tests may.

#[cfg(test)]
mod access;
#[cfg(test)]
mod content;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod support;
#[cfg(test)]
mod upload;
