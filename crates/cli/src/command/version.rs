use crate::context::Context;
use crate::error::Error;

/// The Helm that this version of Rhumb equals.
const HELM: &str = "v4.3.1";
/// The Kubernetes version whose client library that Helm is built with.
const KUBE_CLIENT: &str = "v1.37";

/// Print the version
///
/// The form is Helm's, so that scripts can read it: `Version` is the version of Helm that this
/// program equals, `Rhumb` is its own. With --short the two are joined, as in v4.3.1+rhumb.0.1.0.
///
/// A --template may name `{{.Version}}`, `{{.KubeClientVersion}}` and `{{.Rhumb}}`, and `{{.GitCommit}}`,
/// `{{.GitTreeState}}` and `{{.GoVersion}}`, which are empty: they say how a Go program was built.
#[derive(Debug, clap::Args)]
pub(crate) struct VersionArgs {
    /// Print the version number only
    #[arg(long)]
    short: crate::argument::Switch,

    /// Text to print, with `{{.Version}}` and other fields filled in
    #[arg(long, default_value = "", hide_default_value = true)]
    template: String,
}

/// Why a template for the version cannot be filled in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    #[error(
        "template: _:1:{column}: executing \"_\" at <.{field}>: can't evaluate field {field} in type version.BuildInfo"
    )]
    NoField { column: usize, field: String },

    #[error("template: _:1: unclosed action")]
    Unclosed,

    #[error(
        "template: `{{{{{action}}}}}` is more than a field, which is all that can be printed here yet"
    )]
    NotAField { action: String },
}

pub(crate) fn run(args: VersionArgs, context: &mut Context<'_>) -> Result<(), Error> {
    let VersionArgs { short, template } = args;
    if !template.is_empty() {
        let text = fill(&template)?;
        return context.print_bytes(text.as_bytes());
    }
    if short.on() {
        return context.print(format_args!("{HELM}+rhumb.{}", env!("CARGO_PKG_VERSION")));
    }
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|(name, value)| format!("{name}:{}", crate::argument::quote(value)))
        .collect();
    context.print(format_args!("version.BuildInfo{{{}}}", fields.join(", ")))
}

/// What is known about this build, in Helm's order.
const FIELDS: &[(&str, &str)] = &[
    ("Version", HELM),
    ("GitCommit", ""),
    ("GitTreeState", ""),
    ("GoVersion", ""),
    ("KubeClientVersion", KUBE_CLIENT),
    ("Rhumb", concat!("v", env!("CARGO_PKG_VERSION"))),
];

/// Fills in the fields of a template; anything but fields is refused.
fn fill(template: &str) -> Result<String, TemplateError> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (action, after) = after.split_once("}}").ok_or(TemplateError::Unclosed)?;
        let (action, trims_before) = match action.strip_prefix("- ") {
            Some(action) => (action, true),
            None => (action, false),
        };
        let (action, trims_after) = match action.strip_suffix(" -") {
            Some(action) => (action, true),
            None => (action, false),
        };
        filled.push_str(if trims_before { before.trim_end() } else { before });
        filled.push_str(field(action, template.len() - rest.len() + before.len() + 2)?);
        rest = if trims_after { after.trim_start() } else { after };
    }
    filled.push_str(rest);
    Ok(filled)
}

fn field(action: &str, offset: usize) -> Result<&'static str, TemplateError> {
    let not_a_field = || TemplateError::NotAField { action: action.to_owned() };
    let name = action.trim().strip_prefix('.').ok_or_else(not_a_field)?;
    if name.is_empty() || !name.chars().all(|char| char.is_alphanumeric() || char == '_') {
        return Err(not_a_field());
    }
    let found = FIELDS.iter().find(|(known, _)| *known == name);
    let column = offset + action.len() - action.trim_start().len();
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| TemplateError::NoField { column, field: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_in_fields_and_refuses_the_rest() {
        assert_eq!(fill("Version: {{.Version}}!").unwrap(), "Version: v4.3.1!");
        assert_eq!(fill("a {{- .Version -}} b").unwrap(), "av4.3.1b");
        assert_eq!(fill("{{ .GoVersion }}").unwrap(), "");
        assert_eq!(
            fill("{{.Nope}}").unwrap_err().to_string(),
            "template: _:1:2: executing \"_\" at <.Nope>: can't evaluate field Nope in type version.BuildInfo"
        );
        assert!(matches!(fill("{{printf 1}}"), Err(TemplateError::NotAField { .. })));
        assert!(matches!(fill("{{.Version"), Err(TemplateError::Unclosed)));
    }
}
