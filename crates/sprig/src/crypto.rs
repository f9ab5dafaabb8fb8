//! Passwords, ciphers, keys and certificates. Keys and their signatures take the randomness of
//! their library; all else takes that of the rendering.

mod certificate;
mod cipher;
mod der;
mod dsa;
mod key;
mod password;
mod pem;
mod x509;

use rhumb_gotmpl::{Call, Func, func};
use rhumb_value::CallError;
use rhumb_value::Text;

use key::Key;

/// `genPrivateKey TYPE`: a new private key of `rsa` (or nothing), `ecdsa`, `ed25519` or `dsa`.
///
/// `{{ genPrivateKey "ed25519" | trunc 27 }}` gives `-----BEGIN PRIVATE KEY-----`.
fn gen_private_key(call: &Call<'_>, kind: &Text) -> String {
    let key = match kind.as_bytes() {
        b"" | b"rsa" => Key::rsa(key::RsaSize::Bits4096),
        b"ecdsa" => Key::ecdsa(),
        b"ed25519" => Key::ed25519(call),
        b"dsa" => dsa::generate(call).map(Key::Dsa).ok_or_else(|| failed("a DSA key")),
        _ => return format!("Unknown type {}", kind.to_lossy()),
    };
    key.map_or_else(
        |error| format!("failed to generate private key: {}", error.message),
        |key| key.to_pem(),
    )
}

/// What a key library says when it cannot, which is never a reason to go on.
fn failed(what: &str) -> CallError {
    CallError::new(format!("{what} is not possible"))
}

/// The table.
pub(crate) const FUNCS: &[Func] = &[
    func!("bcrypt", password::bcrypt, call, [password]),
    func!("buildCustomCert", certificate::build_custom, [certificate, key]),
    func!("decryptAES", cipher::decrypt, [password, text]),
    func!("derivePassword", password::derive, [counter, kind, password, user, site]),
    func!("encryptAES", cipher::encrypt, call, [password, text]),
    func!("genCA", certificate::gen_ca, call, [name, days]),
    func!("genCAWithKey", certificate::gen_ca_with_key, call, [name, days, key]),
    func!("genPrivateKey", gen_private_key, call, [kind]),
    func!("genSelfSignedCert", certificate::gen_self_signed, call, [name, addresses, hosts, days]),
    func!(
        "genSelfSignedCertWithKey",
        certificate::gen_self_signed_with_key,
        call,
        [name, addresses, hosts, days, key]
    ),
    func!("genSignedCert", certificate::gen_signed, call, [name, addresses, hosts, days, ca]),
    func!(
        "genSignedCertWithKey",
        certificate::gen_signed_with_key,
        call,
        [name, addresses, hosts, days, ca, key]
    ),
    func!("htpasswd", password::htpasswd, call, [user, password]),
];
