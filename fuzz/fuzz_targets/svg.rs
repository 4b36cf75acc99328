//! SVG files, as pictures and as documents.
#![no_main]

use kinora_film::AssetId;
use kinora_svg::{NoFonts, document, pixels, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut keep = |bytes: Vec<u8>| Ok(AssetId::of(&bytes));
    // What is wrong with a file is not looked at: that it comes to an end is.
    let _ = read(bytes, &mut NoFonts, &mut keep);
    let _ = pixels(bytes, &mut NoFonts);
    let _ = std::str::from_utf8(bytes).map(document);
});
