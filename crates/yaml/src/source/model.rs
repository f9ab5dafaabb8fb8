use super::check::Fault;

/// The raw buffer of the reader, in bytes.
const RAW: usize = 512;

/// What a reader with a small buffer would hold: it decodes 512 bytes at a time, refuses a bad
/// character as soon as its piece is decoded, and looks for a byte order mark at the start of its
/// buffer, not at the place where it reads.
#[derive(Clone, Debug)]
pub(crate) struct ReaderModel {
    /// Where the decoded pieces end.
    chunks: Vec<usize>,
    next_chunk: usize,
    decoded: usize,
    buffer_start: usize,
    /// Zeros that were read after the end.
    zeros: usize,
    problem: Option<&'static str>,
}

impl ReaderModel {
    /// `chunks` are the ends of the pieces that decode; `problem` is what comes after them.
    pub(super) fn new(chunks: Vec<usize>, problem: Option<&'static str>) -> Self {
        Self { chunks, next_chunk: 0, decoded: 0, buffer_start: 0, zeros: 0, problem }
    }

    /// Where the text ends that can be read at all, if not at its own end.
    pub(super) fn end(&self) -> Option<usize> {
        self.problem.map(|_| self.chunks.last().copied().unwrap_or(0))
    }

    /// Makes `count` characters at `position` available, as far as there are any.
    pub(crate) fn need(
        &mut self,
        text: &str,
        position: usize,
        count: usize,
    ) -> Result<(), &'static str> {
        let ahead = text.get(position..self.decoded).unwrap_or_default();
        let mut unread = ahead.chars().take(count).count() + self.zeros;
        if unread >= count {
            return Ok(());
        }
        self.buffer_start = position;
        while unread < count {
            if let Some(&end) = self.chunks.get(self.next_chunk) {
                unread += text[self.decoded.max(position)..end].chars().count();
                self.decoded = end;
                self.next_chunk += 1;
            } else if let Some(problem) = self.problem {
                return Err(problem);
            } else {
                self.zeros += 1;
                break;
            }
        }
        Ok(())
    }

    /// Takes one of the zeros after the end.
    pub(crate) const fn skip_zero(&mut self) {
        self.zeros = self.zeros.saturating_sub(1);
    }

    /// Whether the buffer starts with a byte order mark.
    pub(crate) fn is_at_bom(&self, text: &str) -> bool {
        text[self.buffer_start..].starts_with('\u{feff}')
    }
}

/// Where the pieces end in the decoded text, given how wide its characters are before and after.
/// A character that a piece would cut in two comes with the next one.
pub(super) fn chunks(
    skipped: usize,
    widths: impl Iterator<Item = (usize, usize)>,
    fault: Option<&Fault>,
) -> Vec<usize> {
    let mut chunks = Vec::new();
    // The mark at the start of the input takes room in the first piece.
    let (mut position, mut window, mut text) = (skipped, RAW, 0);
    for (raw, decoded) in widths {
        if position + raw > window {
            chunks.push(text);
            window = position + RAW;
        }
        position += raw;
        text += decoded;
    }
    match fault.map(|fault| fault.width) {
        // Refused with its piece, so that nothing of that piece is seen.
        Some(Some(width)) if position + width <= window => {}
        _ => chunks.push(text),
    }
    chunks
}
