use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, PlaneFormat, Preset, StreamRow};
use crate::MediaError;

/// H.264 by x264: High profile, 8 bits, 4:2:0, BT.709, limited range. Equal options and
/// equal pictures give equal bytes.
///
/// A rate factor of 0 keeps every sample of the planes as it is, which needs the profile
/// High 4:4:4 Predictive: FFmpeg and most players show it, many browsers and devices do not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct H264 {
    /// Constant rate factor, 0 (lossless) to 51; 18 is hard to tell from the source.
    pub crf: u8,
    /// Time against size.
    pub preset: Preset,
}

impl Default for H264 {
    fn default() -> Self {
        Self {
            crf: Self::DEFAULT_CRF,
            preset: Preset::default(),
        }
    }
}

impl H264 {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 20;
    /// The qualities there are.
    pub const CRF: std::ops::RangeInclusive<u8> = 0..=51;

    fn is_lossless(&self) -> bool {
        self.crf == 0
    }
}

/// Refuses sizes that 4:2:0 cannot have, with the nearest that it can.
fn check_even(codec: &str, frames: &FrameSpec) -> Result<(), MediaError> {
    let (width, height) = (frames.width, frames.height);
    if width.is_multiple_of(2) && height.is_multiple_of(2) {
        return Ok(());
    }
    let down = |side: u32| (side - side % 2).max(2);
    let up = |side: u32| side.next_multiple_of(2);
    Err(MediaError::Settings(format!(
        "{codec} video in yuv420p has an even number of pixels each way, got `{width}x{height}`; \
         the nearest sizes are {}x{} and {}x{} (--size or --scale)",
        down(width),
        down(height),
        up(width),
        up(height),
    )))
}

/// One group of pictures however long (a key frame only at the start, also where
/// the scene changes), and the same bytes on every processor.
const PARAMETERS: &str = "keyint=infinite:min-keyint=1000000:open-gop=0:cpu-independent=1";

impl StreamRow for H264 {
    fn encoder(&self) -> &'static str {
        "libx264"
    }

    fn planes(&self, _: &FrameSpec) -> PlaneFormat {
        PlaneFormat::YUV420
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
        PixelCost { moving, still: 2 }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        if !Self::CRF.contains(&self.crf) {
            let fault = format!("the rate factor goes from 0 to 51, got `{}`", self.crf);
            return Err(MediaError::Settings(fault));
        }
        check_even("H.264", frames)
    }

    fn reorder_delay(&self) -> i64 {
        self.preset.reorder_delay()
    }

    fn options(&self, context: &mut ff::AVCodecContext) -> Vec<(&'static str, String)> {
        context.chroma_sample_location = ff::AVChromaLocation::LEFT;
        let mut parameters = PARAMETERS.to_owned();
        if let Some(frames) = self.preset.lookahead() {
            parameters += &format!(":rc-lookahead={frames}");
        }
        vec![
            ("preset", self.preset.name().to_owned()),
            ("crf", self.crf.to_string()),
            (
                "profile",
                if self.is_lossless() {
                    "high444"
                } else {
                    "high"
                }
                .to_owned(),
            ),
            ("forced-idr", "1".to_owned()),
            ("x264-params", parameters),
        ]
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::H264;
        parameters.profile = match self.is_lossless() {
            true => ff::FF_PROFILE_H264_HIGH_444_PREDICTIVE,
            false => ff::FF_PROFILE_H264_HIGH,
        };
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
            let preset = Preset::default();
            VideoCodec::H264(H264 { crf, preset }).check(&frames)
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

    #[test]
    fn odd_sizes_name_the_nearest_even_ones() {
        let message = |width, height| {
            let frames = FrameSpec {
                width,
                height,
                fps_num: 30,
                fps_den: 1,
                transparent: false,
            };
            check_even("H.264", &frames).map_err(|fault| fault.to_string())
        };
        assert!(message(320, 180).is_ok());
        assert_eq!(
            message(321, 180).unwrap_err(),
            "H.264 video in yuv420p has an even number of pixels each way, got `321x180`; \
             the nearest sizes are 320x180 and 322x180 (--size or --scale)"
        );
        assert!(message(1, 1).unwrap_err().contains("2x2 and 2x2"));
    }
}
