//! Certificates and their keys as PEM.

use std::any::Any;
use std::cell::OnceCell;
use std::rc::Rc;

use rhumb_gotmpl::{Call, FromValue, IntoReturn};
use rhumb_value::{CallError, Object, Text, Type, Value};

use super::key::{Key, RsaSize};
use super::pem;
use super::x509::{Parent, Template, read};
use crate::encoding::from_base64;

/// A certificate and its key.
///
/// A new RSA key takes long to find, and many charts make certificates that they do not use: one
/// with a new key is made when someone first looks at it. All that could be wrong with what was
/// asked for is found before.
#[derive(Clone, Debug)]
pub(super) struct Certificate(Rc<Content>);

#[derive(Debug)]
struct Content {
    made: OnceCell<Result<Made, CallError>>,
    /// How to make it; nothing if it is there from the start.
    order: Option<Order>,
}

/// Both as PEM.
#[derive(Debug)]
struct Made {
    certificate: Text,
    key: Text,
}

/// A certificate for a new key, signed by that key itself or by an authority.
#[derive(Debug)]
struct Order {
    template: Template,
    authority: Option<Certificate>,
}

impl Order {
    fn make(&self) -> Result<Made, CallError> {
        let key = new_key()?;
        match &self.authority {
            Some(authority) => Signer::new(authority)?.sign(&self.template, &key),
            None => finish(&self.template, &key, None, &key),
        }
    }
}

impl Certificate {
    const TYPE: Type = Type::Opaque("sprig.certificate");

    /// A certificate to be made.
    fn ordered(template: Template, authority: Option<Self>) -> Result<Self, CallError> {
        template.check().map_err(|error| not_created(&error))?;
        let order = Some(Order { template, authority });
        Ok(Self(Rc::new(Content { made: OnceCell::new(), order })))
    }

    fn made(&self) -> Result<&Made, CallError> {
        let Content { made, order } = &*self.0;
        let missing = || Err(CallError::new("the certificate was never made"));
        let made = made.get_or_init(|| order.as_ref().map_or_else(missing, Order::make));
        made.as_ref().map_err(Clone::clone)
    }

    fn is_ordered(&self) -> bool {
        self.0.order.is_some()
    }
}

impl From<Made> for Certificate {
    fn from(made: Made) -> Self {
        Self(Rc::new(Content { made: Ok(made).into(), order: None }))
    }
}

impl Object for Certificate {
    fn kind(&self) -> Type {
        Self::TYPE
    }

