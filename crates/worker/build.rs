//! Names the engine by all that a rendered segment's bytes depend on: a stored result is
//! taken only by the engine that would make the same one.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The crates on which the bytes of a rendered segment depend.
const CRATES: [&str; 4] = ["film", "media", "raster", "worker"];

fn main() {
    // Asked for now: what stood where this script was compiled may be another checkout.
    let here = env::var_os("CARGO_MANIFEST_DIR").expect("Cargo names the crate's folder");
    let crates = Path::new(&here).join("..");
    let mut files = vec![crates.join("../Cargo.lock")];
    for name in CRATES {
        let folder = crates.join(name);
        collect(&folder.join("src"), &mut files);
        files.push(folder.join("Cargo.toml"));
        println!("cargo:rerun-if-changed={}", folder.join("src").display());
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        let shown = file.display();
        let content =
            fs::read(file).unwrap_or_else(|error| panic!("cannot read `{shown}`: {error}"));
        add(&mut hasher, relative(file, &crates).as_bytes());
        add(&mut hasher, &content);
    }
    for (name, value) in features() {
        add(&mut hasher, name.as_bytes());
        add(&mut hasher, value.as_bytes());
    }
    println!(
        "cargo:rustc-env=KINORA_ENGINE={}-{}",
        env!("CARGO_PKG_VERSION"),
        &hasher.finalize().to_hex()[..16]
    );
}

/// Adds a part with its length, so that what lies at a border counts on one side only.
fn add(hasher: &mut blake3::Hasher, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part);
}

/// A file's name, the same wherever the sources stand.
fn relative(file: &Path, crates: &Path) -> String {
    let path = file.strip_prefix(crates).unwrap_or(file);
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The features that are on and what is built for, in order.
fn features() -> Vec<(String, String)> {
    let counts = |name: &str| {
        name.starts_with("CARGO_FEATURE_")
            || matches!(name, "CARGO_CFG_TARGET_ARCH" | "CARGO_CFG_TARGET_FEATURE")
    };
    let mut features: Vec<_> = env::vars().filter(|(name, _)| counts(name)).collect();
    features.sort();
    features
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let shown = folder.display();
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read `{shown}`: {error}"));
    for entry in entries {
        let path = entry
            .unwrap_or_else(|error| panic!("cannot read `{shown}`: {error}"))
            .path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
