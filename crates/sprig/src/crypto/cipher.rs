//! AES-256 in CBC mode with the password, cut or filled with zeros, as its key.

use aes::Aes256;
use aes::cipher::{
    BlockModeDecrypt, BlockModeEncrypt, KeyIvInit,
    block_padding::{NoPadding, Pkcs7},
};
use rhumb_gotmpl::Call;
use rhumb_value::{CallError, Text};

use crate::encoding::{base64, from_base64};

const BLOCK: usize = 16;

fn key(password: &Text) -> [u8; 32] {
    let mut key = [0; 32];
    let password = password.as_bytes();
    let length = password.len().min(32);
    key[..length].copy_from_slice(&password[..length]);
    key
}

/// `encryptAES PASSWORD TEXT`: encrypted, in base 64.
///
/// `{{ encryptAES "key" "text" | decryptAES "key" }}` gives `text`.
pub(super) fn encrypt(call: &Call<'_>, password: &Text, text: &Text) -> String {
    if text.as_bytes().is_empty() {
        return String::new();
    }
    let mut start = [0; BLOCK];
    call.fill_random(&mut start);
    let encryptor = cbc::Encryptor::<Aes256>::new(&key(password).into(), &start.into());
    let encrypted = encryptor.encrypt_padded_vec::<Pkcs7>(text.as_bytes());
    base64(&[&start, &*encrypted].concat())
}

/// `decryptAES PASSWORD TEXT`: what `encryptAES` was given.
///
/// `{{ encryptAES "key" "text" | decryptAES "key" }}` gives `text`.
pub(super) fn decrypt(password: &Text, text: &Text) -> Result<Vec<u8>, CallError> {
    if text.as_bytes().is_empty() {
        return Ok(Vec::new());
    }
    let encrypted = from_base64(text.as_bytes()).map_err(CallError::new)?;
    let Some((start, blocks)) = encrypted.split_first_chunk::<BLOCK>() else {
        let capacity = text.as_bytes().len() / 4 * 3;
        return Err(CallError::new(format!(
            "runtime error: slice bounds out of range [:{BLOCK}] with capacity {capacity}"
        )));
    };
    if blocks.len() % BLOCK != 0 {
        return Err(CallError::new("crypto/cipher: input not full blocks"));
    }
    let decryptor = cbc::Decryptor::<Aes256>::new(&key(password).into(), start.into());
    let mut plain = decryptor
        .decrypt_padded_vec::<NoPadding>(blocks)
        .map_err(|_| CallError::new("crypto/cipher: input not full blocks"))?;
    let Some(padding) = plain.last().copied().map(usize::from) else {
        return Err(CallError::new("runtime error: index out of range [-1]"));
    };
    let Some(length) = plain.len().checked_sub(padding) else {
        let past = padding - plain.len();
        return Err(CallError::new(format!("runtime error: slice bounds out of range [:-{past}]")));
    };
    plain.truncate(length);
    Ok(plain)
}
