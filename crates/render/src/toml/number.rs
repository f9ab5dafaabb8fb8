use rhumb_value::{FloatKind, Value};

use super::Error;
use super::lexer::{Lexed, Lexer};

/// Why a number is none: the message, and whether it is the reference's own fault.
struct Invalid(String, bool);

/// Reads a number or a date that starts with a digit; the lexer is in front of it.
pub(super) fn number_or_date(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    let first = lexer.next()?;
    let second = lexer.next()?;
    if first == '0' {
        match second {
            'b' => return based(lexer, "not a binary number", |c| matches!(c, '0' | '1')),
            'o' => return based(lexer, "not an octal number", |c| matches!(c, '0'..='7')),
            'x' => return based(lexer, "not a hexadecimal number", |c| c.is_ascii_hexdigit()),
            '-' | ':' => {
                lexer.backup();
                return integer(lexer);
            }
            _ => {}
        }
    }
    lexer.backup();
    lexer.take_while(|character| character.is_ascii_digit())?;
    match lexer.next()? {
        '-' | ':' => date(lexer),
        '_' => decimal(lexer),
        '.' | 'e' | 'E' => float(lexer),
        _ => {
            lexer.backup();
            integer(lexer)
        }
    }
}

/// Reads a number behind its sign, which has been read.
pub(super) fn signed(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    let first = lexer.next()?;
    match first {
        'i' | 'n' => {
            let rest = if first == 'i' { ['n', 'f'] } else { ['a', 'n'] };
            if !lexer.accept(rest[0])? || !lexer.accept(rest[1])? {
                return Err(lexer.error_here(format!("invalid float: '{}'", lexer.current())));
            }
            return float_token(lexer);
        }
        '0' => {
            let next = lexer.peek()?;
            if matches!(next, 'b' | 'o' | 'x') {
                let text = lexer.current();
                let message = "cannot use sign with non-decimal numbers";
                return Err(lexer.error_here(format!("{message}: '{text}{next}'")));
            }
        }
        '.' => return Err(lexer.error_here("floats must start with a digit, not '.'")),
        _ => {}
    }
    if first.is_ascii_digit() {
        return decimal(lexer);
    }
    let got = super::quote_rune(first);
    Err(lexer.error_here(format!("expected a digit but got {got}")))
}

fn based(lexer: &mut Lexer<'_>, message: &str, wanted: fn(char) -> bool) -> Lexed<Value> {
    let next = lexer.peek()?;
    if !wanted(next) {
        return Err(lexer.error_here(format!("{message}: '{}{next}'", lexer.current())));
    }
    lexer.take_while(|character| wanted(character) || character == '_')?;
    integer(lexer)
}

fn decimal(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    lexer.take_while(|character| character.is_ascii_digit() || character == '_')?;
    match lexer.next()? {
        '.' | 'e' | 'E' => float(lexer),
        _ => {
            lexer.backup();
            integer(lexer)
        }
    }
}

fn float(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    lexer.take_while(|each| each.is_ascii_digit() || "_.-+eE".contains(each) && each != '\0')?;
    float_token(lexer)
}

/// The float that the current token is.
pub(super) fn float_token(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    let number = parse_float(lexer.current()).map_err(|invalid| error(lexer, invalid))?;
    lexer.ignore();
    Ok(Value::Float(FloatKind::Float64, number))
}

fn integer(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    let number = parse_integer(lexer.current()).map_err(|invalid| error(lexer, invalid))?;
    lexer.ignore();
    Ok(Value::int64(number))
}

fn date(lexer: &mut Lexer<'_>) -> Lexed<Value> {
    lexer.take_while(|each| each.is_ascii_digit() || "-:Tt .Zz+".contains(each))?;
    let text = lexer.current().trim();
    let date = super::date::parse(text).ok_or_else(|| {
        let text = super::date::normalized(text);
        let quoted = rhumb_value::quote::quote(text.as_bytes());
        lexer.error_on(lexer.line, format!("invalid datetime: {quoted}"))
    })?;
    lexer.ignore();
    Ok(date)
}

fn error(lexer: &Lexer<'_>, Invalid(message, fatal): Invalid) -> Error {
    Error { fatal, ..lexer.error_on(lexer.line, message) }
}

/// Whether each underscore has digits on both sides.
fn underscores_fit(text: &str) -> bool {
    let mut digit = false;
    for character in text.chars() {
        if character == '_' && !digit {
            return false;
        }
        digit = character.is_ascii_hexdigit();
    }
    digit
}

fn has_leading_zero(text: &str) -> bool {
    match text.as_bytes() {
        [b'0', next, ..] => !matches!(next, b'b' | b'o' | b'x'),
        [b'-' | b'+', b'0', _, ..] => true,
        _ => false,
    }
}

fn parse_integer(text: &str) -> Result<i64, Invalid> {
    let quoted = rhumb_value::quote::quote(text.as_bytes());
    if !underscores_fit(text) {
        let message = "underscores must be surrounded by digits";
        return Err(Invalid(format!("Invalid integer {quoted}: {message}"), false));
    }
    if has_leading_zero(text) {
        let message = format!("Invalid integer {quoted}: cannot have leading zeroes");
        return Err(Invalid(message, false));
    }
    let digits = text.replace('_', "");
    let (radix, digits) = match digits.get(..2) {
        Some("0b") => (2, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0x") => (16, &digits[2..]),
        _ => (10, digits.as_str()),
    };
    i64::from_str_radix(digits, radix).map_err(|error| match error.kind() {
        std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow => {
            Invalid(format!("{text} is out of range for int64"), false)
        }
        _ => Invalid(format!("Expected integer value, but got '{text}'."), true),
    })
}

fn parse_float(text: &str) -> Result<f64, Invalid> {
    let quoted = rhumb_value::quote::quote(text.as_bytes());
    let invalid = |message: &str| Err(Invalid(format!("Invalid float {quoted}: {message}"), false));
    let special = ["nan", "+nan", "-nan", "inf", "+inf", "-inf"].contains(&text);
    let parts: Vec<_> = text.split(['.', 'e', 'E']).filter(|part| !part.is_empty()).collect();
    if !special && !parts.iter().all(|part| underscores_fit(part)) {
        return invalid("underscores must be surrounded by digits");
    }
    if !special && parts.first().is_some_and(|part| has_leading_zero(part)) {
        return invalid("cannot have leading zeroes");
    }
    let after_dots = text.split('.').skip(1);
    if !after_dots.clone().all(|part| part.starts_with(|c: char| c.is_ascii_digit())) {
        return invalid("'.' must be followed by one or more digits");
    }
    let plain = text.replace('_', "");
    match plain.parse::<f64>() {
        Ok(number) if number.is_infinite() && !special => {
            Err(Invalid(format!("{text} is out of range for float64"), false))
        }
        Ok(number) => Ok(number),
        Err(_) => Err(Invalid(format!("Invalid float value: {quoted}"), false)),
    }
}
