//! The shape of a function table.

mod argument;
mod returned;
mod table;

pub use argument::{FromRest, FromValue, Int64, argument, rest};
pub use returned::IntoReturn;
pub use table::{ContextFixed, ContextVariadic, Describe, Fixed, Func, Variadic, signature};

#[cfg(test)]
mod tests;
