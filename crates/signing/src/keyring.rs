use crate::armor;
use crate::certificate::{Certificate, Part};
use crate::keybox;
use crate::packet::{Packet, Packets};
use crate::{Error, KeyringError};

/// Keys that are trusted.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    certificates: Vec<Certificate>,
}

impl Keyring {
    /// Reads a file of keys: packets as `gpg --export` writes them, the same as text (`--armor`, also several one
    /// after another), or GnuPG's `pubring.kbx`.
    ///
    /// Keys that cannot be understood are passed over if there is another. `name` is what errors call the file.
    ///
    /// # Errors
    ///
    /// If the file is not of such a form, or all its keys are bad. One without keys is a ring by which nothing is
    /// verified.
    pub fn parse(data: &[u8], name: &str) -> Result<Self, KeyringError> {
        if keybox::is_keybox(data) {
            let named = |why| KeyringError::Keybox { name: name.to_owned(), why };
            let keys = keybox::keys(data).map_err(named)?;
            return Ok(Self { certificates: read(&mut Packets::new(&keys))? });
        }
        if data.trim_ascii_start().starts_with(b"-----BEGIN PGP") {
            let named = |why| KeyringError::Armored { name: name.to_owned(), why };
            return Ok(Self { certificates: read_armored(data).map_err(named)? });
        }
        Ok(Self { certificates: read(&mut Packets::new(data))? })
    }

    /// The keys with this end of their fingerprint that may sign, each with the certificate that it is in.
    pub(crate) fn signers(&self, id: u64) -> impl Iterator<Item = (&Certificate, Part<'_>)> {
        self.certificates.iter().flat_map(move |certificate| {
            certificate.signers(id).map(move |part| (certificate, part))
        })
    }
}

fn read_armored(data: &[u8]) -> Result<Vec<Certificate>, String> {
    let mut certificates = Vec::new();
    let mut rest = data;
    while let Some((block, after)) = armor::read(rest) {
        rest = after;
        if !matches!(&*block.kind, "PGP PUBLIC KEY BLOCK" | "PGP PRIVATE KEY BLOCK") {
            let kind = quoted(&block.kind);
            return Err(format!("expected a public or private key block, got {kind}"));
        }
        certificates
            .extend(read(&mut Packets::of(&block.body)).map_err(|error| error.to_string())?);
    }
    if certificates.is_empty() { Err("no keys found".to_owned()) } else { Ok(certificates) }
}

fn quoted(kind: &str) -> String {
    format!("\"{}\"", kind.escape_debug())
}

/// Reads all keys, and passes over those that are bad.
fn read(packets: &mut Packets<'_>) -> Result<Vec<Certificate>, Error> {
    let mut certificates = Vec::new();
    let mut passed_over = None;
    loop {
        match Certificate::read(packets) {
            Ok(Some(certificate)) => certificates.push(certificate),
            Ok(None) => break,
            Err(error @ Error::Invalid { .. }) => {
                passed_over = Some(error);
                if !skip_to_key(packets)? {
                    break;
                }
            }
            Err(error) => return Err(error),
        }
    }
    match passed_over {
        Some(error) if certificates.is_empty() => Err(error),
        _ => Ok(certificates),
    }
}

/// Goes on to the next key that others may belong to; tells whether there is one.
fn skip_to_key(packets: &mut Packets<'_>) -> Result<bool, Error> {
    while let Some(packet) = packets.next()? {
        if matches!(&packet, Packet::Key(key) if !key.is_subkey && !key.is_secret) {
            packets.put_back(packet);
            return Ok(true);
        }
    }
    Ok(false)
}
