//! Media files: the boxes that are read here, and what FFmpeg and the picture decoders are
//! given.
#![no_main]

use std::{fs, path::Path};

use kinora_media::{SoundReader, VideoReader, probe, read_still};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kinora_media::limit_pixels(1 << 20);
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), bytes).expect("the file is writable");
    look(file.path());
});

fn look(path: &Path) {
    let Ok(info) = probe(path) else { return };
    match &info.video {
        Some(video) if video.still => drop(read_still(path)),
        Some(_) => drop(VideoReader::open(path).and_then(|mut video| video.frame_at(0.1))),
        None => {}
    }
    if info.audio.is_some() {
        drop(SoundReader::open(path, 1.0));
    }
}
