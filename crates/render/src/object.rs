//! The Go values that charts find beside their own: `.Files` and `.Capabilities`.

mod capabilities;
mod files;
mod values;

pub(crate) use capabilities::capabilities;
pub(crate) use files::Files;
pub(crate) use values::{VALUES, ValuesMethods};
