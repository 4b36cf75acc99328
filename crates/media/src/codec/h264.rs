use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{
    FrameSpec, Outlook, PixelCost, PixelFormat, PlaneFormat, Preset, Rate, Stay, StreamRow,
};
use crate::MediaError;

/// H.264 by x264: BT.709, limited range. Equal options and equal pictures give equal bytes.
///
/// The profile is High for 8 bits in 4:2:0, which every player shows. Other pixel formats,
/// and a rate factor of 0, which keeps every sample of the planes as it is (High 4:4:4
/// Predictive), are shown by FFmpeg and most players, and not by many browsers and devices.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct H264 {
    /// Factors go from 0 (lossless) to 51; 18 is hard to tell from the source.
    pub rate: Rate,
    /// Time against size.
    pub preset: Preset,
    /// How pictures are sampled.
    pub pixels: PixelFormat,
    /// Whether a picture like the one before is encoded like any other.
    pub constant: bool,
    /// Whether a segment that shows no video is encoded as suits drawings, whatever rate and
    /// preset say; both kinds go into one file. For those who asked for neither.
    pub by_content: bool,
}

impl Default for H264 {
    fn default() -> Self {
        Self {
            rate: Rate::Factor(Self::DEFAULT_CRF),
            preset: Preset::default(),
            pixels: PixelFormat::default(),
            constant: false,
            by_content: true,
        }
    }
}

impl H264 {
    /// The rate factor used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 20;
    /// The rate factors there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 0..=51;

    /// The least profile that holds the pictures: its name in x264, its number in FFmpeg.
    fn profile(&self) -> (&'static str, i32) {
        let widest = ("high444", ff::FF_PROFILE_H264_HIGH_444_PREDICTIVE);
        match self.pixels {
            _ if self.rate.is_lossless() => widest,
            PixelFormat::Yuv420p => ("high", ff::FF_PROFILE_H264_HIGH),
            PixelFormat::Yuv420p10 => ("high10", ff::FF_PROFILE_H264_HIGH_10),
            PixelFormat::Yuv422p | PixelFormat::Yuv422p10 => {
                ("high422", ff::FF_PROFILE_H264_HIGH_422)
            }
            PixelFormat::Yuv444p | PixelFormat::Yuv444p10 => widest,
        }
    }

    /// Whether every picture is encoded: if asked for; where a bit rate is to be met, which the
    /// encoder counts over all of them; and where it looks far ahead, sees which pictures stay,
    /// and gives them more.
    fn is_constant(&self) -> bool {
        self.constant || self.rate.bits() > 0 || self.preset.looks_far()
    }

    /// Whether a segment is encoded as suits drawings.
    fn suits_drawings(&self, outlook: &Outlook) -> bool {
        self.by_content && outlook.drawn
    }

    /// x264's rate factors begin at 0 for 8 bits, and lower for more; its quantiser of 0 is
    /// lossless for all.
    fn aim(&self, rate: Rate) -> Option<(&'static str, String)> {
        match rate.is_lossless() && self.pixels.bits() > 8 {
            true => Some(("qp", "0".to_owned())),
            false => rate.factor(),
        }
    }
}

/// One group of pictures however long (a key frame only at the start, also where
/// the scene changes), and the same bytes on every processor.
const PARAMETERS: &str = "keyint=infinite:min-keyint=1000000:open-gop=0:cpu-independent=1";

/// Keeps what is told of the rate factor out of the header, which segments of both kinds
/// share.
const SHARED_HEADER: &str = ":stitchable=1";

/// What suits pictures of text, shapes and stills, by the tables that `bench/presets` writes:
/// x264 compares little and looks at nothing ahead, no picture is predicted from two, and
/// every picture gets about the same quality (`qcomp`), flat parts hardly more than others
/// (`aq-strength`), which spends bits where edges are.
struct Drawings;

impl Drawings {
    const PRESET: Preset = Preset::Superfast;
    /// At least the likeness to the source that the usual preset has with the usual factor.
    const CRF: Rate = Rate::Factor(25);
    const PARAMETERS: &str = ":rc-lookahead=0:b-adapt=0:scenecut=0:qcomp=0.9:aq-strength=0.4";
}

/// One of so many pictures has to be like the one before for any to stay on: without
/// pictures that are predicted from two, moving ones take more bytes.
const FEWEST_HELD: u64 = 8;

impl StreamRow for H264 {
    fn encoder(&self) -> &'static str {
        "libx264"
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
            Preset::Ultrafast | Preset::Superfast => 7,
            Preset::Veryfast | Preset::Faster => 20,
            Preset::Fast | Preset::Medium => 50,
            Preset::Slow | Preset::Slower | Preset::Veryslow => 150,
        };
        let still = if self.is_constant() { 2 } else { 0 };
        PixelCost { moving, still }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        self.rate.check(&Self::CRF)?;
        self.pixels.check_even("H.264", frames)
    }

    fn reorder_delay(&self) -> i64 {
        self.preset.reorder_delay()
    }

    fn is_held_stream(&self) -> bool {
        !self.is_constant()
    }

    fn stay(&self, outlook: &Outlook) -> Stay {
        let many = outlook.held * FEWEST_HELD >= outlook.frames || self.suits_drawings(outlook);
        match !self.is_constant() && outlook.held > 0 && many {
            true => Stay::Skipped,
            false => Stay::Never,
        }
    }

    fn is_forward(&self, outlook: &Outlook) -> bool {
        self.suits_drawings(outlook) || self.stay(outlook) == Stay::Skipped
    }

    fn options(
        &self,
        outlook: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)> {
        context.chroma_sample_location = ff::AVChromaLocation::LEFT;
        let mut parameters = PARAMETERS.to_owned();
        if self.by_content {
            parameters += SHARED_HEADER;
        }
        let suits_drawings = self.suits_drawings(outlook);
        let (preset, rate) = match suits_drawings {
            true => (Drawings::PRESET, Drawings::CRF),
            false => (self.preset, self.rate),
        };
        if suits_drawings {
            parameters += Drawings::PARAMETERS;
        } else if let Some(frames) = preset.lookahead() {
            parameters += &format!(":rc-lookahead={frames}");
        }
        context.bit_rate = rate.bits();
        let mut options = vec![
            ("preset", preset.name().to_owned()),
            ("profile", self.profile().0.to_owned()),
            ("forced-idr", "1".to_owned()),
            ("x264-params", parameters),
        ];
        options.extend(self.aim(rate));
        options
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::H264;
        parameters.profile = self.profile().1;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{LONGEST_SIDE, VideoCodec};

    #[test]
    fn impossible_settings_are_refused() {
        let good = FrameSpec {
            width: 64,
            height: 36,
            fps_num: 30,
            fps_den: 1,
            transparent: false,
        };
        let check = |crf, frames: FrameSpec| {
            let rate = Rate::Factor(crf);
            let codec = H264 {
                rate,
                ..H264::default()
            };
            VideoCodec::H264(codec).check(&frames)
        };
        assert!(check(20, good).is_ok());
        assert!(check(52, good).is_err());
        let largest = FrameSpec {
            width: 16_254,
            height: 16_254,
            ..good
        };
        assert!(check(20, largest).is_ok());
        for bad in [
            FrameSpec { width: 63, ..good },
            FrameSpec { height: 0, ..good },
            FrameSpec {
                width: LONGEST_SIDE + 2,
                ..good
            },
            FrameSpec {
                width: 16_256,
                height: 16_256,
                ..good
            },
            FrameSpec { fps_den: 0, ..good },
        ] {
            assert!(check(20, bad).is_err(), "{bad:?}");
        }
    }
}
