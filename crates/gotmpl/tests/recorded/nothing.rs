use rhumb_gotmpl::{Host, Moment};

/// A host that knows nothing: the time is always the same, and so are all random bytes.
#[derive(Debug)]
pub(crate) struct Nothing;

impl Host for Nothing {
    fn now(&self) -> Moment {
        Moment { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
