//! Types of flag values, read as Go's flag library reads them.

mod accepted;
mod chart;
mod connection;
mod duration;
mod global;
mod install;
mod list;
mod number;
mod output;
mod quote;
mod switch;
mod values;

pub(crate) use accepted::{Labels, Wait};
pub(crate) use chart::ChartArgs;
pub(crate) use connection::{ConnectionArgs, CredentialArgs};
pub(crate) use duration::Span;
pub(crate) use global::GlobalArgs;
pub(crate) use install::{InstallArgs, NO_EFFECT};
pub(crate) use list::Strings;
pub(crate) use number::{Float, Int, Uint, parse_decimal};
pub(crate) use output::{FindingsFormat, Format, OutputFormat};
pub(crate) use quote::quote;
pub(crate) use switch::Switch;
pub(crate) use values::{ValuesArgs, read_values};
