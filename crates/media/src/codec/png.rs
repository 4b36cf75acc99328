use image::{
    ExtendedColorType, ImageEncoder as _,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, StillPixels, StillRow, still::opaque_rgb};
use crate::MediaError;

/// PNG: 8 bits, every pixel as it is, opacity not multiplied into the colours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Png {
    /// Whether a picture is stored as what changed since the one before: for moving
    /// pictures, and for containers that put them together anew.
    pub patches: bool,
}

impl StillRow for Png {
    fn cost(&self) -> PixelCost {
        match self.patches {
            false => PixelCost {
                moving: 12,
                still: 0,
            },
            true => PixelCost {
                moving: 8,
                still: 0,
            },
        }
    }

    fn check(&self, _: &FrameSpec) -> Result<(), MediaError> {
        Ok(())
    }

    fn keeps_opacity(&self) -> bool {
        true
    }

    fn patches(&self) -> Option<u32> {
        self.patches.then_some(1)
    }

    fn encode(&self, picture: &StillPixels<'_>) -> Result<Vec<u8>, MediaError> {
        let mut bytes = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
        let (width, height) = (picture.width, picture.height);
        let written = if picture.transparent {
            encoder.write_image(picture.rgba, width, height, ExtendedColorType::Rgba8)
        } else {
            let rgb = opaque_rgb(picture.rgba);
            encoder.write_image(&rgb, width, height, ExtendedColorType::Rgb8)
        };
        written.map_err(|error| MediaError::Encoder(error.to_string()))?;
        Ok(bytes)
    }
}
