//! What the painter draws: golden pictures, laws, and things that must not panic.

#![allow(clippy::disallowed_methods)] // tests read fonts and pictures, and look at the clock

mod blends;
mod compare;
mod drawings;
mod golden;
mod hand;
mod laws;
mod limits;
