//! Room for recursion over data from outside.

/// How much of the stack must be left for the next step.
const RED_ZONE: usize = 128 << 10;

/// How much is taken from the heap when there is less.
const SEGMENT: usize = 2 << 20;

/// Runs one level of a recursion that hostile input can make deep; a named limit must bound it.
pub fn grow<T>(level: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, SEGMENT, level)
}
