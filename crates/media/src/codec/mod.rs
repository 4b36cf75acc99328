//! Codecs: how pictures and sound become packets, a file each.
//!
//! A codec of pictures is either a stream's ([`StreamRow`]: one closed group of pictures a
//! segment, by an encoder of FFmpeg) or a still's ([`StillRow`]: each picture on its own).

mod av1;
mod avif;
mod encoder;
mod h264;
mod hevc;
mod jpeg;
mod pixel_format;
pub(crate) mod planes;
mod png;
mod preset;
mod prores;
mod rate;
mod sound;
mod stays;
mod still;
mod stream;
mod vp9;
mod webp;

pub use av1::Av1;
pub use avif::Avif;
pub use encoder::{EncodedVideo, Packet, VideoEncoder};
pub use h264::H264;
pub use hevc::Hevc;
pub use jpeg::Jpeg;
pub use pixel_format::PixelFormat;
pub use png::Png;
pub use preset::Preset;
pub use prores::ProRes;
pub use rate::Rate;
pub use sound::SoundCodec;
pub use still::encode_still;
pub use vp9::Vp9;
pub use webp::WebP;

pub(crate) use planes::PlaneFormat;
pub(crate) use sound::SoundEncoder;
pub(crate) use still::{Patch, Place};
pub(crate) use stream::rational;

use ffmpeg_sys_the_third as ff;
use serde::{Deserialize, Serialize};

use crate::MediaError;

/// Pixels along the longer side of a video at most, whatever the codec.
pub const LONGEST_SIDE: u32 = 16_384;

/// Pixels that FFmpeg takes at most, with 128 more each way (`av_image_check_size2`).
const MOST_PADDED: u64 = i32::MAX as u64 / 8;

fn padded(side: u32) -> u64 {
    u64::from(side) + 128
}

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
    /// Whether something may show through the frames, because their background does not
    /// cover. A codec that knows opacity keeps it then; others draw on black.
    pub transparent: bool,
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
        } else if padded(self.width) * padded(self.height) > MOST_PADDED {
            format!(
                "a video has at most as many pixels as one of 16255x16255, got `{}x{}`",
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

/// What is known of a segment's pictures before the first of them is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// How many there are.
    pub frames: u64,
    /// How many of them are like the one before.
    pub held: u64,
    /// Whether none of them shows a video.
    pub drawn: bool,
}

/// How an encoder wants its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PixelLayout {
    /// Three planes, colour at half the size each way: 8 bits, BT.709, limited range.
    Yuv420,
    /// Red, green, blue and opacity, 8 bits each, colours not multiplied with opacity.
    Rgba,
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
    /// As [`PixelLayout::Rgba`], rows without gaps.
    Rgba(&'a [u8]),
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
    /// HEVC by x265.
    Hevc(Hevc),
    /// VP9 by libvpx.
    Vp9(Vp9),
    /// AV1 by SVT-AV1.
    Av1(Av1),
    /// ProRes by FFmpeg.
    ProRes(ProRes),
    /// PNG.
    Png(Png),
    /// JPEG.
    Jpeg(Jpeg),
    /// WebP by libwebp.
    WebP(WebP),
    /// AVIF by SVT-AV1.
    Avif(Avif),
}

/// The two kinds of codecs of pictures.
enum Kind<'a> {
    Stream(&'a dyn StreamRow),
    Still(&'a dyn StillRow),
}

impl VideoCodec {
    fn kind(&self) -> Kind<'_> {
        match self {
            Self::H264(codec) => Kind::Stream(codec),
            Self::Hevc(codec) => Kind::Stream(codec),
            Self::Vp9(codec) => Kind::Stream(codec),
            Self::Av1(codec) => Kind::Stream(codec),
            Self::ProRes(codec) => Kind::Stream(codec),
            Self::Png(codec) => Kind::Still(codec),
            Self::Jpeg(codec) => Kind::Still(codec),
            Self::WebP(codec) => Kind::Still(codec),
            Self::Avif(codec) => Kind::Still(codec),
        }
    }

    /// Whether it keeps what shows through the pictures.
    pub fn keeps_opacity(&self) -> bool {
        match self.kind() {
            Kind::Stream(row) => row.keeps_opacity(),
            Kind::Still(row) => row.keeps_opacity(),
        }
    }

    /// How its encoder wants its pictures.
    pub fn pixels(&self, frames: &FrameSpec) -> PixelLayout {
        match self.kind() {
            Kind::Stream(row) if row.planes(frames) == PlaneFormat::YUV420 => PixelLayout::Yuv420,
            _ => PixelLayout::Rgba,
        }
    }

    /// About what encoding costs.
    pub fn cost(&self) -> PixelCost {
        match self.kind() {
            Kind::Stream(row) => row.cost(),
            Kind::Still(row) => row.cost(),
        }
    }

    /// Refuses what the encoder could not take.
    ///
    /// # Errors
    /// When a side, the rate or an option lies outside of what the codec can do.
    pub fn check(&self, frames: &FrameSpec) -> Result<(), MediaError> {
        frames.check()?;
        match self.kind() {
            Kind::Stream(row) => row.check(frames),
            Kind::Still(row) => row.check(frames),
        }
    }

    /// What a container's stream needs of it; none for stills.
    pub(crate) fn stream(&self) -> Option<&dyn StreamRow> {
        match self.kind() {
            Kind::Stream(row) => Some(row),
            Kind::Still(_) => None,
        }
    }
}

/// How a picture of a stream stays on without being encoded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// Not at all: it is encoded again.
    Never,
    /// Its bytes are stored again; for pictures that do not refer to others.
    Copied,
    /// By pictures of H.264 in which all is skipped. No picture is predicted from two then.
    Skipped,
    /// By VP9's order to show a picture that the decoder keeps.
    ShownAgain,
}

