use super::Error;
use super::lexer::{END, Lexed, Lexer, is_newline};

/// Reads a string whose first quote has been read.
pub(super) fn any(lexer: &mut Lexer<'_>, quote: char) -> Lexed<String> {
    if lexer.accept(quote)? {
        if lexer.accept(quote)? {
            lexer.ignore();
            return multi_line(lexer, quote);
        }
        lexer.backup();
    }
    lexer.ignore();
    single_line(lexer, quote)
}

/// Reads the rest of a string that ends with the line at the latest.
pub(super) fn single_line(lexer: &mut Lexer<'_>, quote: char) -> Lexed<String> {
    let mut escaped = false;
    loop {
        let character = lexer.next()?;
        match character {
            END if quote == '"' => return Err(lexer.error_here("unexpected EOF; expected '\"'")),
            END => return Err(lexer.error_here("unexpected EOF; expected \"'\"")),
            '\\' if quote == '"' => {
                escaped = true;
                escape(lexer)?;
            }
            _ if is_newline(character) => {
                return Err(lexer.error_before("strings cannot contain newlines"));
            }
            _ if character == quote => break,
            _ => {}
        }
    }
    let token = lexer.token();
    let text = &token[..token.len() - 1];
    if escaped { unescape(lexer, text) } else { Ok(text.to_owned()) }
}

fn multi_line(lexer: &mut Lexer<'_>, quote: char) -> Lexed<String> {
    loop {
        match lexer.next()? {
            END => {
                let message = if quote == '"' {
                    "unexpected EOF; expected '\"\"\"'"
                } else {
                    "unexpected EOF; expected \"'''\""
                };
                return Err(lexer.error_here(message));
            }
            '\\' if quote == '"' => escape_or_newline(lexer)?,
            character if character == quote && closes(lexer, quote)? => break,
            _ => {}
        }
    }
    let token = lexer.token();
    let text = without_first_newline(&token[..token.len() - 3]);
    if quote == '"' {
        unescape(lexer, &without_escaped_newlines(text))
    } else {
        Ok(text.to_owned())
    }
}

/// Whether the quote that was just read is the first of the three that end the string; of more
/// than three, the last three do, and six are too many.
fn closes(lexer: &mut Lexer<'_>, quote: char) -> Lexed<bool> {
    if !lexer.accept(quote)? {
        return Ok(false);
    }
    if !lexer.accept(quote)? {
        lexer.backup();
        return Ok(false);
    }
    if lexer.peek()? != quote {
        return Ok(true);
    }
    let five = quote.to_string().repeat(5);
    let escaped = quote == '"' && lexer.current().ends_with(&format!("\\{five}"));
    if lexer.current().ends_with(&five) && !escaped {
        let message =
            if quote == '"' { "unexpected '\"\"\"\"\"\"'" } else { "unexpected \"''''''\"" };
        return Err(lexer.error_here(message));
    }
    lexer.backup();
    lexer.backup();
    Ok(false)
}

/// Checks what follows a backslash where lines may end with one.
fn escape_or_newline(lexer: &mut Lexer<'_>) -> Lexed<()> {
    if is_newline(lexer.next()?) {
        return Ok(());
    }
    lexer.backup();
    escape(lexer)
}

/// Checks what follows a backslash.
fn escape(lexer: &mut Lexer<'_>) -> Lexed<()> {
    let character = lexer.next()?;
    let (digits, words) = match character {
        'e' | 'b' | 't' | 'n' | 'f' | 'r' | '"' | ' ' | '\t' | '\\' => return Ok(()),
        'x' => (2, "two"),
        'u' => (4, "four"),
        'U' => (8, "eight"),
        _ => return Err(lexer.error(format!("invalid escape in string '\\{character}'"))),
    };
    for _ in 0..digits {
        if !lexer.next()?.is_ascii_hexdigit() {
            let got = rhumb_value::quote::quote(lexer.current().as_bytes());
            return Err(lexer.error_here(format!(
                "expected {words} hexadecimal digits after '\\{character}', but got {got} instead"
            )));
        }
    }
    Ok(())
}

fn without_first_newline(text: &str) -> &str {
    text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")).unwrap_or(text)
}

/// Removes each backslash that ends a line, with all blanks and newlines behind it.
fn without_escaped_newlines(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = from.strip_prefix("\\\\") {
            out.push_str("\\\\");
            rest = after;
            continue;
        }
        let after = from[1..].trim_start_matches([' ', '\t', '\r', '\n']);
        let blanks = &from[1..from.len() - after.len()];
        if blanks.contains('\n') {
            rest = after;
        } else {
            out.push('\\');
            rest = &from[1..];
        }
    }
    out + rest
}

/// Replaces escapes, which [`escape`] has checked.
fn unescape(lexer: &Lexer<'_>, text: &str) -> Result<String, Error> {
    let invalid = |message: String| lexer.error_on(lexer.line, message);
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut after = rest[at + 1..].chars();
        let Some(character) = after.next() else { break };
        rest = after.as_str();
        let digits = match character {
            'b' => out.push_and('\u{8}'),
            't' => out.push_and('\t'),
            'n' => out.push_and('\n'),
            'f' => out.push_and('\u{c}'),
            'r' => out.push_and('\r'),
            'e' => out.push_and('\u{1b}'),
            '"' | '\\' => out.push_and(character),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => return Err(invalid(format!("invalid escape: '\\{character}'"))),
        };
        if let (1.., Some(hex)) = (digits, rest.get(..digits)) {
            let code = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
            out.push(code.ok_or_else(|| {
                invalid(format!("Escaped character '\\u{hex}' is not valid UTF-8."))
            })?);
            rest = &rest[digits..];
        }
    }
    out.push_str(rest);
    Ok(out)
}

/// Appends one character and says that no digits follow.
trait PushAnd {
    fn push_and(&mut self, character: char) -> usize;
}

impl PushAnd for String {
    fn push_and(&mut self, character: char) -> usize {
        self.push(character);
        0
    }
}
