use crate::Error;

/// How much of a document comes from aliases, and which ones are open.
///
/// Small documents may come from aliases nearly wholly, large ones only to a tenth.
#[derive(Default)]
pub(super) struct AliasCount {
    values: u64,
    from_aliases: u64,
    open: Vec<u32>,
}

impl AliasCount {
    /// Counts one value.
    #[inline]
    pub(super) fn count(&mut self) -> Result<(), Error> {
        self.values += 1;
        if !self.open.is_empty() {
            self.from_aliases += 1;
        }
        if self.from_aliases > 100 && self.values > 1000 { self.check() } else { Ok(()) }
    }

    #[expect(clippy::cast_precision_loss, reason = "the counts stay far below 2^53")]
    fn check(&self) -> Result<(), Error> {
        const LOW: f64 = 400_000.0;
        const HIGH: f64 = 4_000_000.0;
        let values = self.values as f64;
        let allowed = match values {
            ..=LOW => 0.99,
            HIGH.. => 0.10,
            _ => 0.99 - 0.89 * ((values - LOW) / (HIGH - LOW)),
        };
        let is_fine = self.from_aliases as f64 / values <= allowed;
        if is_fine { Ok(()) } else { Err(Error::ExcessiveAliasing) }
    }

    /// Goes into what an alias stands for, unless it is open already.
    pub(super) fn enter(&mut self, alias: u32) -> bool {
        let is_new = !self.open.contains(&alias);
        self.open.push(alias);
        is_new
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }
}
