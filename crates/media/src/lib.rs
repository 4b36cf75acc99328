//! FFmpeg behind a safe surface: probe, decode, encode, join.
//!
//! The types to know are [`VideoReader`] (the picture at a time, exactly),
//! [`SoundReader`] (the sound of any stretch, sample for sample), [`VideoEncoder`]
//! (one closed group of pictures) and [`FilmWriter`] (joins such groups and a sound
//! track into a file of a [`Format`]). What a codec or a container is lies in one file
//! each, below `codec/` and `container/`.
//!
//! It never scales, blends or mixes, and never opens anything but the file named. A file
//! that is not on this machine's disk is read in [`Blocks`] from a [`ByteSource`], as far as
//! it is needed.
//!
//! ```no_run
//! # use std::path::Path;
//! # fn main() -> Result<(), kinora_media::MediaError> {
//! let info = kinora_media::probe(Path::new("beach.mp4"))?;
//! println!("{} s, {:?}", info.duration, info.video);
//! let mut reader = kinora_media::VideoReader::open(Path::new("beach.mp4"))?;
//! let frame = reader.frame_at(1.5)?;
//! assert!(frame.pts_seconds() <= 1.5);
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** every decoder and encoder runs on one thread, so
//! that equal work gives equal bytes on any machine and segments run side by side.
//! The price is that a single segment is no faster on many cores than on one.

// FFmpeg is a C library; this is the one crate that speaks to it.
#![allow(unsafe_code)]

mod avframe;
mod avpacket;
mod bitstream;
mod blocks;
mod boxes;
mod codec;
mod container;
mod convert;
mod copy;
mod damage;
mod decoder;
mod error;
mod format;
mod grade;
mod input;
mod limit;
mod log;
mod mixdown;
mod moving_picture;
mod moving_webp;
mod orientation;
mod parts;
mod probe;
mod process;
mod reading;
mod sound_line;
mod sound_reader;
mod sound_track;
mod source;
mod still;
mod stream_reader;
mod tempo;
mod tracks;
mod version;
mod video_frame;
mod video_reader;

pub use blocks::{BLOCK, Blocks, ByteSource};
pub use codec::{
    Av1, Avif, EncodedVideo, FrameSpec, H264, Hevc, Jpeg, LONGEST_SIDE, Outlook, Packet, PixelCost,
    PixelFormat, PixelLayout, Pixels, Png, Preset, ProRes, Rate, SoundCodec, VideoCodec,
    VideoEncoder, Vp9, WebP, encode_still,
};
pub use container::{
    Chapter, Container, FileSink, FilmWriter, HeadSink, ListSink, Pattern, Pictures, PipeSink,
    SequenceSink, Tags, WholeFile, add_sound, join_files,
};
pub use copy::{CopiedStream, CopySource};
pub use damage::Damage;
pub use error::MediaError;
pub use format::{Format, Quality};
pub use limit::{DEFAULT_MOST_PIXELS, limit_pixels};
pub use log::set_quiet;
pub use parts::{FfmpegPart, ffmpeg_parts};
pub use probe::{AudioInfo, MediaInfo, VideoInfo, probe, video_codec};
pub use process::prepare_process;
pub use sound_reader::{SoundReader, Speed};
pub use source::MediaSource;
pub use still::{Still, read_still};
pub use tracks::{Tracks, tracks};
pub use version::version;
pub use video_frame::{Matrix, VideoFrame, YuvPlanes};
pub use video_reader::VideoReader;

/// Samples per second and channel of all sound that leaves or enters this crate.
pub const SAMPLE_RATE: u32 = 48_000;

use avframe::AvFrame;
use avpacket::AvPacket;
use decoder::Decoder;
use input::Input;
use orientation::Orientation;
