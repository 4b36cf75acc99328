//! Containers: how packets become a file.
//!
//! A container is a row of what the writer needs to know of it; a file goes to a
//! [`HeadSink`], which may be a file of this machine or an object of a bucket.

mod index;
mod join;
mod output;
mod sink;
mod writer;

pub use join::{add_sound, join_files};
pub use sink::{FileSink, HeadSink, WholeFile};
pub use writer::FilmWriter;

use std::ffi::CStr;

use serde::{Deserialize, Serialize};

use crate::{FrameSpec, SAMPLE_RATE};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// MPEG-4, its index in front of the pictures.
    Mp4,
}

impl Container {
    /// FFmpeg's name of the muxer.
    fn muxer(self) -> &'static CStr {
        match self {
            Self::Mp4 => c"mp4",
        }
    }

    /// What the muxer is told, by its options' names in FFmpeg.
    fn options(self, frames: &FrameSpec) -> Vec<(&'static str, String)> {
        match self {
            Self::Mp4 => vec![(
                "movie_timescale",
                common_timescale(frames.fps_num).to_string(),
            )],
        }
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
