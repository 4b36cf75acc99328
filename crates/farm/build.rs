//! Names the engine by its sources: a result in the cache is taken only by the
//! engine that would make the same one.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The crates on which the bytes of a rendered segment depend.
const CRATES: [&str; 4] = ["film", "media", "raster", "worker"];

fn main() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![crates.join("../Cargo.lock")];
    for name in CRATES {
        let folder = crates.join(name).join("src");
        println!("cargo:rerun-if-changed={}", folder.display());
        collect(&folder, &mut files);
    }
    println!("cargo:rerun-if-changed=../../Cargo.lock");
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(&file).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    println!(
        "cargo:rustc-env=KINORA_ENGINE={}-{hash:016x}",
        env!("CARGO_PKG_VERSION")
    );
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
