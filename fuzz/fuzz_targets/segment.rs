//! A recorded segment's binary form: what is read is written as it was.
#![no_main]

use kinora_film::Segment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(segment) = Segment::from_bytes(bytes) {
        let again = segment.to_bytes();
        let same = Segment::from_bytes(&again).expect("what was written can be read");
        assert_eq!(same.to_bytes(), again);
        let _ = segment.assets();
    }
});
