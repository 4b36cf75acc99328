use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, H264, PixelCost, PlaneFormat, Preset, StreamRow, within};
use crate::MediaError;

/// HEVC by x265: Main profile, 8 bits, 4:2:0, BT.709, limited range.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hevc {
    /// Constant rate factor, 0 to 51; 0 is not lossless.
    pub crf: u8,
    /// Time against size.
    pub preset: Preset,
}

impl Hevc {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 24;
}

/// One closed group of pictures however long, on one thread, and nothing about the encoder
/// in the stream.
const PARAMETERS: &str = "keyint=-1:min-keyint=1000000:open-gop=0:scenecut=0:pools=none:\
     frame-threads=1:wpp=0:bframes=3:info=0:log-level=none";

impl StreamRow for Hevc {
    fn encoder(&self) -> &'static str {
        "libx265"
    }

    fn planes(&self, _: &FrameSpec) -> PlaneFormat {
        PlaneFormat::YUV420
    }

    fn cost(&self) -> PixelCost {
        let moving = match self.preset {
            Preset::Ultrafast | Preset::Superfast => 30,
            Preset::Veryfast | Preset::Faster | Preset::Fast => 70,
            Preset::Medium => 120,
            Preset::Slow | Preset::Slower | Preset::Veryslow => 800,
        };
        PixelCost { moving, still: 10 }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        within(self.crf, &H264::CRF)?;
        super::h264::check_even("HEVC", frames)?;
        if frames.width.min(frames.height) < 32 {
            return Err(MediaError::Settings(format!(
                "HEVC by x265 has at least 32 pixels each way, got `{}x{}`; H.264 takes fewer",
                frames.width, frames.height
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

    fn reorder_delay(&self) -> i64 {
        2
    }

    fn options(&self, _: &mut ff::AVCodecContext) -> Vec<(&'static str, String)> {
        vec![
            ("preset", self.preset.name().to_owned()),
            ("crf", self.crf.to_string()),
            ("x265-params", PARAMETERS.to_owned()),
        ]
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::HEVC;
        // Parameter sets stand in the file's head alone, which some players insist on.
        parameters.codec_tag = u32::from_le_bytes(*b"hvc1");
        parameters.profile = ff::FF_PROFILE_HEVC_MAIN;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
