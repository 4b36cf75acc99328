use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, Outlook, PixelCost, PixelFormat, PlaneFormat, Preset, Rate, StreamRow};
use crate::MediaError;

/// AV1 by SVT-AV1: 4:2:0, 8 or 10 bits, BT.709, limited range.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Av1 {
    /// Factors go from 1 (best) to 63.
    pub rate: Rate,
    /// Time against size.
    pub preset: Preset,
    /// How pictures are sampled.
    pub pixels: PixelFormat,
}

impl Default for Av1 {
    fn default() -> Self {
        Self {
            rate: Rate::Factor(Self::DEFAULT_CRF),
            preset: Preset::default(),
            pixels: PixelFormat::default(),
        }
    }
}

impl Av1 {
    /// The rate factor used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 32;
    /// The rate factors there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 1..=63;
    const PIXELS: [PixelFormat; 2] = [PixelFormat::Yuv420p, PixelFormat::Yuv420p10];
    /// The shortest and the longest sides there are, in pixels.
    const SHORTEST: u32 = 64;
    const LONGEST: [u32; 2] = [16_384, 8_704];

    /// SVT-AV1's own number of a preset's speed.
    fn speed(&self) -> u8 {
        match self.preset {
            Preset::Ultrafast => 12,
            Preset::Superfast => 11,
            Preset::Veryfast => 10,
            Preset::Faster => 9,
            Preset::Fast => 8,
            Preset::Medium => 7,
            Preset::Slow => 6,
            Preset::Slower => 5,
            Preset::Veryslow => 4,
        }
    }
}

impl StreamRow for Av1 {
    fn encoder(&self) -> &'static str {
        "libsvtav1"
    }

    fn planes(&self, _: &FrameSpec) -> PlaneFormat {
        self.pixels.planes()
    }

    fn keeps_opacity(&self) -> bool {
        false
    }

    fn has_header(&self) -> bool {
        true
    }

    fn cost(&self) -> PixelCost {
        let moving = match self.preset {
            Preset::Ultrafast | Preset::Superfast => 25,
            Preset::Veryfast | Preset::Faster => 40,
            Preset::Fast | Preset::Medium => 80,
            Preset::Slow | Preset::Slower | Preset::Veryslow => 400,
        };
        PixelCost { moving, still: 10 }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.rate.check(&Self::CRF)?;
        self.pixels.check_among("AV1", &Self::PIXELS)?;
        let (width, height) = (frames.width, frames.height);
        let [across, down] = Self::LONGEST;
        if width.min(height) < Self::SHORTEST || width > across || height > down {
            return Err(MediaError::Settings(format!(
                "AV1 video has {0}x{0} to {across}x{down} pixels, got `{width}x{height}`",
                Self::SHORTEST
            )));
        }
        self.pixels.check_even("AV1", frames)
    }

    fn options(
        &self,
        _: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)> {
        context.chroma_sample_location = ff::AVChromaLocation::LEFT;
        context.bit_rate = self.rate.bits();
        // A key frame only at the start.
        context.gop_size = i32::MAX;
        let mut options = vec![
            ("preset", self.speed().to_string()),
            ("svtav1-params", "lp=1:scd=0".to_owned()),
        ];
        options.extend(self.rate.factor());
        options
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::AV1;
        parameters.profile = ff::FF_PROFILE_AV1_MAIN;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
