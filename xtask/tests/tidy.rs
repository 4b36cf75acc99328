//! Habits that a machine can check.

use std::path::PathBuf;
use std::process::Command;

use xtask::root;

const LONGEST: usize = 800;

/// Files under version control with one of the endings, in folders of our own code.
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "crates",
            "xtask",
            "browser-facts/scenes",
            "browser-facts/src",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success());
    let files: Vec<PathBuf> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(PathBuf::from)
        .filter(|path| {
            path.extension()
                .is_some_and(|end| endings.iter().any(|ending| end == *ending))
        })
        .filter(|path| root().join(path).exists())
        .collect();
    assert!(!files.is_empty());
    files
}

fn text(path: &PathBuf) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn no_file_is_longer_than_can_be_read() {
    let long: Vec<_> = files(&["rs", "ts", "tsx"])
        .into_iter()
        .map(|path| (text(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:?}");
}

#[test]
fn files_are_named_for_what_they_hold() {
    let empty = [
        "utils", "util", "common", "helpers", "helper", "types", "manager", "misc",
    ];
    let named: Vec<_> = files(&["rs"])
        .into_iter()
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| empty.iter().any(|name| stem == *name))
        })
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn every_library_opens_with_its_purpose() {
    for path in files(&["rs"])
        .into_iter()
        .filter(|path| path.ends_with("src/lib.rs"))
    {
        assert!(text(&path).starts_with("//! "), "{}", path.display());
    }
}

#[test]
fn nothing_unfinished_is_left() {
    // Put together here so that this file does not find itself.
    let marks = [
        ["to", "do!("],
        ["unimple", "mented!("],
        ["db", "g!("],
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X"],
    ]
    .map(|parts| parts.concat());
    let mut found = Vec::new();
    for path in files(&["rs", "ts", "tsx"]) {
        for (number, line) in text(&path).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                found.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn one_folder_speaks_to_the_renderers_library() {
    let speaks = |path: &PathBuf| text(path).contains("vello_cpu");
    let raster: Vec<_> = files(&["rs"])
        .into_iter()
        .filter(|path| path.starts_with("crates/raster/src"))
        .collect();
    let (folder, outside): (Vec<_>, Vec<_>) = raster
        .into_iter()
        .partition(|path| path.starts_with("crates/raster/src/vello"));
    assert!(folder.iter().any(speaks));
    let outside: Vec<_> = outside.into_iter().filter(speaks).collect();
    assert!(outside.is_empty(), "outside of the folder: {outside:?}");
}
