//! The table of edges in `ARCHITECTURE.md` against the sources: which files of the inner
//! crates meet disk, network, clock and environment. All others are pure.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use xtask::root;

const HEADER: &str = "| crate | disk | network | clock | environment |";

/// By what words a source meets an edge, in the order of the table's columns.
const EDGES: [&[&str]; 4] = [
    &[
        "fs::",
        "File::",
        "tempfile",
        "is_file()",
        ".is_dir()",
        ".exists()",
        "WholeFile",
        "FileSink::create",
    ],
    &["ureq", "reqwest", "std::net", "TcpStream"],
    &[
        "Instant::now",
        "SystemTime::now",
        "thread::sleep",
        "ThreadTime::now",
    ],
    &["env::var", "env::temp_dir", "env::current_dir", "env::args"],
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The product's lines of a source: no tests, no comments.
fn product(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.filter(|line| !line.trim_start().starts_with("//"))
}

/// Whether a word stands in a line, and not as the end of a longer one.
fn has(line: &str, word: &str) -> bool {
    let begins = |at: usize| !line[..at].ends_with(|before: char| before.is_alphanumeric());
    line.match_indices(word).any(|(at, _)| begins(at))
}

/// The files of a crate that meet each edge.
fn found(name: &str) -> [BTreeSet<String>; 4] {
    let folder = root().join("crates").join(name).join("src");
    let files: Vec<(String, String)> = sources(&folder)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap().with_extension("");
            (
                name.display().to_string(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    EDGES.map(|words| {
        let meets = |text: &str| product(text).any(|line| words.iter().any(|word| has(line, word)));
        let files = files.iter().filter(|(_, text)| meets(text));
        files.map(|(name, _)| name.clone()).collect()
    })
}

#[test]
fn the_table_of_edges_is_true() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let lines = text
        .lines()
        .skip_while(|line| line.trim() != HEADER)
        .skip(2);
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in lines.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let names: Vec<&str> = cells[0].split('`').skip(1).step_by(2).collect();
        for name in names {
            rows += 1;
            let cell = |cell: &str| -> BTreeSet<String> {
                cell.split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect()
            };
            let told: Vec<BTreeSet<String>> = cells[1..].iter().map(|text| cell(text)).collect();
            if told != found(name) {
                let shown = found(name).map(|files| match files.is_empty() {
                    true => "–".to_owned(),
                    false => files
                        .into_iter()
                        .map(|file| format!("`{file}`"))
                        .collect::<Vec<_>>()
                        .join(", "),
                });
                wrong.push(format!("| `{name}` | {} |", shown.join(" | ")));
            }
        }
    }
    assert!(rows >= 7, "{rows} crates are in the table");
    assert!(
        wrong.is_empty(),
        "the table should say:\n{}",
        wrong.join("\n")
    );
}

/// Types that a crate offers or keeps, by name.
fn types() -> Vec<(String, String)> {
    let crates = root().join("crates");
    let names = fs::read_dir(&crates)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut found = Vec::new();
    for name in names.filter(|name| name != "emulator") {
        for path in sources(&crates.join(&name).join("src")) {
            let text = fs::read_to_string(path).unwrap();
            for line in product(&text) {
                let mut words = line.trim_start().split([' ', '<', '(', '{', ':', ';']);
                let public = words.next() == Some("pub");
                let kind = words.next().unwrap_or_default();
                if public && ["struct", "enum", "trait", "type"].contains(&kind) {
                    found.push((words.next().unwrap_or_default().to_owned(), name.clone()));
                }
            }
        }
    }
    found
}

#[test]
fn every_noun_is_a_type_and_means_one_thing() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let lines = text
        .lines()
        .skip_while(|line| line.trim() != "| noun | means |")
        .skip(2);
    let types = types();
    let mut nouns = 0;
    for line in lines.take_while(|line| line.starts_with('|')) {
        let (names, means) = line.trim_matches('|').split_once('|').unwrap();
        // A noun of two crates says so.
        let crates = means.matches("in `").count().max(1);
        for noun in names.split('`').skip(1).step_by(2) {
            let places: Vec<&String> = types
                .iter()
                .filter(|(name, _)| name == noun)
                .map(|(_, place)| place)
                .collect();
            assert_eq!(places.len(), crates, "`{noun}` is a type of {places:?}");
            nouns += 1;
        }
    }
    assert!(nouns > 15, "{nouns}");
}
