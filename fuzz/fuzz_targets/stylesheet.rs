//! Stylesheets that a project imports, and the fonts that they name.
#![no_main]

use kinora_fuzz::Project;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    Project::new(&[
        ("main.tsx", b"import './sheet.css';"),
        ("sheet.css", bytes),
        ("other.css", bytes),
        ("font.ttf", b"no font"),
    ])
    .record();
});