    fn ready(&self) -> Result<(), CallError> {
        self.made().map(|_| ())
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let Ok(Made { certificate, key }) = self.made() else { return Vec::new() };
        vec![("Cert", Value::Text(certificate.clone())), ("Key", Value::Text(key.clone()))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl<'v> FromValue<'v> for Certificate {
    const TYPE: Type = Self::TYPE;

    fn from_value(value: &'v Value) -> Result<Self, CallError> {
        let found = match value {
            Value::Object(object) => object.as_any().downcast_ref::<Self>().cloned(),
            _ => None,
        };
        found.ok_or_else(|| CallError::new(format!("expected {}", Self::TYPE)))
    }
}

impl IntoReturn for Certificate {
    const TYPE: Type = Self::TYPE;

    fn into_return(self) -> Result<Value, CallError> {
        Ok(Value::Object(Rc::new(self)))
    }
}

/// Who a certificate is for, and how long.
struct Request<'r> {
    name: &'r Text,
    addresses: &'r [Value],
    hosts: &'r [Value],
    days: i64,
}

impl Request<'_> {
    fn template(&self, call: &Call<'_>) -> Result<Template, CallError> {
        const DAY: i64 = 86_400;
        let mut serial = [0; 16];
        call.fill_random(&mut serial);
        let now = call.now();
        // Go's durations wrap after 292 years.
        let nanoseconds = self.days.wrapping_mul(DAY * 1_000_000_000);
        Ok(Template {
            name: self.name.as_bytes().to_vec(),
            addresses: self.addresses()?,
            hosts: self.hosts()?,
            serial,
            from: now.seconds,
            until: now.seconds.saturating_add(nanoseconds.div_euclid(1_000_000_000)),
            is_authority: false,
        })
    }

    fn addresses(&self) -> Result<Vec<std::net::IpAddr>, CallError> {
        let parse = |value: &Value| {
            let Value::Text(text) = value else {
                let shown = rhumb_value::format::print(value)?;
                let shown = String::from_utf8_lossy(&shown).into_owned();
                return Err(CallError::new(format!("error parsing ip: {shown} is not a string")));
            };
            let address = rhumb_value::address::parse(text.as_bytes()).ok();
            address
                .filter(|_| !text.as_bytes().contains(&b'%'))
                .ok_or_else(|| CallError::new(format!("error parsing ip: {}", text.to_lossy())))
        };
        self.addresses.iter().map(parse).collect()
    }

    fn hosts(&self) -> Result<Vec<Vec<u8>>, CallError> {
        let host = |value: &Value| match value {
            Value::Text(text) => Ok(text.as_bytes().to_vec()),
            other => {
                let shown = rhumb_value::format::print(other)?;
                let shown = String::from_utf8_lossy(&shown).into_owned();
                let message =
                    format!("error processing alternate dns name: {shown} is not a string");
                Err(CallError::new(message))
            }
        };
        self.hosts.iter().map(host).collect()
    }
}

/// Makes a certificate of a template.
fn finish(
    template: &Template,
    key: &Key,
    parent: Option<&Parent>,
    signer: &Key,
) -> Result<Made, CallError> {
    let data = template.sign(key, parent, signer).map_err(|error| not_created(&error))?;
    Ok(Made { certificate: pem::encode("CERTIFICATE", &data).into(), key: key.to_pem().into() })
}

fn not_created(error: &str) -> CallError {
    CallError::new(format!("error creating certificate: {error}"))
}

fn new_key() -> Result<Key, CallError> {
    Key::rsa(RsaSize::Bits2048)
}

fn given_key(key: &Text) -> Result<Key, CallError> {
    Key::from_pem(key.as_bytes())
        .map_err(|error| CallError::new(format!("parsing private key: {error}")))
}

fn authority(call: &Call<'_>, name: &Text, days: i64) -> Result<Template, CallError> {
    let request = Request { name, addresses: &[], hosts: &[], days };
    Ok(Template { is_authority: true, ..request.template(call)? })
}

/// `genCA NAME DAYS`: a new authority.
///
/// `{{ (genCA "demo" 365).Cert | trunc 27 }}` gives `-----BEGIN CERTIFICATE-----`.
pub(super) fn gen_ca(call: &Call<'_>, name: &Text, days: i64) -> Result<Certificate, CallError> {
    Certificate::ordered(authority(call, name, days)?, None)
}

/// `genCAWithKey NAME DAYS KEY`: an authority with a key that is there.
///
/// `{{ $key := genPrivateKey "ecdsa" }}{{ (genCAWithKey "demo" 365 $key).Cert | trunc 27 }}` gives
/// `-----BEGIN CERTIFICATE-----`.
pub(super) fn gen_ca_with_key(
    call: &Call<'_>,
    name: &Text,
    days: i64,
    key: &Text,
) -> Result<Certificate, CallError> {
    let key = given_key(key)?;
    finish(&authority(call, name, days)?, &key, None, &key).map(Certificate::from)
}

/// `genSelfSignedCert NAME ADDRESSES HOSTS DAYS`: a certificate that signs itself.
///
/// `{{ (genSelfSignedCert "demo" (list "10.0.0.1") (list "demo.local") 365).Cert | trunc 27 }}`
/// gives `-----BEGIN CERTIFICATE-----`.
pub(super) fn gen_self_signed(
    call: &Call<'_>,
    name: &Text,
    addresses: &[Value],
    hosts: &[Value],
    days: i64,
) -> Result<Certificate, CallError> {
    Certificate::ordered(Request { name, addresses, hosts, days }.template(call)?, None)
}

/// `genSelfSignedCertWithKey NAME ADDRESSES HOSTS DAYS KEY`: as `genSelfSignedCert`, with a key
/// that is there.
///
/// `{{ $key := genPrivateKey "ecdsa" }}{{ (genSelfSignedCertWithKey "demo" nil nil 365 $key).Cert |
/// trunc 27 }}` gives `-----BEGIN CERTIFICATE-----`.
#[expect(clippy::too_many_arguments, reason = "the parameters are those of the template function")]
pub(super) fn gen_self_signed_with_key(
    call: &Call<'_>,
    name: &Text,
    addresses: &[Value],
    hosts: &[Value],
    days: i64,
    key: &Text,
) -> Result<Certificate, CallError> {
    let key = given_key(key)?;
    let template = Request { name, addresses, hosts, days }.template(call)?;
    finish(&template, &key, None, &key).map(Certificate::from)
}

/// `genSignedCert NAME ADDRESSES HOSTS DAYS CA`: a certificate that an authority signs.
///
/// `{{ $ca := genCA "ca" 365 }}{{ (genSignedCert "demo" nil (list "demo.local") 365 $ca).Cert |
/// trunc 27 }}` gives `-----BEGIN CERTIFICATE-----`.
#[expect(clippy::too_many_arguments, reason = "the parameters are those of the template function")]
pub(super) fn gen_signed(
    call: &Call<'_>,
    name: &Text,
    addresses: &[Value],
    hosts: &[Value],
    days: i64,
    ca: Certificate,
) -> Result<Certificate, CallError> {
    let request = Request { name, addresses, hosts, days };
    if ca.is_ordered() {
        return Certificate::ordered(request.template(call)?, Some(ca));
    }
    // What a chart brings may be unable to sign.
    let signer = Signer::new(&ca)?;
    signer.sign(&request.template(call)?, &new_key()?).map(Certificate::from)
}

/// `genSignedCertWithKey NAME ADDRESSES HOSTS DAYS CA KEY`: as `genSignedCert`, with a key that is
/// there.
///
/// `{{ $ca := genCA "ca" 365 }}{{ $key := genPrivateKey "ecdsa" }}{{ (genSignedCertWithKey "demo"
/// nil nil 365 $ca $key).Cert | trunc 27 }}` gives `-----BEGIN CERTIFICATE-----`.
#[expect(clippy::too_many_arguments, reason = "the parameters are those of the template function")]
#[expect(clippy::needless_pass_by_value, reason = "a parameter's Rust type stands for its Go type")]
pub(super) fn gen_signed_with_key(
    call: &Call<'_>,
    name: &Text,
    addresses: &[Value],
    hosts: &[Value],
    days: i64,
    ca: Certificate,
    key: &Text,
) -> Result<Certificate, CallError> {
    let key = given_key(key)?;
    let signer = Signer::new(&ca)?;
    let template = Request { name, addresses, hosts, days }.template(call)?;
    signer.sign(&template, &key).map(Certificate::from)
}

/// An authority that was read.
struct Signer {
    parent: Parent,
    key: Key,
}

impl Signer {
    fn new(authority: &Certificate) -> Result<Self, CallError> {
        let Made { certificate, key } = authority.made()?;
        let data = pem::decode(certificate.as_bytes());
        let (_, data) = data.ok_or_else(|| CallError::new("unable to decode certificate"))?;
        let malformed =
            "error parsing certificate: decodedSignerCert.Bytes: x509: malformed certificate";
        let parent = read(&data).ok_or_else(|| CallError::new(malformed))?;
        let key = Key::from_pem(key.as_bytes())
            .map_err(|error| CallError::new(format!("error parsing private key: {error}")))?;
        Ok(Self { parent, key })
    }

