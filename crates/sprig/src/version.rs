//! Versions and ranges.

mod read;

use std::any::Any;
use std::cell::{Ref, RefCell};
use std::rc::Rc;

use rhumb_gotmpl::{Func, func};
use rhumb_semver::{Constraint, Version};
use rhumb_value::{
    CallError, Encoding, IntKind, List, Object, Signature, Text, Type, UintKind, Value,
};

const POINTER: Type = Type::Opaque("*semver.Version");
const STRUCT: Type = Type::Opaque("semver.Version");
const ERROR: Type = Type::Opaque("error");
const UINT64: Type = Type::Uint(UintKind::Uint64);

/// A version with Go's methods.
#[derive(Clone, Debug)]
struct VersionObject {
    /// What methods can change.
    version: RefCell<Version>,
    /// Whether Go has a pointer to it here, which decides how its type prints.
    is_pointer: bool,
}

impl VersionObject {
    fn version(&self) -> Ref<'_, Version> {
        self.version.borrow()
    }

    /// A copy that a method made.
    fn changed(text: &str) -> Result<Value, CallError> {
        Self::set(Version::parse(text))
    }

    /// The text of another version with the `v` of the original.
    fn numbers(&self, numbers: [u64; 3]) -> String {
        let prefix = if self.version().original().starts_with('v') { "v" } else { "" };
        let [major, minor, patch] = numbers;
        format!("{prefix}{major}.{minor}.{patch}")
    }

    /// What a method that sets a part returns.
    fn set(version: Result<Version, rhumb_semver::Error>) -> Result<Value, CallError> {
        let version = version.map_err(|error| CallError::new(error.to_string()))?;
        Ok(Self { version: version.into(), is_pointer: false }.into())
    }
}

impl Object for VersionObject {
    fn kind(&self) -> Type {
        if self.is_pointer { POINTER } else { STRUCT }
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let number = |number| Value::Uint(UintKind::Uint64, number);
        let version = self.version();
        vec![
            ("major", number(version.major())),
            ("minor", number(version.minor())),
            ("patch", number(version.patch())),
            ("pre", Value::text(version.prerelease())),
            ("metadata", Value::text(version.metadata())),
            ("original", Value::text(version.original())),
        ]
    }

    fn is_changed_by(&self, method: &str) -> bool {
        matches!(method, "UnmarshalJSON" | "UnmarshalText" | "Scan")
    }

