//! Random texts and numbers, from the randomness of the rendering.

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::CallError;

/// A number below another, each as likely.
pub(crate) fn below(call: &Call<'_>, bound: usize) -> usize {
    let bound = bound.max(1) as u64;
    // What is left over at the top would make low numbers likelier.
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let mut bytes = [0; 8];
        call.fill_random(&mut bytes);
        let number = u64::from_le_bytes(bytes);
        if number < fair {
            return usize::try_from(number % bound).unwrap_or_default();
        }
    }
}

/// A text of random characters of an alphabet; empty if the count is negative.
fn text(call: &Call<'_>, count: i64, alphabet: &[u8]) -> Result<String, CallError> {
    let count = usize::try_from(count).unwrap_or_default();
    call.charge(count)?;
    Ok((0..count).map(|_| char::from(alphabet[below(call, alphabet.len())])).collect())
}

const LETTERS: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `randAlpha COUNT`: random letters.
///
/// `{{ randAlpha 5 | len }}` gives `5`.
fn rand_alpha(call: &Call<'_>, count: i64) -> Result<String, CallError> {
    text(call, count, LETTERS)
}

/// `randAlphaNum COUNT`: random letters and digits.
///
/// `{{ randAlphaNum 5 | len }}` gives `5`.
fn rand_alpha_num(call: &Call<'_>, count: i64) -> Result<String, CallError> {
    text(call, count, ALPHANUMERIC)
}

/// `randNumeric COUNT`: random digits.
///
/// `{{ randNumeric 5 | len }}` gives `5`.
fn rand_numeric(call: &Call<'_>, count: i64) -> Result<String, CallError> {
    text(call, count, &ALPHANUMERIC[..10])
}

/// `randAscii COUNT`: random printable characters.
///
/// `{{ randAscii 5 | len }}` gives `5`.
fn rand_ascii(call: &Call<'_>, count: i64) -> Result<String, CallError> {
    let printable: Vec<u8> = (b' '..=b'~').collect();
    text(call, count, &printable)
}

/// `randInt MIN MAX`: a random number from one until another.
///
/// `{{ lt (randInt 1 6) 6 }}` gives `true`.
fn rand_int(call: &Call<'_>, min: i64, max: i64) -> Result<i64, CallError> {
    let span = usize::try_from(max.wrapping_sub(min)).ok().filter(|span| *span > 0);
    let span = span.ok_or_else(|| CallError::new("invalid argument to Intn"))?;
    Ok(min.wrapping_add_unsigned(below(call, span) as u64))
}

/// `randBytes COUNT`: random bytes in base 64.
///
/// `{{ randBytes 6 | len }}` gives `8`.
fn rand_bytes(call: &Call<'_>, count: i64) -> Result<String, CallError> {
    let out_of_range = |_| CallError::new("runtime error: makeslice: len out of range");
    let count = usize::try_from(count).map_err(out_of_range)?;
    call.charge(count.saturating_mul(2))?;
    let mut bytes = vec![0; count];
    call.fill_random(&mut bytes);
    Ok(crate::encoding::base64(&bytes))
}

/// `uuidv4`: a random UUID.
///
/// `{{ uuidv4 | len }}` gives `36`.
fn uuid_v4(call: &Call<'_>) -> String {
    let mut bytes = [0; 16];
    call.fill_random(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("randAlpha", rand_alpha, call, [count]),
    func!("randAlphaNum", rand_alpha_num, call, [count]),
    func!("randAscii", rand_ascii, call, [count]),
    func!("randBytes", rand_bytes, call, [count]),
    func!("randInt", rand_int, call, [min, max]),
    func!("randNumeric", rand_numeric, call, [count]),
    func!("uuidv4", uuid_v4, call, []),
];