    fn sign(&self, template: &Template, key: &Key) -> Result<Made, CallError> {
        finish(template, key, Some(&self.parent), &self.key)
    }
}

/// `buildCustomCert CERTIFICATE KEY`: a certificate and its key that are there, both in base 64.
///
/// `{{ $made := genCA "demo" 1 }}{{ $cert := buildCustomCert (b64enc $made.Cert) (b64enc $made.Key)
/// }}{{ eq $cert.Key $made.Key }}` gives `true`.
pub(super) fn build_custom(certificate: &Text, key: &Text) -> Result<Certificate, CallError> {
    let decode = |text: &Text, what: &str| {
        from_base64(text.as_bytes())
            .map_err(|_| CallError::new(format!("unable to decode base64 {what}")))
    };
    let certificate = decode(certificate, "certificate")?;
    let key = decode(key, "private key")?;
    let data = pem::decode(&certificate);
    let (_, data) = data.ok_or_else(|| CallError::new("unable to decode certificate"))?;
    let malformed = "error parsing certificate: decodedCert.Bytes: x509: malformed certificate";
    read(&data).ok_or_else(|| CallError::new(malformed))?;
    Key::from_pem(&key)
        .map_err(|error| CallError::new(format!("error parsing private key: {error}")))?;
    Ok(Made { certificate: certificate.into(), key: key.into() }.into())
}
