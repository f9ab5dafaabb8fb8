//! Errors of templates as Helm lays them out.
//!
//! Helm takes the text of Go's error apart again, so what decides is the text, including what
//! happens to stand in it.
//!
//! Source: [Helm 4.3.1's engine](https://github.com/helm/helm/blob/v4.3.1/pkg/engine/engine.go).

/// Put around the messages of `required` and `fail`, which are shown without a trace.
const PLAIN_START: &str = "HELM_ERR_START";
const PLAIN_END: &str = "HELM_ERR_END";

/// Marks a message to be shown alone.
pub(crate) fn plain(message: &str) -> String {
    format!("{PLAIN_START}{message}{PLAIN_END}")
}

/// The text of an error in parsing `path`, made of Go's.
pub(crate) fn parse_error(path: &str, text: &str) -> String {
    let mut parts = text.split(": ");
    match (parts.next(), parts.next()) {
        (Some(_), Some(location)) => {
            let message = text.rsplit(": ").next().unwrap_or_default();
            format!("parse error at ({location}): {message}")
        }
        _ => format!("parse error in ({path}): {text}"),
    }
}

/// The text of an error in executing `path`, made of Go's: its text and those of the errors that
/// it wraps, outermost first.
pub(crate) fn exec_error(path: &str, chain: &[String]) -> String {
    let Some(text) = chain.first() else { return String::new() };
    let mut parts = text.splitn(3, ": ");
    let (Some(_), Some(location), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return format!("execution error in ({path}): {text}");
    };
    if let Some(message) = plain_message(rest) {
        return format!("execution error at ({location}): {message}");
    }
    let mut frames: Vec<Frame<'_>> = Vec::new();
    for text in chain {
        let Some(frame) = Frame::parse(text) else { return chain[0].clone() };
        if frames.last() != Some(&frame) {
            frames.push(frame);
        }
    }
    let shown: String = frames.iter().map(Frame::show).collect();
    trim(&shown).to_owned()
}

/// Trims as Go's `strings.TrimSpace`.
fn trim(text: &str) -> &str {
    text.trim_matches(crate::resource::is_space)
}

/// What stands between the first start mark and the last end mark.
fn plain_message(text: &str) -> Option<&str> {
    let (_, after) = text.split_once(PLAIN_START)?;
    Some(after.rsplit_once(PLAIN_END)?.0)
}

/// One step of a trace.
#[derive(Debug, PartialEq, Eq)]
struct Frame<'t> {
    location: &'t str,
    executing: Option<(&'t str, &'t str)>,
    message: &'t str,
}

impl<'t> Frame<'t> {
    /// Takes apart `template: LOCATION: executing "NAME" at <NODE>: MESSAGE` and the like.
    fn parse(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self { location: "", executing: None, message: text });
        }
        Self::executing(rest).or_else(|| Self::simple(rest))
    }

    fn executing(rest: &'t str) -> Option<Self> {
        let (location, after) = rest.split_once(": executing ")?;
        let (name, after) = after.strip_prefix('"')?.split_once('"')?;
        let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
        Some(Self { location, executing: Some((name, node)), message: without_next(message) })
    }

    fn simple(rest: &'t str) -> Option<Self> {
        let (location, message) = rest.rsplit_once(": ")?;
        Some(Self { location, executing: None, message: without_next(message) })
    }

    fn show(&self) -> String {
        let Self { location, executing, message } = self;
        let mut lines = Vec::new();
        if !location.is_empty() {
            lines.push(format!("{location}\n  "));
        }
        if let Some((name, node)) = executing {
            lines.push(format!("executing \"{name}\" at <{node}>:\n    "));
        }
        if !message.is_empty() {
            lines.push(format!("{message}\n"));
        }
        lines.concat()
    }
}

/// A message without the next error of the chain, which is shown as a frame of its own.
fn without_next(message: &str) -> &str {
    message.find(" template:").map_or(message, |at| &message[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn parse_errors_name_the_place_and_the_last_part() {
        assert_eq!(
            parse_error("a", "template: c/templates/x.yaml:1: function \"foo\" not defined"),
            "parse error at (c/templates/x.yaml:1): function \"foo\" not defined"
        );
        assert_eq!(parse_error("a", "odd"), "parse error in (a): odd");
    }

    #[test]
    fn required_and_fail_are_shown_alone() {
        let text = format!(
            "template: c/templates/x.yaml:1:2: executing \"x\" at <required>: error calling required: {}",
            plain("a: b\nc")
        );
        assert_eq!(
            exec_error("x", &[text]),
            "execution error at (c/templates/x.yaml:1:2): a: b\nc"
        );
    }

    #[test]
    fn includes_are_shown_as_frames() {
        let inner = "template: c/_h.tpl:1:1: executing \"x\" at <.a.b>: nil pointer";
        let outer = format!(
            "template: c/t.yaml:2:3: executing \"c/t.yaml\" at <include \"x\" .>: error calling include: {inner}"
        );
        assert_eq!(
            exec_error("c/t.yaml", &chain(&[&outer, &outer, inner])),
            "c/t.yaml:2:3\n  executing \"c/t.yaml\" at <include \"x\" .>:\n    error calling include:\n\
             c/_h.tpl:1:1\n  executing \"x\" at <.a.b>:\n    nil pointer"
        );
    }

    #[test]
    fn a_chain_that_holds_another_error_is_left_as_it_is() {
        let outer = "template: t:1:1: executing \"t\" at <tpl>: error calling tpl: odd";
        assert_eq!(exec_error("t", &chain(&[outer, "odd"])), outer);
    }
}
