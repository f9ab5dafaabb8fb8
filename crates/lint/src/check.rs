//! Checks of single texts, in the words of the programs that Helm asks.

mod email;
mod name;
mod url;

pub(crate) use email::is_email;
pub(crate) use name::{object_name, object_name_problems};
pub(crate) use url::{is_request_url, is_url};
