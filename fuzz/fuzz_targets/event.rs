//! Events that a function is called with.
#![no_main]

use kinora_lambda::Event;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // A refusal names what is wrong; anything but a panic is right.
    let _ = Event::parse(text).map_err(|fault| fault.text());
});
