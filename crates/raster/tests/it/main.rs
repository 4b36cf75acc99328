//! What the painter draws: golden pictures, laws, and things that must not panic.

mod blends;
mod compare;
mod drawings;
mod golden;
mod hand;
mod laws;
mod limits;
