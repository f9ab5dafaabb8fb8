//! Hashes of passwords, and passwords from a master password.

use hmac::{Hmac, KeyInit, Mac};
use rhumb_gotmpl::{Call, FromValue};
use rhumb_value::{CallError, Text, Type, UintKind, Value};
use sha2::Sha256;

/// Rounds of bcrypt, as a power of two.
const COST: u32 = 10;

/// `bcrypt PASSWORD`: its hash, or why there is none.
///
/// `{{ bcrypt "secret" | len }}` gives `60`.
pub(super) fn bcrypt(call: &Call<'_>, password: &Text) -> String {
    const MAX_BYTES: usize = 72;
    let refused = |error: &str| format!("failed to encrypt string with bcrypt: bcrypt: {error}");
    if password.as_bytes().len() > MAX_BYTES {
        return refused("password length exceeds 72 bytes");
    }
    let mut salt = [0; 16];
    call.fill_random(&mut salt);
    match bcrypt::hash_with_salt(password.as_bytes(), COST, salt) {
        Ok(parts) => parts.format_for_version(bcrypt::Version::TwoA),
        Err(error) => refused(&error.to_string()),
    }
}

/// `htpasswd USER PASSWORD`: a line of a file of users.
///
/// `{{ htpasswd "user" "secret" | trunc 8 }}` gives `user:$2a`.
pub(super) fn htpasswd(call: &Call<'_>, user: &Text, password: &Text) -> Vec<u8> {
    if user.as_bytes().contains(&b':') {
        return [b"invalid username: ", user.as_bytes()].concat();
    }
    [user.as_bytes(), b":", bcrypt(call, password).as_bytes()].concat()
}

/// A `uint32`.
pub(super) struct Counter(u32);

impl<'v> FromValue<'v> for Counter {
    const TYPE: Type = Type::Uint(UintKind::Uint32);

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        let bytes = crate::cast::to_int64(value).to_le_bytes();
        Ok(Self(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])))
    }
}

/// The seed of all keys, which the algorithm fixes.
const SEED: &[u8] = b"com.lyndir.masterpassword";

/// The forms of passwords of a kind; each letter stands for a set of characters.
fn forms(kind: &[u8]) -> Option<&'static [&'static str]> {
    Some(match kind {
        b"maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        b"long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        b"medium" => &["CvcnoCvc", "CvcCvcno"],
        b"short" => &["Cvcn"],
        b"basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        b"pin" => &["nnnn"],
        _ => return None,
    })
}

/// The characters that a letter of a form stands for.
fn characters(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// `derivePassword COUNTER KIND PASSWORD USER SITE`: the password of a site, always the same, by
/// the Master Password algorithm.
///
/// `{{ derivePassword 1 "long" "secret" "user" "example.com" }}` gives `JuvtQoceKaxy0,`.
#[expect(clippy::needless_pass_by_value, reason = "a parameter's Rust type stands for its Go type")]
pub(super) fn derive(
    counter: Counter,
    kind: &Text,
    password: &Text,
    user: &Text,
    site: &Text,
) -> Result<String, CallError> {
    let Some(forms) = forms(kind.as_bytes()) else {
        return Ok(format!("cannot find password template {}", kind.to_lossy()));
    };
    let [user, site] = [user, site].map(Text::as_bytes);
    let mut key = [0; 64];
    let salt = [SEED, &length(user), user].concat();
    let parameters = scrypt::Params::new(15, 8, 2).map_err(|_| super::failed("scrypt"))?;
    scrypt::scrypt(password.as_bytes(), &salt, &parameters, &mut key)
        .map_err(|_| super::failed("scrypt"))?;
    let mut code =
        Hmac::<Sha256>::new_from_slice(&key).map_err(|_| super::failed("a key of 64 bytes"))?;
    code.update(&[SEED, &length(site), site, &counter.0.to_be_bytes()].concat());
    let seed = code.finalize().into_bytes();
    let form = forms[usize::from(seed[0]) % forms.len()];
    let character = |(letter, byte): (u8, &u8)| {
        let characters = characters(letter);
        char::from(characters[usize::from(*byte) % characters.len()])
    };
    Ok(form.bytes().zip(&seed[1..]).map(character).collect())
}

/// The length of a text as the algorithm writes it.
fn length(text: &[u8]) -> [u8; 4] {
    let bytes = (text.len() as u64).to_be_bytes();
    [bytes[4], bytes[5], bytes[6], bytes[7]]
}
