use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, StillPixels, StillRow, stream::encode_one, within};
use crate::MediaError;

/// WebP by libwebp. Opacity is kept without loss, not multiplied into the colours.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WebP {
    /// 0 to 99, and 100 for every pixel as it is.
    pub quality: u8,
    /// Whether a picture is stored as what changed since the one before: for moving
    /// pictures.
    pub patches: bool,
}

impl WebP {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_QUALITY: u8 = 85;
    /// Pixels along a side at most.
    const LONGEST_SIDE: u32 = 16_383;
}

impl StillRow for WebP {
    fn cost(&self) -> PixelCost {
        PixelCost {
            moving: 90,
            still: 0,
        }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        within("quality", self.quality, &(0..=100))?;
        if frames.width.max(frames.height) > Self::LONGEST_SIDE {
            return Err(MediaError::Settings(format!(
                "a WebP picture is at most {} pixels wide and high, got `{}x{}`",
                Self::LONGEST_SIDE,
                frames.width,
                frames.height
            )));
        }
        Ok(())
    }

    fn keeps_opacity(&self) -> bool {
        true
    }

    fn patches(&self) -> Option<u32> {
        // A part's corner lies at even places.
        self.patches.then_some(2)
    }

    fn encode(&self, picture: &StillPixels<'_>) -> Result<Vec<u8>, MediaError> {
        let lossless = self.quality == 100;
        // What 100 means without loss is how hard to try.
        let quality = if lossless { 50 } else { self.quality };
        let options = [
            ("lossless", u8::from(lossless).to_string()),
            ("quality", quality.to_string()),
            ("compression_level", "4".to_owned()),
        ];
        encode_one("libwebp", picture, &options)
    }
}
