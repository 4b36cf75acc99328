use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, PlaneFormat, Preset, StreamRow, Vp9, within};
use crate::MediaError;

/// AV1 by SVT-AV1: Main profile, 8 bits, 4:2:0, BT.709, limited range.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Av1 {
    /// Constant rate factor, 0 to 63; 0 is not lossless.
    pub crf: u8,
    /// Time against size.
    pub preset: Preset,
}

impl Av1 {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 32;
    /// Pixels along a side at least.
    const SHORTEST_SIDE: u32 = 64;

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
            Preset::Slower => 4,
            Preset::Veryslow => 2,
        }
    }
}

impl StreamRow for Av1 {
    fn encoder(&self) -> &'static str {
        "libsvtav1"
    }

    fn planes(&self, _: &FrameSpec) -> PlaneFormat {
        PlaneFormat::YUV420
    }

    fn cost(&self) -> PixelCost {
        let moving = match self.preset {
            Preset::Ultrafast | Preset::Superfast | Preset::Veryfast => 30,
            Preset::Faster | Preset::Fast | Preset::Medium => 100,
            Preset::Slow | Preset::Slower | Preset::Veryslow => 800,
        };
        PixelCost { moving, still: 10 }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        within(self.crf, &Vp9::CRF)?;
        super::h264::check_even("AV1", frames)?;
        if frames.width.min(frames.height) < Self::SHORTEST_SIDE {
            return Err(MediaError::Settings(format!(
                "AV1 by SVT-AV1 has at least {} pixels each way, got `{}x{}`; VP9 and H.264 take \
                 fewer",
                Self::SHORTEST_SIDE,
                frames.width,
                frames.height
            )));
        }
        Ok(())
    }

    fn keeps_opacity(&self) -> bool {
        false
    }

    fn has_header(&self) -> bool {
        true
    }

    fn options(&self, context: &mut ff::AVCodecContext) -> Vec<(&'static str, String)> {
        // A key frame only at the start.
        context.gop_size = 1 << 20;
        context.bit_rate = 0;
        vec![
            ("preset", self.speed().to_string()),
            ("crf", self.crf.to_string()),
            ("svtav1-params", "lp=1".to_owned()),
        ]
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::AV1;
        parameters.profile = ff::FF_PROFILE_AV1_MAIN;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
