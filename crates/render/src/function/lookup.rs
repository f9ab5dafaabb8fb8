use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Map, Text, Value};

use super::rendering;
use crate::Lookup;

/// `lookup APIVERSION KIND NAMESPACE NAME`: an object of the cluster, or a list of them if the name
/// is empty; an empty map if there is none, without a cluster, and for `lint`.
///
/// `{{ lookup "v1" "Secret" "default" "demo" }}` gives `map[]`.
pub(crate) fn lookup(
    call: &Call<'_>,
    api_version: &Text,
    kind: &Text,
    namespace: &Text,
    name: &Text,
) -> Result<Map, CallError> {
    let rendering = rendering(call)?;
    call.is_unique();
    if rendering.lint {
        return Ok(Map::new());
    }
    let query = Lookup {
        api_version: &api_version.to_lossy(),
        kind: &kind.to_lossy(),
        namespace: &namespace.to_lossy(),
        name: &name.to_lossy(),
    };
    match rendering.world.lookup(&query).map_err(CallError::new)? {
        Value::Map(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}
