use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{FrameSpec, PlaneFormat};
use crate::MediaError;

/// How a stream's pictures are sampled, by FFmpeg's names: brightness and two differences
/// of colour, in BT.709 and limited range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PixelFormat {
    /// Colour at half the size each way, 8 bits: what every player shows.
    #[default]
    Yuv420p,
    /// Colour at half the width, 8 bits.
    Yuv422p,
    /// Colour at full size, 8 bits.
    Yuv444p,
    /// Colour at half the size each way, 10 bits.
    Yuv420p10,
    /// Colour at half the width, 10 bits.
    Yuv422p10,
    /// Colour at full size, 10 bits.
    Yuv444p10,
}

impl PixelFormat {
    /// Every one of them.
    pub const ALL: [Self; 6] = [
        Self::Yuv420p,
        Self::Yuv422p,
        Self::Yuv444p,
        Self::Yuv420p10,
        Self::Yuv422p10,
        Self::Yuv444p10,
    ];

    /// Its name in FFmpeg, but for the order of bytes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuv420p => "yuv420p",
            Self::Yuv422p => "yuv422p",
            Self::Yuv444p => "yuv444p",
            Self::Yuv420p10 => "yuv420p10",
            Self::Yuv422p10 => "yuv422p10",
            Self::Yuv444p10 => "yuv444p10",
        }
    }

    /// Bits of a sample.
    pub(super) fn bits(self) -> u32 {
        match self {
            Self::Yuv420p | Self::Yuv422p | Self::Yuv444p => 8,
            Self::Yuv420p10 | Self::Yuv422p10 | Self::Yuv444p10 => 10,
        }
    }

    /// The planes of a picture that is laid on black.
    pub(super) fn planes(self) -> PlaneFormat {
        match self {
            Self::Yuv420p => PlaneFormat::YUV420,
            Self::Yuv422p => PlaneFormat::YUV422,
            Self::Yuv444p => PlaneFormat::YUV444,
            Self::Yuv420p10 => PlaneFormat::YUV420_10,
            Self::Yuv422p10 => PlaneFormat::YUV422_10,
            Self::Yuv444p10 => PlaneFormat::YUV444_10,
        }
    }

    /// Refuses sizes that have half a sample of colour, with the nearest that have none.
    pub(super) fn check_even(self, codec: &str, frames: &FrameSpec) -> Result<(), MediaError> {
        let (width, height) = (frames.width, frames.height);
        let [across, down] = self.planes().block();
        if width.is_multiple_of(across) && height.is_multiple_of(down) {
            return Ok(());
        }
        let less = |side: u32, block: u32| (side - side % block).max(block);
        let more = |side: u32, block: u32| side.next_multiple_of(block);
        let wanted = match down {
            1 => "across",
            _ => "each way",
        };
        Err(MediaError::Settings(format!(
            "{codec} video in {self} has an even number of pixels {wanted}, got \
             `{width}x{height}`; the nearest sizes are {}x{} and {}x{} (--size or --scale)",
            less(width, across),
            less(height, down),
            more(width, across),
            more(height, down),
        )))
    }

    /// Refuses what an encoder does not take, with what it does.
    pub(super) fn check_among(self, codec: &str, known: &[Self]) -> Result<(), MediaError> {
        if known.contains(&self) {
            return Ok(());
        }
        let names: Vec<&str> = known.iter().map(|format| format.name()).collect();
        Err(MediaError::Settings(format!(
            "{codec} is not encoded in `{self}` here, but in {} (--pixel-format)",
            names.join(", ")
        )))
    }
}

impl fmt::Display for PixelFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PixelFormat {
    type Err = MediaError;

    fn from_str(text: &str) -> Result<Self, MediaError> {
        let plain = text.strip_suffix("le").unwrap_or(text);
        let known = Self::ALL.into_iter().find(|format| format.name() == plain);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join("`, `");
            MediaError::Settings(format!(
                "`{text}` is not a pixel format that is written; there are `{names}`"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(width: u32, height: u32) -> FrameSpec {
        FrameSpec {
            width,
            height,
            fps_num: 30,
            fps_den: 1,
            transparent: false,
        }
    }

    #[test]
    fn names_round_trip() {
        for format in PixelFormat::ALL {
            assert_eq!(format.name().parse::<PixelFormat>().unwrap(), format);
        }
        assert_eq!(
            "yuv420p10le".parse::<PixelFormat>().unwrap(),
            PixelFormat::Yuv420p10
        );
        let fault = "rgb24".parse::<PixelFormat>().unwrap_err().to_string();
        assert!(fault.contains("`rgb24`") && fault.contains("`yuv444p10`"));
    }

    #[test]
    fn odd_sizes_name_the_nearest_even_ones() {
        let message = |format: PixelFormat, width, height| {
            let checked = format.check_even("H.264", &frames(width, height));
            checked.map_err(|fault| fault.to_string())
        };
        let usual = PixelFormat::Yuv420p;
        assert!(message(usual, 320, 180).is_ok());
        assert_eq!(
            message(usual, 321, 180).unwrap_err(),
            "H.264 video in yuv420p has an even number of pixels each way, got `321x180`; \
             the nearest sizes are 320x180 and 322x180 (--size or --scale)"
        );
        assert!(message(usual, 1, 1).unwrap_err().contains("2x2 and 2x2"));
        assert!(message(PixelFormat::Yuv422p10, 320, 181).is_ok());
        let across = message(PixelFormat::Yuv422p, 321, 181).unwrap_err();
        assert!(across.contains("320x181 and 322x181"), "{across}");
        assert!(message(PixelFormat::Yuv444p, 321, 181).is_ok());
    }
}
