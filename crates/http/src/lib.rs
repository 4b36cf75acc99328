//! What servers answer over HTTP, and to whom.
//!
//! [`answer`] makes answers, [`Origins`] says which sites' pages may read them, [`equal`]
//! compares secrets and [`secret`] makes them. It listens nowhere and knows no paths.
//!
//! ```
//! use kinora_http::{answer, equal};
//!
//! let told = answer::json(&serde_json::json!({"status": "ok"}));
//! assert_eq!(told.headers()["content-type"], "application/json");
//! assert!(equal(b"token", b"token") && !equal(b"token", b"tokem"));
//! ```
//!
//! **The decision behind it:** one kind of body for answers that are whole and for those
//! that come bit by bit, at the price of an allocation for each.

pub mod answer;
mod origins;
mod secret;

pub use answer::Answer;
pub use origins::Origins;
pub use secret::{equal, secret};
