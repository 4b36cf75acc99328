//! Lists the pages of the manual, which `kinora docs` prints.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("../../docs");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages = Vec::new();
    for file in fs::read_dir(&folder)? {
        let path = file?.path();
        // The index is made anew where it is printed.
        let is_index = path.file_stem().is_some_and(|name| name == "README");
        if !is_index && path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    let mut list = String::from("&[\n");
    for page in pages {
        let name = page
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // Writing to a string cannot fail.
        let _ = writeln!(
            list,
            "({name:?}, include_str!({:?})),",
            page.display().to_string()
        );
    }
    list.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("pages.rs"), list)
}