    fn method(&self, name: &str) -> Option<Signature> {
        const OF_POINTERS: [&str; 10] = [
            "Original",
            "Compare",
            "Equal",
            "LessThan",
            "LessThanEqual",
            "GreaterThan",
            "GreaterThanEqual",
            "UnmarshalJSON",
            "UnmarshalText",
            "Scan",
        ];
        if !self.is_pointer && OF_POINTERS.contains(&name) {
            return None;
        }
        let (params, returns): (&'static [Type], Type) = match name {
            "Major" | "Minor" | "Patch" => (&[], UINT64),
            "Prerelease" | "Metadata" | "Original" | "String" => (&[], Type::String),
            "IncMajor" | "IncMinor" | "IncPatch" => (&[], STRUCT),
            "SetPrerelease" | "SetMetadata" => (&[Type::String], STRUCT),
            "Compare" => (&[POINTER], Type::Int(IntKind::Int)),
            "Equal" | "LessThan" | "LessThanEqual" | "GreaterThan" | "GreaterThanEqual" => {
                (&[POINTER], Type::Bool)
            }
            "Value" => (&[], Type::Interface),
            "UnmarshalJSON" | "UnmarshalText" => (&[List::BYTES], ERROR),
            "Scan" => (&[Type::Interface], ERROR),
            "MarshalJSON" | "MarshalText" => (&[], List::BYTES),
            _ => return None,
        };
        Some(Signature { params, variadic: false, returns })
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, CallError> {
        let version = self.version();
        let (major, minor, patch) = (version.major(), version.minor(), version.patch());
        let number = |number| Ok(Value::Uint(UintKind::Uint64, number));
        let is_release = version.prerelease().is_empty();
        match name {
            "Major" => number(major),
            "Minor" => number(minor),
            "Patch" => number(patch),
            "Prerelease" => Ok(Value::text(version.prerelease())),
            "Metadata" => Ok(Value::text(version.metadata())),
            "Original" => Ok(Value::text(version.original())),
            "String" | "Value" => Ok(Value::text(version.to_string())),
            "IncMajor" => Self::changed(&self.numbers([next("major", major)?, 0, 0])),
            "IncMinor" => Self::changed(&self.numbers([major, next("minor", minor)?, 0])),
            "IncPatch" => {
                let patch = if is_release { next("patch", patch)? } else { patch };
                Self::changed(&self.numbers([major, minor, patch]))
            }
            "SetPrerelease" => Self::set(version.with_prerelease(&text(arguments))),
            "SetMetadata" => Self::set(version.with_metadata(&text(arguments))),
            "MarshalJSON" | "MarshalText" => {
                let quotes = if name == "MarshalJSON" { "\"" } else { "" };
                Ok(bytes(&format!("{quotes}{version}{quotes}")))
            }
            "UnmarshalJSON" | "UnmarshalText" | "Scan" => {
                drop(version);
                let (version, error) = read::read(name, arguments.first());
                if let Some(version) = version {
                    self.version.replace(version);
                }
                Ok(error)
            }
            _ => compare(name, &version, arguments),
        }
    }

    fn target_has_text(&self) -> bool {
        true
    }

    fn text(&self) -> Option<Text> {
        Some(self.version().to_string().into())
    }

    fn encoding(&self) -> Encoding {
        Encoding::Plain(Value::text(self.version().to_string()))
    }

    fn deep_copied(&self) -> Option<Value> {
        let version = Version::parse("0.0.0").ok()?.into();
        Some(Self { version, ..*self }.into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl From<VersionObject> for Value {
    fn from(object: VersionObject) -> Self {
        Self::Object(Rc::new(object))
    }
}

/// One more, in Go's words where that is too much.
fn next(name: &str, number: u64) -> Result<u64, CallError> {
    let message = || format!("{name} version increment would overflow uint64");
    number.checked_add(1).ok_or_else(|| CallError::new(message()))
}

fn text(arguments: &[Value]) -> String {
    match arguments {
        [Value::Text(text)] => text.to_lossy().into_owned(),
        _ => String::new(),
    }
}

/// A `[]uint8`.
fn bytes(text: &str) -> Value {
    List::bytes(text.into()).into()
}

fn compare(name: &str, version: &Version, arguments: &[Value]) -> Result<Value, CallError> {
    let other = match arguments {
        [Value::Object(object)] => object.as_any().downcast_ref::<VersionObject>(),
        _ => None,
    };
    let Some(other) = other else {
        return match name {
            "Equal" => Ok(Value::Bool(false)),
            _ => Err(CallError::new(crate::cast::NIL_DEREFERENCE)),
        };
    };
    let order = version.cmp(&other.version());
    Ok(match name {
        "Compare" => Value::int(order as i64),
        "Equal" => Value::Bool(order.is_eq()),
        "LessThan" => Value::Bool(order.is_lt()),
        "LessThanEqual" => Value::Bool(order.is_le()),
        "GreaterThan" => Value::Bool(order.is_gt()),
        "GreaterThanEqual" => Value::Bool(order.is_ge()),
        _ => return Err(CallError::new(format!("no method {name}"))),
    })
}

/// A `*semver.Version`.
struct Pointer(Version);

impl rhumb_gotmpl::IntoReturn for Pointer {
    const TYPE: Type = POINTER;

    fn into_return(self) -> Result<Value, CallError> {
        Ok(VersionObject { version: self.0.into(), is_pointer: true }.into())
    }
}

fn parse(text: &Text) -> Result<Version, CallError> {
    Version::parse(&text.to_lossy()).map_err(|error| CallError::new(error.to_string()))
}

/// `semver TEXT`: a version.
///
/// `{{ (semver "v1.2.3-rc.1").Prerelease }}` gives `rc.1`.
fn semver(text: &Text) -> Result<Pointer, CallError> {
    parse(text).map(Pointer)
}

/// `semverCompare RANGE VERSION`: whether the version is in the range.
///
/// `{{ semverCompare "^1.2" "1.4.0" }}` gives `true`.
fn semver_compare(range: &Text, version: &Text) -> Result<bool, CallError> {
    let range = Constraint::parse(&range.to_lossy());
    let range = range.map_err(|error| CallError::new(error.to_string()))?;
    Ok(range.check(&parse(version)?))
}

/// The table.
pub(crate) const FUNCS: &[Func] =
    &[func!("semver", semver, [version]), func!("semverCompare", semver_compare, [range, version])];
