//! Containers: how packets become a file.
//!
//! A container is a row of what the writer needs to know of it; a file goes to a
//! [`HeadSink`], which may be a file of this machine or an object of a bucket.

mod animation;
mod apng;
mod gif;
mod hls;
mod index;
mod join;
mod matroska;
mod output;
mod palette;
mod pattern;
mod sequence;
mod sink;
mod tags;
mod turn;
mod webp;
mod writer;

pub use hls::ListSink;
pub(crate) use join::header;
pub use join::{add_sound, join_files};
pub use pattern::Pattern;
pub use sequence::SequenceSink;
pub use sink::{FileSink, HeadSink, PipeSink, WholeFile};
pub use tags::{Chapter, Tags};
pub use writer::{FilmWriter, Pictures};

use std::ffi::CStr;

use serde::{Deserialize, Serialize};

use crate::{FrameSpec, MediaError, SAMPLE_RATE};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// MPEG-4, its index in front of the pictures.
    Mp4,
    /// MPEG-4 in fragments, one for each segment, which plays while it grows.
    Fragments,
    /// The same, each fragment a file, and a play list of them: HTTP Live Streaming.
    Hls,
    /// QuickTime, its index in front of the pictures.
    Mov,
    /// WebM.
    WebM,
    /// An animated GIF.
    Gif,
    /// An animated PNG.
    Apng,
    /// An animated WebP.
    WebP,
    /// A file for each picture.
    Pictures,
    /// The file of one such picture, AVIF.
    Avif,
    /// Sound in MPEG-4.
    M4a,
    /// Sound in RIFF.
    Wav,
    /// A row of MP3 frames, and their number.
    Mp3,
    /// Sound in Ogg.
    Ogg,
    /// A row of FLAC frames, and their number.
    Flac,
}

/// How a container's file is put together.
enum Muxing {
    /// By a muxer of FFmpeg, of which this is the name; its index is moved to the front.
    IndexFirst(&'static CStr),
    /// By a muxer of FFmpeg that writes over its head at the end.
    HeadLast(&'static CStr),
    /// By a muxer of FFmpeg that writes from the beginning to the end.
    Straight(&'static CStr),
    /// By one of our own.
    Own,
}

impl Container {
    fn muxing(self) -> Muxing {
        match self {
            Self::Mp4 => Muxing::IndexFirst(c"mp4"),
            Self::Fragments | Self::Hls => Muxing::Straight(c"mp4"),
            Self::Mov => Muxing::IndexFirst(c"mov"),
            Self::M4a => Muxing::IndexFirst(c"ipod"),
            Self::WebM => Muxing::HeadLast(c"webm"),
            Self::Wav => Muxing::HeadLast(c"wav"),
            Self::Mp3 => Muxing::HeadLast(c"mp3"),
            Self::Ogg => Muxing::HeadLast(c"opus"),
            Self::Flac => Muxing::HeadLast(c"flac"),
            Self::Avif => Muxing::HeadLast(c"avif"),
            Self::Gif | Self::Apng | Self::WebP | Self::Pictures => Muxing::Own,
        }
    }

    /// What the muxer is told, by its options' names in FFmpeg.
    fn options(self, frames: &FrameSpec) -> Vec<(&'static str, String)> {
        let common = common_timescale(frames.fps_num);
        let timescale = ("movie_timescale", common.to_string());
        match self {
            Self::Mp4 | Self::Mov | Self::M4a => vec![timescale],
            // A fragment begins with each key frame; the head waits for the first, so that
            // it can tell by how much the streams begin early.
            Self::Fragments | Self::Hls => vec![
                timescale,
                (
                    "movflags",
                    "frag_keyframe+delay_moov+default_base_moof".to_owned(),
                ),
            ],
            _ => Vec::new(),
        }
    }

    /// Whether a file is written from the beginning to the end, so that it can be read
    /// while it grows.
    pub fn is_straight(self) -> bool {
        matches!(self.muxing(), Muxing::Straight(_)) && !self.is_many()
    }

    /// Whether a film is more than one file.
    pub fn is_many(self) -> bool {
        self.is_sequence() || self == Self::Hls
    }

    /// Whether a film is many files, one for each picture.
    pub fn is_sequence(self) -> bool {
        self == Self::Pictures
    }

    /// Frames a second at most.
    ///
    /// What viewers and browsers show for more slowly than it says is refused: a picture of
    /// a GIF for less than 2 hundredths of a second, of others for less than 11 thousandths.
    fn fastest(self) -> Option<u32> {
        match self {
            Self::Gif => Some(50),
            Self::Apng | Self::WebP => Some(90),
            _ => None,
        }
    }

    /// Refuses frames that the container cannot hold, whatever the codec.
    pub(crate) fn check(self, frames: &FrameSpec) -> Result<(), MediaError> {
        let Some(most) = self.fastest() else {
            return Ok(());
        };
        if u64::from(frames.fps_num) <= u64::from(most) * u64::from(frames.fps_den) {
            return Ok(());
        }
        let (name, others) = match self {
            Self::Gif => (
                "a GIF",
                "`.webp` and `.apng` go up to 90, `.mp4` and `.webm` further",
            ),
            _ => (
                "an animated picture",
                "`.mp4`, `.webm` and `.mov` go further",
            ),
        };
        Err(MediaError::Settings(format!(
            "{name} shows at most {most} frames a second, got `{}` (--fps); {others}",
            f64::from(frames.fps_num) / f64::from(frames.fps_den)
        )))
    }
}

/// Ticks a second in which both frames and samples are whole numbers, so that the
/// edit lists end the streams exactly; just frames where that would be too fine.
fn common_timescale(fps_num: u32) -> u32 {
    let (mut a, mut b) = (fps_num, SAMPLE_RATE);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let common = u64::from(fps_num / a) * u64::from(SAMPLE_RATE);
    u32::try_from(common)
        .ok()
        .filter(|&common| common <= i32::MAX as u32)
        .unwrap_or(fps_num)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_samples_are_whole_ticks() {
        assert_eq!(common_timescale(30), 48_000);
        assert_eq!(common_timescale(30_000), 240_000);
        assert_eq!(common_timescale(12_500), 1_200_000);
        assert_eq!(common_timescale(999_983), 999_983);
    }
}
