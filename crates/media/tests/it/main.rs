//! Laws of the media crate, checked against media that the `ffmpeg` command makes
//! and against what `ffprobe` and `ffmpeg` read out of our own files.

mod animations;
mod codecs;
mod damage;
mod faults;
mod formats;
mod frames;
mod hdr;
mod held;
mod joined;
mod loops;
mod made;
mod ranges;
mod sound;
mod stills;
