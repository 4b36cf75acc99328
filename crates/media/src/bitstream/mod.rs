//! Compressed pictures taken apart and put together bit by bit: what lets a picture stay on
//! without being encoded again. Bytes in, bytes out; nothing here knows an encoder.
//!
//! [`HeldStream`] does it for H.264, [`shown_again`] for VP9.

mod avc;
mod bits;
mod h264;
mod held;
mod nal;
#[cfg(test)]
mod random;
mod vp9;

pub(crate) use avc::{AvcPicture, AvcStream, FEW};
pub(crate) use held::{HeldStream, LONGEST_HOLD};
pub(crate) use vp9::shown_again;

/// Why a stream cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StreamFault {
    /// It ends too early, or a number in it is out of its range.
    #[error("it is damaged")]
    Damaged,
    /// It uses what is not known here.
    #[error("it has {0}")]
    Unknown(&'static str),
}
