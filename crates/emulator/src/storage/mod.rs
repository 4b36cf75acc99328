//! Buckets and objects in a folder.
//!
//! What there is stands in memory, under one lock; a change is decided and done
//! while holding it, so conditions mean what they say. Bodies are written to a
//! file of their own first and renamed into place, so a reader keeps the version
//! that it began with.

mod condition;
mod index;
mod listing;
mod object;
mod operations;
mod reading;
mod staging;
mod upload;

pub use index::Storage;
