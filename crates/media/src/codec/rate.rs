use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::within;
use crate::MediaError;

/// What an encoder of streams aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rate {
    /// Equal quality, by the encoder's own constant rate factor: 0 is best.
    Factor(u8),
    /// So many bits a second, on average over each segment.
    Bits(u32),
}

impl Rate {
    /// The bit rates there are: below, no picture could be told; above, none is larger.
    const BITS: RangeInclusive<u32> = 10_000..=1_000_000_000;

    /// Whether every sample is to be kept.
    pub(super) fn is_lossless(self) -> bool {
        self == Self::Factor(0)
    }

    /// Refuses what the encoder could not aim at.
    pub(super) fn check(self, factors: &RangeInclusive<u8>) -> Result<(), MediaError> {
        match self {
            Self::Factor(factor) => within("rate factor", factor, factors),
            Self::Bits(bits) if Self::BITS.contains(&bits) => Ok(()),
            Self::Bits(bits) => Err(MediaError::Settings(format!(
                "pictures have {} to {} bits a second here, got `{bits}`",
                Self::BITS.start(),
                Self::BITS.end()
            ))),
        }
    }

    /// The encoder's option of a constant rate factor, if that is what it aims at.
    pub(super) fn factor(self) -> Option<(&'static str, String)> {
        match self {
            Self::Factor(factor) => Some(("crf", factor.to_string())),
            Self::Bits(_) => None,
        }
    }

    /// Bits a second in FFmpeg's sense: 0 where they are not the aim.
    pub(super) fn bits(self) -> i64 {
        match self {
            Self::Factor(_) => 0,
            Self::Bits(bits) => i64::from(bits),
        }
    }
}
