//! A recorded segment's binary form: what is read is written as it was.
#![no_main]

use std::sync::OnceLock;

use kinora_film::{Color, FilmHeader, Fps, Segment, Size};
use libfuzzer_sys::fuzz_target;

/// What each segment of this format begins with: a name and a number, six bytes.
fn head() -> &'static [u8] {
    static HEAD: OnceLock<Vec<u8>> = OnceLock::new();
    HEAD.get_or_init(|| {
        let empty = Segment {
            header: FilmHeader {
                size: Size {
                    width: 2,
                    height: 2,
                },
                fps: Fps::new(30.0).expect("it is a rate"),
                background: Color::BLACK,
            },
            frames: Vec::new(),
        };
        empty.to_bytes()[..6].to_vec()
    })
}

fuzz_target!(|bytes: &[u8]| {
    // Whatever the input begins with, so that seeds outlive the number of the format.
    let body = bytes.get(head().len()..).unwrap_or_default();
    if let Ok(segment) = Segment::from_bytes(&[head(), body].concat()) {
        let again = segment.to_bytes();
        let same = Segment::from_bytes(&again).expect("what was written can be read");
        assert_eq!(same.to_bytes(), again);
        let _ = segment.assets();
        let _ = segment.held();
        let _ = segment.shows_video();
    }
});
