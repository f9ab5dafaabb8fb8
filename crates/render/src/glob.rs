//! Path patterns as `.Files.Glob` reads them.
//!
//! `*` and `?` stop at `/`, `**` does not, `[a-z]`, `[!abc]` are one character, `{a,b}` are
//! alternatives, `\` takes the next character as it is. A pattern becomes a small automaton, so
//! that matching takes time in the length of pattern and path, whatever the pattern.
//!
//! Source: the rules of [gobwas/glob 0.2.3](https://github.com/gobwas/glob/blob/v0.2.3/glob.go).

mod parse;

/// Patterns longer than this, in bytes, are refused: no path of a chart comes near.
const MAX_PATTERN: usize = 4096;

/// A pattern, ready to be matched.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    states: Vec<State>,
    overlap: Option<(String, String)>,
    /// Whether only paths in ASCII match: gobwas' matcher for patterns of a fixed length goes
    /// astray behind the first other character that is not in a text of the pattern.
    ascii: bool,
}

/// One step of the automaton; the start is state 0 and the end is the last.
#[derive(Clone, Debug)]
enum State {
    /// Takes a character of the class, then goes on to the next state.
    One(Class),
    /// Takes any number of characters of the class, then goes on to the next state.
    Many(Class),
    /// Goes on to each of these states without taking anything.
    Fork(Vec<usize>),
    /// The whole pattern has matched.
    End,
}

/// What a character must be.
#[derive(Clone, Debug)]
enum Class {
    Exactly(char),
    /// All but `/`.
    InName,
    Any,
    Range {
        low: char,
        high: char,
        not: bool,
    },
    List {
        characters: String,
        not: bool,
    },
}

impl Class {
    fn has(&self, character: char) -> bool {
        match self {
            Self::Exactly(want) => *want == character,
            Self::InName => character != '/',
            Self::Any => true,
            Self::Range { low, high, not } => (*low..=*high).contains(&character) != *not,
            Self::List { characters, not } => characters.contains(character) != *not,
        }
    }
}

impl Glob {
    /// Parses a pattern, or gives nothing if it is none.
    pub(crate) fn parse(pattern: &str) -> Option<Self> {
        if pattern.len() > MAX_PATTERN {
            return None;
        }
        let tree = parse::parse(pattern)?;
        let overlap = parse::prefix_and_suffix(&tree);
        let ascii = parse::is_row(&tree);
        let mut states = Vec::new();
        add(&mut states, &tree);
        states.push(State::End);
        Some(Self { states, overlap, ascii })
    }

    /// Whether the whole path matches.
    pub(crate) fn matches(&self, path: &str) -> bool {
        if let Some((prefix, suffix)) = &self.overlap {
            return path.starts_with(prefix) && path.ends_with(suffix);
        }
        if self.ascii && !path.is_ascii() {
            return false;
        }
        let mut now = vec![false; self.states.len()];
        self.enter(&mut now, 0);
        for character in path.chars() {
            let mut next = vec![false; self.states.len()];
            for (at, _) in now.iter().enumerate().filter(|(_, here)| **here) {
                match &self.states[at] {
                    State::One(class) if class.has(character) => self.enter(&mut next, at + 1),
                    State::Many(class) if class.has(character) => self.enter(&mut next, at),
                    _ => {}
                }
            }
            now = next;
        }
        now.last().copied().unwrap_or(false)
    }

    /// Marks a state and all that can be reached from it without taking a character.
    fn enter(&self, marks: &mut [bool], start: usize) {
        let mut todo = vec![start];
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut marks[at], true) {
                continue;
            }
            match &self.states[at] {
                State::Many(_) => todo.push(at + 1),
                State::Fork(targets) => todo.extend(targets),
                State::One(_) | State::End => {}
            }
        }
    }
}

/// Appends the states of a sequence of parts.
fn add(states: &mut Vec<State>, parts: &[parse::Part]) {
    for part in parts {
        match part {
            parse::Part::Text(text) => {
                states.extend(text.chars().map(|each| State::One(Class::Exactly(each))));
            }
            parse::Part::One(class) => states.push(State::One(class.clone())),
            parse::Part::Many(class) => states.push(State::Many(class.clone())),
            parse::Part::Either(choices) => add_choices(states, choices),
        }
    }
}

/// Appends the alternatives of `{…}`: a fork, then each choice, which jumps behind the last.
fn add_choices(states: &mut Vec<State>, choices: &[Vec<parse::Part>]) {
    let fork = states.len();
    states.push(State::Fork(Vec::new()));
    let mut starts = Vec::new();
    let mut jumps = Vec::new();
    for choice in choices {
        starts.push(states.len());
        add(states, choice);
        jumps.push(states.len());
        states.push(State::Fork(Vec::new()));
    }
    let end = states.len();
    states[fork] = State::Fork(starts);
    for jump in jumps {
        states[jump] = State::Fork(vec![end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::parse(pattern).expect("a pattern").matches(path)
    }

    #[test]
    fn stars_stop_at_slashes_and_double_stars_do_not() {
        assert!(matches("*.yaml", "a.yaml"));
        assert!(!matches("*.yaml", "conf/a.yaml"));
        assert!(matches("conf/*", "conf/a"));
        assert!(!matches("conf/*", "conf/a/b"));
        assert!(matches("**.yaml", "conf/a/b.yaml"));
        assert!(matches("conf/**", "conf/a/b"));
        assert!(!matches("**/x", "x"));
        assert!(matches("**/x", "a/b/x"));
    }

    #[test]
    fn classes_take_one_character() {
        assert!(matches("a?c", "abc"));
        assert!(!matches("a?c", "a/c"));
        assert!(matches("[a-c]", "b"));
        assert!(matches("[!a-c]", "d"));
        assert!(matches("[!a]", "/"));
        assert!(matches("[xyz].t", "y.t"));
        assert!(!matches("[xyz].t", "a.t"));
    }

    #[test]
    fn alternatives_may_nest_and_be_empty() {
        assert!(matches("{a,b{c,d}}x", "bdx"));
        assert!(matches("{a,}x", "x"));
        assert!(!matches("{a,b}x", "cx"));
        assert!(matches("{*.md,*.txt}", "a.txt"));
        assert!(matches("{a,b", "b"));
    }

    #[test]
    fn a_backslash_takes_the_next_character() {
        assert!(matches(r"\*", "*"));
        assert!(!matches(r"\*", "a"));
    }

    #[test]
    fn bad_patterns_are_refused() {
        assert!(Glob::parse("[a-").is_none());
        assert!(Glob::parse("[]").is_none());
        assert!(Glob::parse("[z-a]").is_none());
        assert!(Glob::parse("[a-zA-Z]").is_none());
        assert!(Glob::parse(&"{".repeat(10_000)).is_none());
    }

    #[test]
    fn the_same_text_at_both_ends_of_a_double_star_may_overlap() {
        assert!(matches("a**a", "a"));
        assert!(matches("ab**bc", "abc"));
    }

    #[test]
    fn long_patterns_take_linear_time() {
        let pattern = "{a*b,a*c}".repeat(200);
        assert!(!matches(&pattern, &"a".repeat(2000)));
    }
}
