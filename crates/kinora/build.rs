//! Lists the declarations in `types/`, so that the command carries them along.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    println!("cargo:rerun-if-changed=types");
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("types");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let entries = files.iter().map(|file| {
        let name = file.strip_prefix(&root).expect("files lie below the root");
        format!(
            "({:?}, include_str!({:?})),\n",
            name.to_string_lossy(),
            file.to_string_lossy()
        )
    });
    let list = format!("&[\n{}]\n", entries.collect::<String>());
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("types.rs");
    fs::write(&to, list).unwrap_or_else(|cause| panic!("cannot write {}: {cause}", to.display()));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|cause| panic!("cannot read {}: {cause}", folder.display()));
    for entry in entries.flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
