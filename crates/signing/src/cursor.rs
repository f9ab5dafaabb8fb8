use crate::Error;

/// Reads bytes from the front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Error::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Error::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Error> {
        Ok(self.array::<1>()?[0])
    }

    /// A number of two bytes, the higher first.
    pub(crate) fn short(&mut self) -> Result<usize, Error> {
        Ok(u16::from_be_bytes(self.array()?).into())
    }

    /// A number of four bytes, the highest first.
    pub(crate) fn long(&mut self) -> Result<u32, Error> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// A number of any size: its length in bits, then its bytes.
    pub(crate) fn number(&mut self) -> Result<&'a [u8], Error> {
        let bits = self.short()?;
        self.take(bits.div_ceil(8))
    }

    /// A field with its length in one byte before it.
    pub(crate) fn field(&mut self) -> Result<&'a [u8], Error> {
        match self.byte()? {
            0 | 0xff => Err(Error::unsupported("reserved for future extensions")),
            length => self.take(length.into()),
        }
    }
}
