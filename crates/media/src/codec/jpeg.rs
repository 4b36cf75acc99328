use image::{ExtendedColorType, ImageEncoder as _, codecs::jpeg::JpegEncoder};
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, StillPixels, StillRow, still::opaque_rgb, within};
use crate::MediaError;

/// JPEG: 8 bits, colour at full size; what shows through is black.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Jpeg {
    /// 1 to 100, best.
    pub quality: u8,
}

impl Default for Jpeg {
    fn default() -> Self {
        Self { quality: 92 }
    }
}

impl StillRow for Jpeg {
    fn cost(&self) -> PixelCost {
        PixelCost {
            moving: 20,
            still: 0,
        }
    }

    fn check(&self, _: &FrameSpec) -> Result<(), MediaError> {
        within("quality", self.quality, &(1..=100))
    }

    fn keeps_opacity(&self) -> bool {
        false
    }

    fn patches(&self) -> Option<u32> {
        None
    }

    fn encode(&self, picture: &StillPixels<'_>) -> Result<Vec<u8>, MediaError> {
        let mut bytes = Vec::new();
        let rgb = opaque_rgb(picture.rgba);
        JpegEncoder::new_with_quality(&mut bytes, self.quality)
            .write_image(&rgb, picture.width, picture.height, ExtendedColorType::Rgb8)
            .map_err(|error| MediaError::Encoder(error.to_string()))?;
        Ok(bytes)
    }
}
