//! Names of hosts.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::{CallError, Text};

/// `getHostByName NAME`: one of its addresses; an empty text where templates may not ask.
///
/// `{{ getHostByName "example.com" | quote }}` gives `""`.
fn get_host_by_name(call: &Call<'_>, name: &Text) -> Result<String, CallError> {
    match call.session().host().addresses(&name.to_lossy()) {
        None => Ok(String::new()),
        Some(addresses) if addresses.is_empty() => Err(CallError::new("invalid argument to Intn")),
        Some(addresses) => Ok(addresses[crate::random::below(call, addresses.len())].clone()),
    }
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[func!("getHostByName", get_host_by_name, call, [name])];
