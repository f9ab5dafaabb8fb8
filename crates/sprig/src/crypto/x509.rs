//! Certificates in the form in which Go makes them.

use std::net::IpAddr;

use sha2::{Digest, Sha256};

use super::der::{self, SEQUENCE, group, object, value};
use super::key::Key;
use crate::time::{CertificateTime, certificate_time};

/// What a certificate says.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) name: Vec<u8>,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) hosts: Vec<Vec<u8>>,
    pub(super) serial: [u8; 16],
    /// Seconds since 1970.
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) is_authority: bool,
}

/// Who signs: a certificate that was read.
pub(super) struct Parent {
    /// The whole subject.
    pub(super) subject: Vec<u8>,
    /// The whole public key with its algorithm.
    pub(super) public_key: Vec<u8>,
    pub(super) key_id: Vec<u8>,
}

const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const SUBJECT_KEY_ID: &[u8] = &[0x55, 0x1d, 0x0e];
const AUTHORITY_KEY_ID: &[u8] = &[0x55, 0x1d, 0x23];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 0x11];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const SERVER_AUTH: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 1];
const CLIENT_AUTH: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 2];

const NO_SIGNER: &str = "x509: certificate private key does not implement crypto.Signer";

impl Template {
    /// Makes the certificate of a key, signed by another; without a parent it is its own issuer.
    ///
    /// # Errors
    ///
    /// Go's words.
    pub(super) fn sign(
        &self,
        key: &Key,
        parent: Option<&Parent>,
        signer: &Key,
    ) -> Result<Vec<u8>, String> {
        let algorithm = signer.signature_algorithm().ok_or(NO_SIGNER)?;
        let unsupported = "x509: only RSA, ECDSA and Ed25519 keys supported";
        let (key_algorithm, key_bits) = key.public().ok_or(unsupported)?;
        let subject = self.subject()?;
        let issuer = parent.map_or(&subject, |parent| &parent.subject);
        if let Some(parent) = parent
            && public_key(signer).as_ref() != Some(&parent.public_key)
        {
            return Err("x509: provided PrivateKey doesn't match parent's PublicKey".into());
        }
        let key_id = Sha256::digest(key_bits)[..20].to_vec();
        let authority = parent.filter(|parent| !parent.key_id.is_empty() && *issuer != subject);
        let extensions = self.extensions(&key_id, authority.map(|parent| &*parent.key_id))?;
        let body = group(
            SEQUENCE,
            &[
                value(0xa0, &der::integer(&[2])),
                der::integer(&self.serial),
                algorithm.clone(),
                issuer.clone(),
                group(SEQUENCE, &[time(self.from)?, time(self.until)?]),
                subject,
                group(SEQUENCE, &[key_algorithm, der::bits(key_bits)]),
                value(0xa3, &group(SEQUENCE, &extensions)),
            ],
        );
        let signature = signer.sign(&body).ok_or("x509: the key does not sign")?;
        Ok(group(SEQUENCE, &[body, algorithm, der::bits(&signature)]))
    }

    /// Whether it could be made with any key.
    ///
    /// # Errors
    ///
    /// Go's words.
    pub(super) fn check(&self) -> Result<(), String> {
        self.subject()?;
        self.extensions(&[], None)?;
        time(self.from)?;
        time(self.until)?;
        Ok(())
    }

