use std::fmt;

use rhumb_value::{CallError, Signature, Value};

use super::{FromRest, FromValue, IntoReturn};
use crate::Call;

/// One row of a function table: all that the engine, the reference and the tests need.
///
/// Rows are made by [`func!`](crate::func).
pub struct Func {
    /// The name in templates.
    pub name: &'static str,
    /// The names of its parameters, for people; a last one with `...` before it takes any number.
    pub params: &'static [&'static str],
    /// The Go types.
    pub signature: Signature,
    /// Calls it. The engine has checked number and types of the arguments.
    pub call: fn(&Call<'_>, &[Value]) -> Result<Value, CallError>,
}

impl fmt::Debug for Func {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Func").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Makes one [`Func`] of a typed Rust function.
///
/// ```
/// # use rhumb_gotmpl::{Call, Func, func};
/// # use rhumb_value::{CallError, Text, Value};
/// fn repeat(count: i64, text: &Text) -> Result<Vec<u8>, CallError> {
///     let count = usize::try_from(count).map_err(|_| CallError::new("negative count"))?;
///     Ok(text.as_bytes().repeat(count.min(1_000)))
/// }
///
/// fn join(separator: &Text, parts: &[Value]) -> String {
///     format!("{} parts by {separator:?}", parts.len())
/// }
///
/// fn now(call: &Call<'_>) -> i64 {
///     call.now().seconds
/// }
///
/// const FUNCS: &[Func] = &[
///     func!("join", join, [separator; parts]),    // a variadic parameter follows the semicolon
///     func!("now", now, call, []),                // takes the call's context first
///     func!("repeat", repeat, [count, text]),
/// ];
/// assert_eq!(FUNCS[0].signature.params.len(), 2);
/// ```
#[macro_export]
macro_rules! func {
    ($name:literal, $function:path, [$($param:ident),*]) => {
        $crate::func!(@row $name, $function, (), [$($param),*], [])
    };
    ($name:literal, $function:path, [$($param:ident),*; $rest:ident]) => {
        $crate::func!(@row $name, $function, (), [$($param),*], [$rest])
    };
    ($name:literal, $function:path, call, [$($param:ident),*]) => {
        $crate::func!(@row $name, $function, (call), [$($param),*], [])
    };
    ($name:literal, $function:path, call, [$($param:ident),*; $rest:ident]) => {
        $crate::func!(@row $name, $function, (call), [$($param),*], [$rest])
    };
    (@row $name:literal, $function:path, ($($call:ident)?), [$($param:ident),*], [$($rest:ident)?]) => {
        $crate::Func {
            name: $name,
            params: &[$(stringify!($param),)* $(concat!("...", stringify!($rest)))?],
            signature: $crate::func!(@signature $function, ($($call)?), [$($param),*], [$($rest)?]),
            call: |context, values| {
                // A parameter may have the function's name.
                let function = $function;
                let mut index = 0..;
                let mut next = || index.next().unwrap_or_default();
                let _ = (context, values, &mut next);
                $(let $param = $crate::function::argument(values, next())?;)*
                $(let $rest = $crate::function::rest(values, next())?;)?
                $crate::function::IntoReturn::into_return(function(
                    $($crate::func!(@context $call context),)? $($param,)* $($rest)?
                ))
            },
        }
    };
    (@context call $context:ident) => { $context };
    (@hole $param:ident) => { _ };
    (@signature $function:path, (), [$($param:ident),*], []) => {
        $crate::function::signature::<$crate::function::Fixed, _>(
            &($function as fn($($crate::func!(@hole $param)),*) -> _),
        )
    };
    (@signature $function:path, (), [$($param:ident),*], [$rest:ident]) => {
        $crate::function::signature::<$crate::function::Variadic, _>(
            &($function as fn($($crate::func!(@hole $param),)* _) -> _),
        )
    };
    (@signature $function:path, (call), [$($param:ident),*], []) => {
        $crate::function::signature::<$crate::function::ContextFixed, _>(
            &($function as fn(&$crate::Call<'_>, $($crate::func!(@hole $param)),*) -> _),
        )
    };
    (@signature $function:path, (call), [$($param:ident),*], [$rest:ident]) => {
        $crate::function::signature::<$crate::function::ContextVariadic, _>(
            &($function as fn(&$crate::Call<'_>, $($crate::func!(@hole $param),)* _) -> _),
        )
    };
}

/// A function of a fixed number of arguments.
#[derive(Debug)]
pub enum Fixed {}
/// A function whose last parameter is variadic.
#[derive(Debug)]
pub enum Variadic {}
/// As [`Fixed`], after the call's context.
#[derive(Debug)]
pub enum ContextFixed {}
/// As [`Variadic`], after the call's context.
#[derive(Debug)]
pub enum ContextVariadic {}

/// A Rust function pointer whose Go signature is known, read as a `Shape`.
pub trait Describe<Shape> {
    /// The Go signature.
    const SIGNATURE: Signature;
}

/// The Go signature of a Rust function.
pub const fn signature<Shape, F: Describe<Shape>>(_: &F) -> Signature {
    F::SIGNATURE
}

macro_rules! describe {
    ($($param:ident)*) => {
        impl<'v, $($param: FromValue<'v>,)* R: IntoReturn> Describe<Fixed> for fn($($param),*) -> R {
            const SIGNATURE: Signature = Signature {
                params: &[$($param::TYPE),*],
                variadic: false,
                returns: R::TYPE,
            };
        }

        impl<'v, $($param: FromValue<'v>,)* R: IntoReturn> Describe<ContextFixed>
            for fn(&Call<'_>, $($param),*) -> R
        {
            const SIGNATURE: Signature = Signature {
                params: &[$($param::TYPE),*],
                variadic: false,
                returns: R::TYPE,
            };
        }

        impl<'v, $($param: FromValue<'v>,)* Z: FromRest<'v>, R: IntoReturn> Describe<Variadic>
            for fn($($param,)* Z) -> R
        {
            const SIGNATURE: Signature = Signature {
                params: &[$($param::TYPE,)* Z::TYPE],
                variadic: true,
                returns: R::TYPE,
            };
        }

        impl<'v, $($param: FromValue<'v>,)* Z: FromRest<'v>, R: IntoReturn> Describe<ContextVariadic>
            for fn(&Call<'_>, $($param,)* Z) -> R
        {
            const SIGNATURE: Signature = Signature {
                params: &[$($param::TYPE,)* Z::TYPE],
                variadic: true,
                returns: R::TYPE,
            };
        }
    };
}

describe!();
describe!(A);
describe!(A B);
describe!(A B C);
describe!(A B C D);
describe!(A B C D E);
describe!(A B C D E G);
describe!(A B C D E G H);
