//! Keys and certificates, as templates make them.
#![cfg(feature = "crypto")]

use std::any::Any;
use std::cell::Cell;

use rhumb_gotmpl::{Call, Host, Moment, Session};
use rhumb_value::{CallError, Value};

/// The time stands still, and randomness is a counter.
#[derive(Debug, Default)]
struct Fixed(Cell<u8>);

impl Host for Fixed {
    fn now(&self) -> Moment {
        Moment { seconds: 1_600_000_000, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0.set(self.0.get().wrapping_mul(5).wrapping_add(101));
            *byte = self.0.get();
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn call(name: &str, arguments: &[Value]) -> Result<Value, CallError> {
    let host = Fixed::default();
    let session = Session::new(&host);
    let function = rhumb_sprig::functions().find(|function| function.name == name);
    (function.expect("a function of that name").call)(&Call::outside(&session), arguments)
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_lossy().into_owned(),
        other => panic!("{other:?} is no text"),
    }
}

fn part(certificate: &Value, name: &str) -> Value {
    match certificate {
        Value::Object(object) => object.field(name).expect("a field"),
        other => panic!("{other:?} is no certificate"),
    }
}

#[test]
fn keys_come_back_as_they_were_made() {
    for kind in ["ecdsa", "ed25519"] {
        let key = call("genPrivateKey", &[Value::text(kind)]).unwrap();
        let ca = call("genCAWithKey", &[Value::text("ca"), Value::int(10), key.clone()]).unwrap();
        assert_eq!(text(&part(&ca, "Key")), text(&key), "{kind}");
        assert!(text(&part(&ca, "Cert")).starts_with("-----BEGIN CERTIFICATE-----\n"));
    }
}

#[test]
fn an_authority_signs_only_with_its_own_key() {
    let key = |kind| call("genPrivateKey", &[Value::text(kind)]).unwrap();
    let (key, other) = (key("ecdsa"), key("ed25519"));
    let ca = call("genCAWithKey", &[Value::text("ca"), Value::int(1), key.clone()]).unwrap();
    let names = Value::list(vec![Value::text("*.example.com")]);
    let addresses = Value::list(vec![Value::text("10.0.0.1"), Value::text("::1")]);
    let signed = |ca: &Value| {
        let arguments = [
            Value::text("web"),
            addresses.clone(),
            names.clone(),
            Value::int(1),
            ca.clone(),
            other.clone(),
        ];
        call("genSignedCertWithKey", &arguments)
    };
    let certificate = signed(&ca).unwrap();
    assert_eq!(text(&part(&certificate, "Key")), text(&other));
    let encode = |value: &Value| call("b64enc", std::slice::from_ref(value)).unwrap();
    let mixed = [encode(&part(&ca, "Cert")), encode(&other)];
    let mixed = call("buildCustomCert", &mixed).unwrap();
    assert_eq!(
        signed(&mixed).unwrap_err().message,
        "error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey"
    );
}

#[test]
fn what_is_encrypted_can_be_decrypted() {
    let password = Value::text("key");
    for plain in ["plain", "sixteen bytes !!", "é☃"] {
        let encrypted = call("encryptAES", &[password.clone(), Value::text(plain)]).unwrap();
        let decrypted = call("decryptAES", &[password.clone(), encrypted]).unwrap();
        assert_eq!(text(&decrypted), plain);
    }
    let short = call("decryptAES", &[password, Value::text("YWJj")]).unwrap_err();
    assert_eq!(short.message, "runtime error: slice bounds out of range [:16] with capacity 3");
}

#[test]
fn derived_passwords_are_always_the_same() {
    let arguments = [
        Value::int(1),
        Value::text("basic"),
        Value::text("password"),
        Value::text("user"),
        Value::text("example.com"),
    ];
    assert_eq!(text(&call("derivePassword", &arguments).unwrap()), "pIS54PLs");
}

#[test]
fn a_dsa_key_is_not_looked_for_forever() {
    let key = text(&call("genPrivateKey", &[Value::text("dsa")]).unwrap());
    assert_eq!(key, "failed to generate private key: a DSA key is not possible");
}
