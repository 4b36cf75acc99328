//! Codecs: how pictures and sound become packets, a file each.

mod aac;
mod encoder;
mod h264;

pub use aac::Aac;
pub use encoder::{EncodedVideo, Packet, VideoEncoder};
pub use h264::{H264, Preset};

pub(crate) use aac::AacEncoder;
pub(crate) use encoder::rational;

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use crate::MediaError;

/// Pixels along the longer side of a video at most, whatever the codec.
pub const LONGEST_SIDE: u32 = 16_384;

/// Size and rate of a film's frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FrameSpec {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Frames per second: numerator.
    pub fps_num: u32,
    /// Frames per second: denominator.
    pub fps_den: u32,
}

impl FrameSpec {
    /// Refuses what no codec could take.
    fn check(&self) -> Result<(), MediaError> {
        let side = |side: u32| (1..=LONGEST_SIDE).contains(&side);
        let fault = if !side(self.width) || !side(self.height) {
            format!(
                "a video is 1 to {LONGEST_SIDE} pixels wide and high, got `{}x{}`",
                self.width, self.height
            )
        } else if self.fps_num == 0 || self.fps_den == 0 {
            format!("a frame rate cannot be `{}/{}`", self.fps_num, self.fps_den)
        } else {
            return Ok(());
        };
        Err(MediaError::Settings(fault))
    }
}

/// How an encoder wants its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PixelLayout {
    /// Three planes, colour at half the size each way: 8 bits, BT.709, limited range.
    Yuv420,
}

/// A picture as an encoder takes it, lent for the time of a call.
#[derive(Clone, Copy, Debug)]
pub enum Pixels<'a> {
    /// As [`PixelLayout::Yuv420`]. A plane may end with the last byte of its last row.
    Yuv420 {
        /// Brightness.
        y: &'a [u8],
        /// Bytes from one row of brightness to the next.
        y_stride: usize,
        /// Blue difference.
        u: &'a [u8],
        /// Red difference.
        v: &'a [u8],
        /// Bytes from one row of colour to the next.
        uv_stride: usize,
    },
}

impl<'a> Pixels<'a> {
    /// Planes of brightness, blue and red difference, with the bytes from one row to the
    /// next of the first and of the other two.
    pub fn yuv420(
        y: &'a [u8],
        y_stride: usize,
        u: &'a [u8],
        v: &'a [u8],
        uv_stride: usize,
    ) -> Self {
        Self::Yuv420 {
            y,
            y_stride,
            u,
            v,
            uv_stride,
        }
    }
}

/// About how long it takes to encode a pixel, in nanoseconds of one processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelCost {
    /// In a picture unlike the one before.
    pub moving: u64,
    /// In a picture like the one before.
    pub still: u64,
}

/// A codec of pictures with its options: all that decides, with the pictures, on the
/// bytes of a segment's packets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VideoCodec {
    /// H.264 by x264.
    H264(H264),
}

impl VideoCodec {
    fn row(&self) -> &dyn VideoRow {
        match self {
            Self::H264(codec) => codec,
        }
    }

    /// How its encoder wants its pictures.
    pub fn pixels(&self) -> PixelLayout {
        self.row().pixels()
    }

    /// About what encoding costs.
    pub fn cost(&self) -> PixelCost {
        self.row().cost()
    }

    /// Refuses what the encoder could not take.
    ///
    /// # Errors
    /// When a side, the rate or an option lies outside of what the codec can do.
    pub fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        frames.check()?;
        self.row().check(frames)
    }

    /// How many frames presentation lags behind decoding at most.
    pub(crate) fn reorder_delay(&self) -> i64 {
        self.row().reorder_delay()
    }

    /// What a container has to know of the stream beside its header.
    pub(crate) fn describe(&self, parameters: &mut ff::AVCodecParameters) {
        self.row().describe(parameters);
    }
}

/// What one codec of pictures knows.
trait VideoRow {
    /// FFmpeg's name of the encoder.
    fn encoder(&self) -> &'static str;
    fn pixels(&self) -> PixelLayout;
    fn cost(&self) -> PixelCost;
    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError>;
    fn reorder_delay(&self) -> i64;
    /// The encoder's options by their names in FFmpeg, and its own fields.
    fn options(&self, context: &mut ff::AVCodecContext) -> Vec<(&'static str, String)>;
    fn describe(&self, parameters: &mut ff::AVCodecParameters);
}

/// A codec of sound with its options.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SoundCodec {
    /// AAC-LC.
    Aac(Aac),
}
