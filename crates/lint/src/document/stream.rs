use rhumb_value::json;

use super::Problem;

/// One document of a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document<'t> {
    pub(super) text: &'t [u8],
    /// Where it starts in the stream, in bytes.
    pub(super) start: usize,
    pub(super) is_json: bool,
}

/// Bytes at the start of a stream in which a brace makes it one of JSON.
const PEEK: usize = 4096;

/// Takes a stream apart. One that starts with a brace is read as JSON for as long as that works;
/// from the second object on, it must.
pub(super) struct Stream<'t> {
    text: &'t [u8],
    at: usize,
    /// Where the last object that was read as JSON starts.
    start: usize,
    is_json: bool,
    /// How many objects have been read as JSON.
    count: usize,
    /// What was wrong with the JSON, if what follows is tried as YAML for that reason.
    pub(super) first_problem: Option<Problem>,
    is_done: bool,
}

impl<'t> Stream<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        let start = &text[..text.len().min(PEEK)];
        let is_json = start.trim_ascii_start().starts_with(b"{");
        Self { text, at: 0, start: 0, is_json, count: 0, first_problem: None, is_done: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<Document<'t>, Problem>> {
        if self.is_done {
            return None;
        }
        if self.is_json {
            match self.next_json()? {
                Ok(document) => return Some(Ok(document)),
                Err(problem) if self.count > 1 => return Some(Err(problem)),
                Err(problem) => self.go_on_as_yaml(problem),
            }
        }
        self.next_yaml()
    }

    /// Whether an object that JSON cannot give is to be tried as YAML: again from where it starts.
    pub(super) fn gives_up_json(&mut self, problem: &Problem) -> bool {
        if !self.is_json || self.count > 2 {
            return false;
        }
        self.at = self.start;
        self.go_on_as_yaml(problem.clone());
        true
    }

    fn go_on_as_yaml(&mut self, problem: Problem) {
        self.is_json = false;
        self.first_problem = Some(problem);
        // White space is skipped up to the end of its line.
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_ascii_start().len();
        let skipped = rest[..blank].iter().position(|byte| *byte == b'\n');
        let skipped = skipped.map_or(blank, |end| end + 1);
        self.at += skipped;
    }

    fn next_json(&mut self) -> Option<Result<Document<'t>, Problem>> {
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_ascii_start().len();
        let start = self.at + blank;
        if start == self.text.len() {
            return None;
        }
        match json::end_of_first(&self.text[start..]) {
            Ok(length) => {
                self.start = start;
                self.at = start + length;
                self.count += 1;
                let text = &self.text[start..self.at];
                Some(Ok(Document { text, start, is_json: true }))
            }
            Err((json::ParseError::End, at)) => {
                Some(Err(Problem { text: "unexpected EOF".to_owned(), at: start + at }))
            }
            Err((error, at)) => {
                let at = start + at;
                let text = match self.count {
                    0 | 1 => format!("json: offset {}: {error}", at + 1),
                    _ => error.to_string(),
                };
                Some(Err(Problem { text, at }))
            }
        }
    }

    /// Documents end at lines that start with `---`, which nothing but a comment may follow. Where
    /// none has begun, such a line is the first of one and counts in what is said of it.
    fn next_yaml(&mut self) -> Option<Result<Document<'t>, Problem>> {
        let start = self.at;
        for line in self.text[start..].split_inclusive(|byte| *byte == b'\n') {
            let end = self.at;
            self.at += line.len();
            let Some(rest) = line.strip_prefix(b"---") else { continue };
            let rest = String::from_utf8_lossy(rest);
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                self.is_done = true;
                let text = format!("invalid Yaml document separator: {rest}");
                return Some(Err(Problem { text, at: end }));
            }
            if end > start {
                return Some(Ok(self.yaml(start, end)));
            }
        }
        self.is_done = true;
        (self.at > start).then(|| Ok(self.yaml(start, self.at)))
    }

    fn yaml(&self, start: usize, end: usize) -> Document<'t> {
        Document { text: &self.text[start..end], start, is_json: false }
    }
}
