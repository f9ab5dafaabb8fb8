use std::fmt::Write as _;
use std::io;

use rustls::crypto::SecureRandom;

/// Makes names that nobody can guess and no other server makes.
#[derive(Clone, Debug)]
pub(crate) struct Names(&'static dyn SecureRandom);

impl Names {
    pub(crate) fn new() -> Self {
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        Self(provider.secure_random)
    }

    /// 32 hexadecimal digits.
    pub(crate) fn next(&self) -> io::Result<String> {
        let mut bytes = [0; 16];
        self.0.fill(&mut bytes).map_err(|_| io::Error::other("the machine has no randomness"))?;
        let mut name = String::with_capacity(32);
        for byte in bytes {
            write!(name, "{byte:02x}").map_err(io::Error::other)?;
        }
        Ok(name)
    }
}
