/// How a text may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub(super) struct Analysis {
    pub(super) plain: bool,
    pub(super) single_quoted: bool,
    pub(super) block: bool,
    /// Whether there are line breaks in it.
    pub(super) multiline: bool,
}

/// Whether YAML 1.1 prints the character as it is.
pub(super) const fn is_printable(character: char) -> bool {
    matches!(character,
        '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

pub(super) const fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

const fn is_blank(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t'))
}

/// What was seen of blanks and line breaks.
#[derive(Default)]
struct Spacing {
    break_then_space: bool,
    space_then_break: bool,
    last: Last,
}

/// What the last character was.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    Space,
    Break,
    #[default]
    Other,
}

impl Spacing {
    #[inline]
    fn see(&mut self, next: Last) {
        match (self.last, next) {
            (Last::Break, Last::Space) => self.break_then_space = true,
            (Last::Space, Last::Break) => self.space_then_break = true,
            _ => {}
        }
        self.last = next;
    }
}

/// Looks at a text that is to be written outside of brackets.
///
/// `tabs_are_special`: a tab cannot even stand in a block scalar.
pub(super) fn analyze(text: &str, tabs_are_special: bool) -> Analysis {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else {
        return Analysis { plain: true, single_quoted: true, block: false, multiline: false };
    };
    let mut indicators = starts_as_indicator(first, bytes) || has_indicator(bytes);
    let (mut special, mut tabs, mut multiline) = (false, false, false);
    let mut spacing = Spacing::default();
    for character in text.chars() {
        match character {
            '!'..='~' => spacing.see(Last::Other),
            ' ' => spacing.see(Last::Space),
            '\t' => {
                tabs = true;
                spacing.see(Last::Other);
            }
            _ => {
                special |= !is_printable(character);
                let is_break = is_break(character);
                multiline |= is_break;
                spacing.see(if is_break { Last::Break } else { Last::Other });
            }
        }
    }
    special |= tabs && tabs_are_special;
    let last = text.chars().next_back().unwrap_or_default();
    let ends = last == ' ';
    let begins = text.chars().next().is_some_and(|first| first == ' ' || is_break(first));
    indicators |= begins || ends || is_break(last);
    let is_hard = special || tabs || spacing.space_then_break;
    Analysis {
        plain: !(indicators || is_hard || multiline),
        single_quoted: !(is_hard || spacing.break_then_space),
        block: !(special || spacing.space_then_break || ends),
        multiline,
    }
}

/// Whether the first byte keeps a text from being plain.
fn starts_as_indicator(first: u8, bytes: &[u8]) -> bool {
    match first {
        b'#' | b',' | b'[' | b']' | b'{' | b'}' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
        | b'"' | b'%' | b'@' | b'`' => true,
        b'?' | b':' => is_blank(bytes.get(1)),
        b'-' => is_blank(bytes.get(1)) || bytes.starts_with(b"---"),
        b'.' => bytes.starts_with(b"..."),
        _ => false,
    }
}

/// Whether there is a `: ` or a ` #` in the text.
fn has_indicator(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b':', b'#', bytes).any(|at| {
        if bytes[at] == b':' {
            is_blank(bytes.get(at + 1))
        } else {
            at > 0 && is_blankz_before(&bytes[..at])
        }
    })
}

/// Whether the text ends in a blank, a line break or a zero.
fn is_blankz_before(bytes: &[u8]) -> bool {
    matches!(bytes, [.., b' ' | b'\t' | b'\r' | b'\n' | 0])
        || matches!(bytes, [.., 0xc2, 0x85] | [.., 0xe2, 0x80, 0xa8 | 0xa9])
}
