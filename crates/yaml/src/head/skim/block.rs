use super::Skim;
use crate::scan::class;

/// Goes behind the block scalar whose `|` or `>` is at `at`, if it does not name its indentation.
pub(super) fn skip(skim: &mut Skim<'_>, at: usize) -> Option<()> {
    let header = at + 1 + usize::from(matches!(skim.bytes.get(at + 1), Some(b'+' | b'-')));
    skim.end_line(header)?;
    let parent = skim.open.last()?.indent;
    // That of the first line that is not blank, which is deeper than the parent.
    let mut indent = None;
    let mut deepest_blank = 0;
    loop {
        let spaces = class::spaces(skim.rest(skim.at));
        let start = skim.at + spaces;
        match (skim.bytes.get(start), indent) {
            (None, _) => return Some(()),
            (Some(b'\n'), None) => deepest_blank = deepest_blank.max(spaces),
            (Some(b'\n'), Some(_)) => {}
            (Some(b'\t'), None) => return None,
            (Some(_), None) if spaces <= parent => return Some(()),
            // Part of the lines before would belong to the text.
            (Some(_), None) if spaces < deepest_blank => return None,
            (Some(_), None) => indent = Some(spaces),
            (Some(b'\t'), Some(indent)) if spaces < indent => return None,
            (Some(_), Some(indent)) if spaces < indent => return Some(()),
            (Some(_), Some(_)) => {}
        }
        skim.at = skim.line_end(start) + 1;
    }
}
