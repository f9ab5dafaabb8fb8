//! The Go values that charts find beside their own: `.Files` and `.Capabilities`.

mod capabilities;
mod files;

pub(crate) use capabilities::capabilities;
pub(crate) use files::Files;
