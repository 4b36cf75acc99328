use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, PlaneFormat, Preset, StreamRow, VideoCodec, within};
use crate::MediaError;

/// VP9 by libvpx: profile 0, 8 bits, 4:2:0, BT.709, limited range. Opacity is a second
/// stream, without loss, so that it is right to the pixel whatever the rate factor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Vp9 {
    /// Constant rate factor, 0 (lossless) to 63.
    pub crf: u8,
    /// Time against size.
    pub preset: Preset,
}

impl Default for Vp9 {
    fn default() -> Self {
        Self {
            crf: Self::DEFAULT_CRF,
            preset: Preset::default(),
        }
    }
}

impl Vp9 {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 30;
    /// The qualities there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 0..=63;

    /// libvpx's own number of a preset's speed.
    fn speed(&self) -> u8 {
        match self.preset {
            Preset::Ultrafast => 8,
            Preset::Superfast => 6,
            Preset::Veryfast => 5,
            Preset::Faster | Preset::Fast => 4,
            Preset::Medium => 3,
            Preset::Slow => 2,
            Preset::Slower => 1,
            Preset::Veryslow => 0,
        }
    }
}

impl StreamRow for Vp9 {
    fn encoder(&self) -> &'static str {
        "libvpx-vp9"
    }

    fn planes(&self, frames: &FrameSpec) -> PlaneFormat {
        match frames.transparent {
            true => PlaneFormat::YUV420_APART,
            false => PlaneFormat::YUV420,
        }
    }

    fn cost(&self) -> PixelCost {
        let moving = match self.preset {
            Preset::Ultrafast | Preset::Superfast => 25,
            Preset::Veryfast | Preset::Faster | Preset::Fast => 60,
            Preset::Medium | Preset::Slow => 150,
            Preset::Slower | Preset::Veryslow => 600,
        };
        PixelCost { moving, still: 10 }
    }

    fn check(&self, _: &FrameSpec) -> Result<(), MediaError> {
        within(self.crf, &Self::CRF)
    }

    fn keeps_opacity(&self) -> bool {
        true
    }

    fn opacity(&self, frames: &FrameSpec) -> Option<VideoCodec> {
        let lossless = Self {
            crf: 0,
            preset: self.preset,
        };
        frames.transparent.then_some(VideoCodec::Vp9(lossless))
    }

    fn options(&self, context: &mut ff::AVCodecContext) -> Vec<(&'static str, String)> {
        // Quality alone decides; a key frame only at the start.
        context.bit_rate = 0;
        context.gop_size = i32::MAX;
        let option = |name, value: u8| (name, value.to_string());
        vec![
            option("crf", self.crf),
            option("lossless", u8::from(self.crf == 0)),
            ("deadline", "good".to_owned()),
            option("cpu-used", self.speed()),
            option("row-mt", 0),
            option("tile-columns", 0),
            // Hidden pictures would have to match those of the stream of opacity.
            option("auto-alt-ref", 0),
            option("lag-in-frames", 0),
        ]
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::VP9;
        parameters.profile = ff::FF_PROFILE_VP9_0;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
