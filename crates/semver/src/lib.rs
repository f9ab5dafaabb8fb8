//! Versions and ranges by the rules that Helm follows.
