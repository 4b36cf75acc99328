//! `tsconfig.json` and `package.json` of the project and of a package, in one input:
//! parts with a line `----` between them.
#![no_main]

use kinora_fuzz::Project;
use libfuzzer_sys::fuzz_target;

const MAIN: &[u8] =
    b"import 'pack'; import 'pack/deep/file'; import '#own'; import '@/alias'; import './near';";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n----\n");
    let mut next = || parts.next().unwrap_or("{}").as_bytes().to_vec();
    let (config, own, package) = (next(), next(), next());
    Project::new(&[
        ("main.tsx", MAIN),
        ("near.ts", b"export {};"),
        ("tsconfig.json", &config),
        ("base.json", &package),
        ("package.json", &own),
        ("node_modules/pack/package.json", &package),
        ("node_modules/pack/index.js", b"module.exports = 1;"),
        ("node_modules/pack/deep/file.js", b"export default 1;"),
    ])
    .record();
});
