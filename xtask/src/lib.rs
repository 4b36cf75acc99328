//! Work on the repository itself: comparing Kinora with the browser facts, and
//! drawing that comparison as a contact sheet.
//!
//! [`facts::Comparison`] is what one scene came to; [`facts::compare`] makes it.
//! Nothing here is part of the program that users run, and nothing here starts a
//! browser: the facts are files, written by the tool in `browser-facts/`.
//!
//! The comparison drives the built `kinora` program instead of linking its
//! crates, so it judges what users get; the price is that the program must be
//! built first ([`ours::program`] does).

pub mod facts;
pub mod letters;
pub mod likeness;
pub mod ours;
pub mod picture;

use std::path::PathBuf;

/// The repository's root folder.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}
