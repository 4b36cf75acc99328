//! The fence around the pure crates: each one's `clippy.toml` holds the whole list.

use std::collections::BTreeSet;

use xtask::root;

const PURE: [&str; 4] = ["film", "raster", "stage", "svg"];

/// What the standard library leaves to the machine: results may differ in the last place.
const INEXACT: [&str; 26] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp",
    "exp2", "exp_m1", "hypot", "ln", "ln_1p", "log", "log10", "log2", "powf", "powi", "sin",
    "sin_cos", "sinh", "tan", "tanh",
];

/// Ways out to disk, environment, processes, network and clock.
const EDGES: [&str; 24] = [
    "std::env::args",
    "std::env::current_dir",
    "std::env::temp_dir",
    "std::env::var",
    "std::env::var_os",
    "std::env::vars",
    "std::fs::File::create",
    "std::fs::File::open",
    "std::fs::OpenOptions::new",
    "std::fs::canonicalize",
    "std::fs::metadata",
    "std::fs::read",
    "std::fs::read_dir",
    "std::fs::read_to_string",
    "std::fs::remove_file",
    "std::fs::rename",
    "std::fs::write",
    "std::net::TcpStream::connect",
    "std::path::Path::canonicalize",
    "std::path::Path::exists",
    "std::process::Command::new",
    "std::thread::sleep",
    "std::time::Instant::now",
    "std::time::SystemTime::now",
];

fn list(name: &str) -> String {
    let path = root().join("crates").join(name).join("clippy.toml");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The paths that a list forbids.
fn forbidden(list: &str) -> BTreeSet<&str> {
    let entries = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ path = \""));
    entries
        .filter_map(|entry| Some(entry.split_once('"')?.0))
        .collect()
}

#[test]
fn every_pure_crate_has_the_same_fence() {
    let first = list(PURE[0]);
    for name in PURE {
        assert_eq!(list(name), first, "crates/{name}/clippy.toml");
    }
}

#[test]
fn the_fence_is_whole() {
    let list = list(PURE[0]);
    let forbidden = forbidden(&list);
    let floats = ["f32", "f64"].map(|kind| INEXACT.map(|name| format!("{kind}::{name}")));
    let wanted = floats.iter().flatten().map(String::as_str).chain(EDGES);
    let missing: Vec<_> = wanted.filter(|path| !forbidden.contains(path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