/// What one codec of streams knows.
pub(crate) trait StreamRow {
    /// FFmpeg's name of the encoder.
    fn encoder(&self) -> &'static str;
    /// The planes that the encoder takes.
    fn planes(&self, frames: &FrameSpec) -> PlaneFormat;
    fn cost(&self) -> PixelCost;
    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError>;
    fn keeps_opacity(&self) -> bool;
    /// The codec of a second stream that holds opacity alone, as brightness.
    fn opacity(&self, _: &FrameSpec) -> Option<VideoCodec> {
        None
    }
    /// How many frames presentation lags behind decoding at most.
    fn reorder_delay(&self) -> i64 {
        0
    }
    /// Whether a decoder needs a header before the first packet.
    fn has_header(&self) -> bool {
        false
    }
    /// How a picture stays on in a segment of this kind.
    fn stay(&self, _: &Outlook) -> Stay {
        Stay::Never
    }
    /// Whether pictures of segments of one film may stay on as [`Stay::Skipped`]; decides on
    /// the header, which all of them share.
    fn is_held_stream(&self) -> bool {
        false
    }
    /// Whether no picture of a segment of this kind is predicted from two.
    fn is_forward(&self, outlook: &Outlook) -> bool {
        self.stay(outlook) == Stay::Skipped
    }
    /// The encoder's options by their names in FFmpeg, and its own fields. Whatever the
    /// outlook, the header is the same.
    fn options(
        &self,
        outlook: &Outlook,
        context: &mut ff::AVCodecContext,
    ) -> Vec<(&'static str, String)>;
    /// What a container has to know of the stream beside its header.
    fn describe(&self, parameters: &mut ff::AVCodecParameters);
}

/// What one codec of still pictures knows.
trait StillRow: Send {
    fn cost(&self) -> PixelCost;
    fn check(&self, frames: &FrameSpec) -> Result<(), MediaError>;
    fn keeps_opacity(&self) -> bool;
    /// Whether a picture like the one before is stored as its changed part alone, whose
    /// corner lies at multiples of this number.
    fn patches(&self) -> Option<u32>;
    /// A whole file of a picture; `transparent` says whether its opacity matters.
    fn encode(&self, picture: &StillPixels<'_>) -> Result<Vec<u8>, MediaError>;
}

/// Refuses a number that an option cannot be.
fn within(what: &str, value: u8, range: &std::ops::RangeInclusive<u8>) -> Result<(), MediaError> {
    if range.contains(&value) {
        return Ok(());
    }
    let (from, to) = (range.start(), range.end());
    let fault = format!("the {what} goes from {from} to {to} here, got `{value}`");
    Err(MediaError::Settings(fault))
}

/// A picture to be stored on its own.
#[derive(Clone, Copy)]
pub(crate) struct StillPixels<'a> {
    /// As [`PixelLayout::Rgba`].
    pub rgba: &'a [u8],
    pub width: u32,
    pub height: u32,
    /// Whether something may show through; else every pixel covers.
    pub transparent: bool,
}
