use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use super::{FrameSpec, Outlook, PixelCost, PlaneFormat, Stay, StreamRow};
use crate::MediaError;

/// ProRes by FFmpeg's `prores_ks`: 10 bits, BT.709, limited range, every picture on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProRes {
    /// 4:2:2, high quality, without opacity.
    Hq422,
    /// 4:4:4; opacity without loss, not multiplied into the colours.
    With4444,
}

impl ProRes {
    /// The kind's four letters in a file.
    fn tag(self) -> [u8; 4] {
        match self {
            Self::Hq422 => *b"apch",
            Self::With4444 => *b"ap4h",
        }
    }

    fn profile(self) -> i32 {
        match self {
            Self::Hq422 => ff::FF_PROFILE_PRORES_HQ,
            Self::With4444 => ff::FF_PROFILE_PRORES_4444,
        }
    }
}

impl StreamRow for ProRes {
    fn encoder(&self) -> &'static str {
        "prores_ks"
    }

    fn planes(&self, frames: &FrameSpec) -> PlaneFormat {
        match self {
            Self::Hq422 => PlaneFormat::YUV422_10,
            Self::With4444 if frames.transparent => PlaneFormat::YUVA444_10,
            Self::With4444 => PlaneFormat::YUV444_10,
        }
    }

    fn cost(&self) -> PixelCost {
        PixelCost {
            moving: 60,
            still: 0,
        }
    }

    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        if *self == Self::Hq422 && !frames.width.is_multiple_of(2) {
            return Err(MediaError::Settings(format!(
                "ProRes 422 has an even number of pixels across, got `{}x{}`; \
                 the codec `prores` takes any (--codec), or choose another --size",
                frames.width, frames.height
            )));
        }
        Ok(())
    }

    fn keeps_opacity(&self) -> bool {
        *self == Self::With4444
    }

    fn stay(&self, _: &Outlook) -> Stay {
        Stay::Copied
    }

    fn options(
        &self,
        _: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)> {
        context.profile = self.profile();
        let opacity = context.pix_fmt == ff::AVPixelFormat::YUVA444P10LE;
        vec![
            ("vendor", "apl0".to_owned()),
            ("alpha_bits", if opacity { "16" } else { "0" }.to_owned()),
        ]
    }

    fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        parameters.codec_id = ff::AVCodecID::PRORES;
        parameters.codec_tag = u32::from_le_bytes(self.tag());
        parameters.profile = self.profile();
        parameters.bits_per_coded_sample = match self {
            Self::Hq422 => 24,
            Self::With4444 => 32,
        };
        parameters.chroma_location = ff::AVChromaLocation::LEFT;
    }
}
