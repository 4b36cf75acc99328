use std::{fmt, str::FromStr};

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, PixelCost, PixelLayout, VideoRow};
use crate::MediaError;

/// How the encoder trades time for size: the presets of x264.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Preset {
    Ultrafast,
    Superfast,
    #[default]
    Veryfast,
    Faster,
    Fast,
    Medium,
    Slow,
    Slower,
    Veryslow,
}

impl Preset {
    /// Every preset, fastest first.
    pub const ALL: [Self; 9] = [
        Self::Ultrafast,
        Self::Superfast,
        Self::Veryfast,
        Self::Faster,
        Self::Fast,
        Self::Medium,
        Self::Slow,
        Self::Slower,
        Self::Veryslow,
    ];

    /// The preset's name in x264.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ultrafast => "ultrafast",
            Self::Superfast => "superfast",
            Self::Veryfast => "veryfast",
            Self::Faster => "faster",
            Self::Fast => "fast",
            Self::Medium => "medium",
            Self::Slow => "slow",
            Self::Slower => "slower",
            Self::Veryslow => "veryslow",
        }
    }

    /// How many frames the encoder looks ahead, where x264's own number is not used.
    ///
    /// Each costs 6 MiB at 1080p, and several encoders run side by side. Measured at
    /// `veryfast` on a detailed clip: 3 instead of 10 saves 47 MiB and 8 % of the
    /// time, for about 5 % more bytes at equal quality.
    pub(crate) fn lookahead(self) -> Option<u32> {
        (self == Self::Veryfast).then_some(3)
    }

    /// How many frames presentation lags behind decoding: B-frames may refer to
    /// B-frames in all presets but the fastest, which has none.
    pub(crate) fn reorder_delay(self) -> i64 {
        match self {
            Self::Ultrafast => 0,
            _ => 2,
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Preset {
    type Err = MediaError;

    fn from_str(text: &str) -> Result<Self, MediaError> {
        Self::ALL
            .into_iter()
            .find(|preset| preset.name() == text)
            .ok_or_else(|| {
                let names = Self::ALL.map(Self::name).join("`, `");
                MediaError::Settings(format!(
                    "`{text}` is not an encoder preset; there are `{names}`"
                ))
            })
    }
}

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

    /// Refuses sizes that 4:2:0 cannot have, with the nearest that it can.
    fn check_even(width: u32, height: u32) -> Result<(), MediaError> {
        if width.is_multiple_of(2) && height.is_multiple_of(2) {
            return Ok(());
        }
        let down = |side: u32| (side - side % 2).max(2);
        let up = |side: u32| side.next_multiple_of(2);
        Err(MediaError::Settings(format!(
            "H.264 video in yuv420p has an even number of pixels each way, got `{width}x{height}`; \
             the nearest sizes are {}x{} and {}x{} (--size or --scale)",
            down(width),
            down(height),
            up(width),
            up(height),
        )))
    }
}

/// One group of pictures however long (a key frame only at the start, also where
/// the scene changes), and the same bytes on every processor.
const PARAMETERS: &str = "keyint=infinite:min-keyint=1000000:open-gop=0:cpu-independent=1";

impl VideoRow for H264 {
    fn encoder(&self) -> &'static str {
        "libx264"
    }

    fn pixels(&self) -> PixelLayout {
        PixelLayout::Yuv420
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
        Self::check_even(frames.width, frames.height)
    }

    fn reorder_delay(&self) -> i64 {
        self.preset.reorder_delay()
    }

    fn options(&self, context: &mut ff::AVCodecContext) -> Vec<(&'static str, String)> {
        context.pix_fmt = ff::AVPixelFormat::YUV420P;
        context.color_range = ff::AVColorRange::MPEG;
        context.colorspace = ff::AVColorSpace::BT709;
        context.color_primaries = ff::AVColorPrimaries::BT709;
        context.color_trc = ff::AVColorTransferCharacteristic::BT709;
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
        parameters.format = ff::AVPixelFormat::YUV420P.0;
        parameters.color_range = ff::AVColorRange::MPEG;
        parameters.color_space = ff::AVColorSpace::BT709;
        parameters.color_primaries = ff::AVColorPrimaries::BT709;
        parameters.color_trc = ff::AVColorTransferCharacteristic::BT709;
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{LONGEST_SIDE, VideoCodec};

    #[test]
    fn preset_names_round_trip() {
        for preset in Preset::ALL {
            assert_eq!(preset.to_string().parse::<Preset>().unwrap(), preset);
        }
        let fault = "fats".parse::<Preset>().unwrap_err().to_string();
        assert!(fault.starts_with("`fats` is not an encoder preset; there are `ultrafast`"));
    }

    #[test]
    fn impossible_settings_are_refused() {
        let good = FrameSpec {
            width: 64,
            height: 36,
            fps_num: 30,
            fps_den: 1,
        };
        let check = |crf, frames: FrameSpec| {
            let preset = Preset::default();
            VideoCodec::H264(H264 { crf, preset }).check(&frames)
        };
        assert!(check(20, good).is_ok());
        assert!(check(52, good).is_err());
        for bad in [
            FrameSpec { width: 63, ..good },
            FrameSpec { height: 0, ..good },
            FrameSpec {
                width: LONGEST_SIDE + 2,
                ..good
            },
            FrameSpec { fps_den: 0, ..good },
        ] {
            assert!(check(20, bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn odd_sizes_name_the_nearest_even_ones() {
        let message =
            |width, height| H264::check_even(width, height).map_err(|fault| fault.to_string());
        assert!(message(320, 180).is_ok());
        assert_eq!(
            message(321, 180).unwrap_err(),
            "H.264 video in yuv420p has an even number of pixels each way, got `321x180`; \
             the nearest sizes are 320x180 and 322x180 (--size or --scale)"
        );
        assert!(message(1, 1).unwrap_err().contains("2x2 and 2x2"));
    }
}