    fn subject(&self) -> Result<Vec<u8>, String> {
        if self.name.is_empty() {
            return Ok(group(SEQUENCE, &[]));
        }
        let name = str::from_utf8(&self.name).map_err(|_| "asn1: string not valid UTF-8")?;
        let is_printable =
            |byte: u8| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte);
        let tag =
            if name.bytes().all(is_printable) { der::PRINTABLE_STRING } else { der::UTF8_STRING };
        let attribute = group(SEQUENCE, &[object(COMMON_NAME), value(tag, name.as_bytes())]);
        Ok(group(SEQUENCE, &[group(der::SET, &[attribute])]))
    }

    /// The extensions in Go's order.
    fn extensions(&self, key_id: &[u8], authority: Option<&[u8]>) -> Result<Vec<Vec<u8>>, String> {
        // Signing and encrypting keys; an authority signs certificates too.
        let usage: &[u8] = if self.is_authority { &[2, 0xa4] } else { &[5, 0xa0] };
        let constraints = if self.is_authority { value(der::BOOLEAN, &[0xff]) } else { Vec::new() };
        let mut extensions = vec![
            extension(KEY_USAGE, true, &value(der::BIT_STRING, usage)),
            extension(
                EXTENDED_KEY_USAGE,
                false,
                &group(SEQUENCE, &[object(SERVER_AUTH), object(CLIENT_AUTH)]),
            ),
            extension(BASIC_CONSTRAINTS, true, &value(SEQUENCE, &constraints)),
        ];
        if self.is_authority {
            let id = value(der::OCTET_STRING, key_id);
            extensions.push(extension(SUBJECT_KEY_ID, false, &id));
        }
        if let Some(authority) = authority {
            let id = group(SEQUENCE, &[value(0x80, authority)]);
            extensions.push(extension(AUTHORITY_KEY_ID, false, &id));
        }
        if !self.hosts.is_empty() || !self.addresses.is_empty() {
            let names = group(SEQUENCE, &self.alternative_names()?);
            extensions.push(extension(ALTERNATIVE_NAMES, self.name.is_empty(), &names));
        }
        Ok(extensions)
    }

    fn alternative_names(&self) -> Result<Vec<Vec<u8>>, String> {
        let mut names = Vec::new();
        for host in &self.hosts {
            if !host.is_ascii() {
                let host = rhumb_value::quote::quote(host);
                return Err(format!("x509: {host} cannot be encoded as an IA5String"));
            }
            names.push(value(0x82, host));
        }
        for address in &self.addresses {
            names.push(match address.to_canonical() {
                IpAddr::V4(address) => value(0x87, &address.octets()),
                IpAddr::V6(address) => value(0x87, &address.octets()),
            });
        }
        Ok(names)
    }
}

fn extension(name: &[u8], is_critical: bool, content: &[u8]) -> Vec<u8> {
    let critical = if is_critical { value(der::BOOLEAN, &[0xff]) } else { Vec::new() };
    group(SEQUENCE, &[object(name), critical, value(der::OCTET_STRING, content)])
}

fn time(seconds: i64) -> Result<Vec<u8>, String> {
    match certificate_time(seconds) {
        Some(CertificateTime::Utc(text)) => Ok(value(der::UTC_TIME, &text)),
        Some(CertificateTime::General(text)) => Ok(value(der::GENERAL_TIME, &text)),
        None => Err("asn1: structure error: cannot represent time as GeneralizedTime".into()),
    }
}

fn public_key(key: &Key) -> Option<Vec<u8>> {
    let (algorithm, bits) = key.public()?;
    Some(group(SEQUENCE, &[algorithm, der::bits(bits)]))
}

/// Reads what a certificate says about its key.
pub(super) fn read(data: &[u8]) -> Option<Parent> {
    let whole = der::read_sequence(data)?;
    let mut parts = der::read_all(whole.first()?.content)?.into_iter().peekable();
    parts.next_if(|part| part.tag == 0xa0);
    let [_, _, _, _, subject, public_key] = std::array::from_fn(|_| parts.next());
    let (subject, public_key) = (subject?, public_key?);
    let mut key_id = Vec::new();
    if let Some(extensions) = parts.find(|part| part.tag == 0xa3) {
        for extension in der::read_sequence(extensions.content)? {
            let parts = der::read_all(extension.content)?;
            if parts.first()?.content == SUBJECT_KEY_ID {
                key_id = der::read(parts.last()?.content)?.0.content.to_vec();
            }
        }
    }
    let is_right = subject.tag == SEQUENCE && public_key.tag == SEQUENCE && whole.len() == 3;
    is_right.then(|| Parent {
        subject: subject.whole.to_vec(),
        public_key: public_key.whole.to_vec(),
        key_id,
    })
}
