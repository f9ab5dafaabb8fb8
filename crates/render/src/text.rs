use std::rc::Rc;
use std::sync::Arc;

use rhumb_gotmpl::{Error, Functions, Session, Set};
use rhumb_value::Value;

use crate::World;
use crate::function::TEXT_FUNCS;
use crate::world::Rendering;

/// Renders one text that belongs to no chart and sees no values, with Sprig's functions, `fail`, `env` and `expandenv`.
///
/// # Errors
///
/// If it cannot be parsed or fails, in Go's words.
pub fn text(name: &str, text: &[u8], world: Arc<dyn World>) -> Result<Vec<u8>, Error> {
    let mut tables: Vec<_> = rhumb_sprig::tables().iter().map(|(_, table)| *table).collect();
    tables.push(TEXT_FUNCS);
    let mut set = Set::new(name, Rc::new(Functions::new(&tables)));
    set.parse(name, text)?;
    let rendering = Rendering::new(world, false);
    set.execute(&Session::new(&rendering), name, Value::Nil)
}
