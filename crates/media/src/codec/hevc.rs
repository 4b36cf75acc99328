use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, Outlook, PixelCost, PixelFormat, PlaneFormat, Preset, Rate, StreamRow};
use crate::MediaError;

/// HEVC (H.265) by x265: BT.709, limited range. Apple's players take it in 8 and 10 bits in
/// 4:2:0; browsers, where the machine decodes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hevc {
    /// Factors go from 0 (lossless) to 51.
    pub rate: Rate,
    /// Time against size.
    pub preset: Preset,
    /// How pictures are sampled.
    pub pixels: PixelFormat,
}

impl Default for Hevc {
    fn default() -> Self {
        Self {
            rate: Rate::Factor(Self::DEFAULT_CRF),
            preset: Preset::default(),
            pixels: PixelFormat::default(),
        }
    }
}

impl Hevc {
    /// The rate factor used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 24;
    /// The rate factors there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 0..=51;
    /// The shortest side there is, in pixels.
    const SHORTEST: u32 = 16;

    fn profile(&self) -> i32 {
        match self.pixels {
            PixelFormat::Yuv420p => ff::FF_PROFILE_HEVC_MAIN,
            PixelFormat::Yuv420p10 => ff::FF_PROFILE_HEVC_MAIN_10,
            _ => ff::FF_PROFILE_HEVC_REXT,
        }
    }
}

/// One group of pictures however long, by one thread, and the same bytes on every
/// processor.
const PARAMETERS: &str = "keyint=-1:scenecut=0:open-gop=0:pools=none:frame-threads=1:wpp=0:\
                          lookahead-slices=0:repeat-headers=0:info=0:log-level=none";

impl StreamRow for Hevc {
    fn encoder(&self) -> &'static str {
        "libx265"
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
            Preset::Ultrafast | Preset::Superfast => 40,
            Preset::Veryfast | Preset::Faster | Preset::Fast => 60,
            Preset::Medium => 100,
            Preset::Slow | Preset::Slower | Preset::Veryslow => 500,
        };
        PixelCost { moving, still: 20 }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.rate.check(&Self::CRF)?;
        if frames.width.min(frames.height) < Self::SHORTEST {
            return Err(MediaError::Settings(format!(
                "HEVC video has at least {0}x{0} pixels, got `{1}x{2}`",
                Self::SHORTEST,
                frames.width,
                frames.height
            )));
        }
        self.pixels.check_even("HEVC", frames)
    }

    fn reorder_delay(&self) -> i64 {
        2
    }

    fn options(
        &self,
        _: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)> {
        context.chroma_sample_location = ff::AVChromaLocation::LEFT;
        context.bit_rate = self.rate.bits();
        let mut parameters = PARAMETERS.to_owned();
        if self.rate.is_lossless() {
            parameters += ":lossless=1";
        }
        let mut options = vec![
            ("preset", self.preset.name().to_owned()),
            ("forced-idr", "1".to_owned()),
            ("x265-params", parameters),
        ];
        options.extend(self.rate.factor());
        options
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::HEVC;
        // Its parameter sets stand in the file's head alone, as Apple's players want it.
        parameters.codec_tag = u32::from_le_bytes(*b"hvc1");
        parameters.profile = self.profile();
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
