//! The data of templates and values, with Go's kinds, and how Go prints them.
