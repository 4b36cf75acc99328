use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

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

/// How pictures are encoded. Equal settings and equal pictures give equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VideoSettings {
    /// Width in pixels, even.
    pub width: u32,
    /// Height in pixels, even.
    pub height: u32,
    /// Frames per second: numerator.
    pub fps_num: u32,
    /// Frames per second: denominator.
    pub fps_den: u32,
    /// Constant rate factor, 0 (lossless) to 51; 18 is hard to tell from the source.
    pub crf: u8,
    /// Time against size.
    pub preset: Preset,
}

impl VideoSettings {
    /// The quality used where nothing else is asked for.
    pub const DEFAULT_CRF: u8 = 20;

    /// Settings of default quality for pictures of this size and rate.
    pub fn new(width: u32, height: u32, fps_num: u32, fps_den: u32) -> Self {
        Self {
            width,
            height,
            fps_num,
            fps_den,
            crf: Self::DEFAULT_CRF,
            preset: Preset::default(),
        }
    }

    /// Refuses what the encoder could not take.
    ///
    /// # Errors
    /// When a size is odd, 0 or above 16384, the rate 0 or the factor above 51.
    pub fn check(&self) -> Result<(), MediaError> {
        let Self { width, height, .. } = *self;
        let even = |n: u32| n > 0 && n <= 16384 && n.is_multiple_of(2);
        let fault = if !even(width) || !even(height) {
            format!("a video is an even number of pixels wide and high, got `{width}x{height}`")
        } else if self.fps_num == 0 || self.fps_den == 0 {
            format!("a frame rate cannot be `{}/{}`", self.fps_num, self.fps_den)
        } else if self.crf > 51 {
            format!("the rate factor goes from 0 to 51, got `{}`", self.crf)
        } else {
            return Ok(());
        };
        Err(MediaError::Settings(fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let good = VideoSettings::new(64, 36, 30, 1);
        assert!(good.check().is_ok());
        for bad in [
            VideoSettings {
                width: 63,
                ..good.clone()
            },
            VideoSettings {
                height: 0,
                ..good.clone()
            },
            VideoSettings {
                fps_den: 0,
                ..good.clone()
            },
            VideoSettings {
                crf: 52,
                ..good.clone()
            },
        ] {
            assert!(bad.check().is_err(), "{bad:?}");
        }
    }
}
