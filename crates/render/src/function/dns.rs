use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text};

use super::rendering;

/// `getHostByName NAME`: an address, or nothing unless the world answers such questions.
pub(crate) fn get_host_by_name(call: &Call<'_>, name: &Text) -> Result<String, CallError> {
    rendering(call)?.world.address_of(&name.to_lossy()).map_err(CallError::new)
}
