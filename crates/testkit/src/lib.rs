//! Fixtures, fakes and foreign programs for the tests.
