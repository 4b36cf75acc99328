//! Archives of projects: whatever they hold, nothing is written outside of the folder.
#![no_main]

use std::{fs, io::Cursor};

use kinora_project::Bundle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("in");
    fs::create_dir(&folder).expect("a folder");
    let mut nothing = |_| Err("there is nothing elsewhere".to_owned());
    if let Ok(script) = Bundle::unpack(Cursor::new(bytes), &folder, &mut nothing) {
        assert!(script.project.starts_with(&folder) && script.root.starts_with(&folder));
    }
    let beside = fs::read_dir(place.path()).expect("it is still there").count();
    assert_eq!(beside, 1, "something was written beside the folder");
});
