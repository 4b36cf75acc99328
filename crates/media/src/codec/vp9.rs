use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{
    FrameSpec, Outlook, PixelCost, PixelFormat, PlaneFormat, Preset, Rate, Stay, StreamRow,
    VideoCodec,
};
use crate::MediaError;

/// VP9 by libvpx: BT.709, limited range. Opacity is a second stream, without loss, so that
/// it is right to the pixel whatever the rate; it goes with 8 bits in 4:2:0 alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Vp9 {
    /// Factors go from 0 (lossless) to 63.
    pub rate: Rate,
    /// Time against size.
    pub preset: Preset,
    /// How pictures are sampled.
    pub pixels: PixelFormat,
    /// Whether a picture like the one before is encoded like any other.
    pub constant: bool,
}

impl Default for Vp9 {
    fn default() -> Self {
        Self {
            rate: Rate::Factor(Self::DEFAULT_CRF),
            preset: Preset::default(),
            pixels: PixelFormat::default(),
            constant: false,
        }
    }
}

impl Vp9 {
    /// The rate factor used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 30;
    /// The rate factors there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 0..=63;

    fn profile(&self) -> i32 {
        match self.pixels {
            PixelFormat::Yuv420p => ff::FF_PROFILE_VP9_0,
            PixelFormat::Yuv422p | PixelFormat::Yuv444p => ff::FF_PROFILE_VP9_1,
            PixelFormat::Yuv420p10 => ff::FF_PROFILE_VP9_2,
            PixelFormat::Yuv422p10 | PixelFormat::Yuv444p10 => ff::FF_PROFILE_VP9_3,
        }
    }

    /// Whether every picture is encoded: if asked for, and where a bit rate is to be met, which
    /// the encoder counts over all of them.
    fn is_constant(&self) -> bool {
        self.constant || self.rate.bits() > 0
    }

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
            false => self.pixels.planes(),
        }
    }

    fn cost(&self) -> PixelCost {
        let moving = match self.preset {
            Preset::Ultrafast | Preset::Superfast => 25,
            Preset::Veryfast | Preset::Faster | Preset::Fast => 60,
            Preset::Medium | Preset::Slow => 150,
            Preset::Slower | Preset::Veryslow => 600,
        };
        let still = if self.is_constant() { 10 } else { 0 };
        PixelCost { moving, still }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.rate.check(&Self::CRF)?;
        match frames.transparent {
            true => self
                .pixels
                .check_among("VP9 that something shows through", &[PixelFormat::Yuv420p]),
            false => Ok(()),
        }
    }

    fn keeps_opacity(&self) -> bool {
        true
    }

    fn opacity(&self, frames: &FrameSpec) -> Option<VideoCodec> {
        let lossless = Self {
            rate: Rate::Factor(0),
            preset: self.preset,
            pixels: self.pixels,
            constant: self.constant,
        };
        frames.transparent.then_some(VideoCodec::Vp9(lossless))
    }

    fn stay(&self, _: &Outlook) -> Stay {
        match self.is_constant() {
            true => Stay::Never,
            false => Stay::ShownAgain,
        }
    }

    fn options(
        &self,
        _: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)> {
        context.bit_rate = self.rate.bits();
        // A key frame only at the start.
        context.gop_size = i32::MAX;
        context.profile = self.profile();
        let option = |name, value: u8| (name, value.to_string());
        let mut options = vec![
            option("lossless", u8::from(self.rate.is_lossless())),
            ("deadline", "good".to_owned()),
            option("cpu-used", self.speed()),
            option("row-mt", 0),
            option("tile-columns", 0),
            // Hidden pictures would have to match those of the stream of opacity.
            option("auto-alt-ref", 0),
            option("lag-in-frames", 0),
        ];
        options.extend(self.rate.factor());
        options
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::VP9;
        parameters.profile = self.profile();
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
