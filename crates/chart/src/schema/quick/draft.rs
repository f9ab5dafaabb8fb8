//! The keywords, and what the drafts make of them.

use boon::Draft;

use super::{Surely, Unsure};

/// A keyword by how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A text that asserts nothing.
    Text,
    /// `true` or `false` that asserts nothing.
    Truth,
    /// A list that asserts nothing.
    List,
    /// Anything, which asserts nothing: a default, or a word that is no keyword.
    Any,
    /// What the quick check cannot treat.
    Unknown,
    Draft,
    Id,
    Reference,
    Type,
    /// `$defs`
    Definitions,
    /// `definitions`
    OldDefinitions,
    Properties,
    PatternProperties,
    AdditionalProperties,
    PropertyNames,
    Required,
    Dependencies,
    DependentRequired,
    DependentSchemas,
    MinProperties,
    MaxProperties,
    Items,
    PrefixItems,
    AdditionalItems,
    Contains,
    MinContains,
    MaxContains,
    UniqueItems,
    MinItems,
    MaxItems,
    Enum,
    Const,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    Then,
    Else,
}

/// How a keyword is read.
///
/// # Errors
///
/// If the draft is older than the keyword, and so takes it for any other word.
pub(super) fn word(keyword: &str, draft: Draft) -> Surely<Word> {
    let word = match keyword {
        // The usual ones first.
        "type" => Word::Type,
        "description" | "title" | "$comment" | "contentEncoding" | "contentMediaType" => Word::Text,
        "properties" => Word::Properties,
        "items" => Word::Items,
        "required" => Word::Required,
        "additionalProperties" => Word::AdditionalProperties,
        "enum" => Word::Enum,
        "$ref" => Word::Reference,
        "minimum" => Word::Minimum,
        "maximum" => Word::Maximum,
        "const" => Word::Const,
        "format" => Word::Format,
        "minLength" => Word::MinLength,
        "maxLength" => Word::MaxLength,
        "pattern" => Word::Pattern,
        "minItems" => Word::MinItems,
        "maxItems" => Word::MaxItems,
        "uniqueItems" => Word::UniqueItems,
        "allOf" => Word::AllOf,
        "anyOf" => Word::AnyOf,
        "oneOf" => Word::OneOf,
        "not" => Word::Not,
        "if" => Word::If,
        "then" => Word::Then,
        "else" => Word::Else,
        "definitions" => Word::OldDefinitions,
        "$defs" => Word::Definitions,
        "patternProperties" => Word::PatternProperties,
        "propertyNames" => Word::PropertyNames,
        "minProperties" => Word::MinProperties,
        "maxProperties" => Word::MaxProperties,
        "exclusiveMinimum" => Word::ExclusiveMinimum,
        "exclusiveMaximum" => Word::ExclusiveMaximum,
        "multipleOf" => Word::MultipleOf,
        "dependencies" => Word::Dependencies,
        "dependentRequired" => Word::DependentRequired,
        "dependentSchemas" => Word::DependentSchemas,
        "additionalItems" => Word::AdditionalItems,
        "prefixItems" => Word::PrefixItems,
        "contains" => Word::Contains,
        "minContains" => Word::MinContains,
        "maxContains" => Word::MaxContains,
        "$schema" => Word::Draft,
        "$id" => Word::Id,
        "deprecated" | "readOnly" | "writeOnly" => Word::Truth,
        "examples" => Word::List,
        "id" if draft == Draft::V4 => Word::Unknown,
        "$anchor"
        | "$dynamicAnchor"
        | "$dynamicRef"
        | "$recursiveAnchor"
        | "$recursiveRef"
        | "$vocabulary"
        | "contentSchema"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Word::Unknown,
        _ => Word::Any,
    };
    if since(word) > draft { Err(Unsure) } else { Ok(word) }
}

/// The first draft that has a keyword.
fn since(word: Word) -> Draft {
    match word {
        Word::Const | Word::Contains | Word::Id | Word::PropertyNames => Draft::V6,
        Word::If | Word::Then | Word::Else => Draft::V7,
        Word::Definitions
        | Word::DependentRequired
        | Word::DependentSchemas
        | Word::MinContains
        | Word::MaxContains => Draft::V2019_09,
        Word::PrefixItems => Draft::V2020_12,
        _ => Draft::V4,
    }
}

/// The draft that a schema says it is of, as a URL.
pub(super) fn named(url: &str) -> Surely<Draft> {
    let is_whole = ["http://json-schema.org/", "https://json-schema.org/"]
        .iter()
        .any(|start| url.starts_with(start));
    Draft::from_url(url).filter(|_| is_whole).ok_or(Unsure)
}

/// Whether a schema may be a truth value.
pub(super) fn has_truths(draft: Draft) -> bool {
    draft >= Draft::V6
}

/// Whether the drafts have a check for texts of such a format: others assert nothing, as none does
/// since 2019.
pub(super) fn has_format(draft: Draft, format: &str) -> bool {
    const KNOWN: [&str; 21] = [
        "date",
        "date-time",
        "duration",
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "period",
        "regex",
        "relative-json-pointer",
        "semver",
        "time",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    ];
    draft < Draft::V2019_09 && KNOWN.contains(&format)
}
