//! Runs the runtime's own tests, which are written in its language.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
};

use common::Project;

/// Keeps what is logged where tests look for it; all files have one id.
const PRELUDE: &str = "
    const logs: unknown[] = [];
    const log = __kinora.log;
    __kinora.log = (...entry: unknown[]) => { logs.push(entry); log(...entry); };
    globalThis.__logs = logs;
    const asset = __kinora.asset;
    __kinora.asset = (src: string, kind: string) => ({...asset(src, kind), id: 'ab'.repeat(32)});
";

/// All files below `folder`, relative to it.
fn files(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder.join(below))
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| below.join(entry.file_name()))
                .collect()
        })
        .unwrap_or_default();
    entries.sort();
    for path in entries {
        if folder.join(&path).is_dir() {
            files(folder, &path, found);
        } else {
            found.push(path);
        }
    }
}

/// The same text with imports of the runtime's sources leading to the compiled runtime.
fn linked(source: &str, depth: usize) -> String {
    let up = "../".repeat(depth + 1);
    source
        .replace(&format!("'{up}"), "'kinora:")
        .replace(&format!("\"{up}"), "\"kinora:")
}

#[test]
fn the_runtimes_own_tests_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/tests");
    let mut found = Vec::new();
    files(&folder, Path::new(""), &mut found);
    let mut copies: Vec<(String, String)> = Vec::new();
    let mut mains = Vec::new();
    for path in found {
        let Ok(text) = fs::read_to_string(folder.join(&path)) else {
            continue;
        };
        let depth = path.components().count() - 1;
        let name = path.to_string_lossy().into_owned();
        if name.ends_with(".test.ts") || name.ends_with(".test.tsx") {
            let main = format!("{}.main.ts", name.replace('/', "."));
            let code = format!(
                "import './prelude';\nimport './{name}';\nimport {{runTests}} from './harness';\nawait runTests();\n"
            );
            copies.push((main.clone(), code));
            mains.push(main);
        }
        copies.push((name, linked(&text, depth)));
    }
    copies.push(("prelude.ts".to_owned(), PRELUDE.to_owned()));
    assert!(
        !mains.is_empty(),
        "there are no tests in {}",
        folder.display()
    );
    let copies: Vec<(&str, &str)> = copies
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let project = Project::new(&copies);
    let mut failed = Vec::new();
    for main in &mains {
        let (logged, done) = project.run_test(main);
        println!("{main}: {}", logged.join("\n"));
        if let Err(error) = done {
            println!("{}", project.relative(&error));
            failed.push(main);
        }
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}
