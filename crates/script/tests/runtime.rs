//! Runs the runtime's own tests, which are written in its language.

mod common;

use std::{
    collections::HashSet,
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

/// The same text with imports of the runtime's sources leading to the compiled
/// runtime, and those of its core to what notes which exports are used.
fn linked(source: &str, depth: usize) -> String {
    let up = "../".repeat(depth + 1);
    let watched = format!("'{}watched'", if depth == 0 { "./" } else { &up[3..] });
    source
        .replace(&format!("'{up}core/index'"), &watched)
        .replace(&format!("'{up}"), "'kinora:")
        .replace(&format!("\"{up}"), "\"kinora:")
}

/// All that the core exports, and whether a use of it can be seen: what is no
/// function or object is as good as used where it is named.
fn exports() -> Vec<(String, bool)> {
    let project = Project::new(&[(
        "main.ts",
        "import * as core from 'kinora:core/index';
         for (const [name, value] of Object.entries(core)) console.log(name, Object(value) === value);",
    )]);
    let (lines, done) = project.run_test("main.ts");
    done.unwrap();
    let entry = |line: &String| {
        line.split_once(' ')
            .map(|(name, seen)| (name.to_owned(), seen == "true"))
    };
    lines.iter().filter_map(entry).collect()
}

/// A module that exports the same and notes what is called, constructed or read.
fn watcher(exports: &[(String, bool)]) -> String {
    let mut code = "
        import * as core from 'kinora:core/index';
        const touched = new Set<string>();
        export function tellTouched(): void { console.log(`touched ${[...touched].join(' ')}`); }
        function watch<T extends object>(name: string, value: T): T {
          return new Proxy(value, {
            apply(target: any, self, args) { touched.add(name); return Reflect.apply(target, self, args); },
            construct(target: any, args, type) { touched.add(name); return Reflect.construct(target, args, type); },
            get(target: any, key) { touched.add(name); return target[key]; },
          });
        }
    "
    .to_owned();
    for (name, seen) in exports {
        let value = if *seen {
            format!("watch('{name}', core.{name})")
        } else {
            format!("core.{name}")
        };
        code.push_str(&format!("export const {name} = {value};\n"));
    }
    code
}

#[test]
fn the_runtimes_own_tests_pass_and_use_all_that_the_core_exports() {
    let exports = exports();
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
                "import './prelude';\nimport './{name}';\nimport {{runTests}} from './harness';\nimport {{tellTouched}} from './watched';\nawait runTests();\ntellTouched();\n"
            );
            copies.push((main.clone(), code));
            mains.push(main);
        }
        copies.push((name, linked(&text, depth)));
    }
    copies.push(("prelude.ts".to_owned(), PRELUDE.to_owned()));
    copies.push(("watched.ts".to_owned(), watcher(&exports)));
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
    let mut used: HashSet<&str> = HashSet::new();
    let sources: Vec<&str> = copies
        .iter()
        .filter(|(path, _)| path.contains(".test.") && !path.contains("exports.test"))
        .map(|(_, text)| *text)
        .collect();
    for (name, seen) in &exports {
        if !seen && sources.iter().any(|text| names(text, name)) {
            used.insert(name);
        }
    }
    for main in &mains {
        let (logged, done) = project.run_test(main);
        println!("{main}: {}", logged.join("\n"));
        let told = logged
            .iter()
            .filter_map(|line| line.strip_prefix("touched "));
        for name in told.flat_map(str::split_whitespace) {
            used.extend(
                exports
                    .iter()
                    .map(|(known, _)| known.as_str())
                    .find(|known| *known == name),
            );
        }
        if let Err(error) = done {
            println!("{}", project.relative(&error));
            failed.push(main);
        }
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
    let unused: Vec<&str> = exports
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !used.contains(name))
        .collect();
    assert!(unused.is_empty(), "no test uses these exports: {unused:?}");
}

/// Whether a text has `name` as a word of its own.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| *word == name)
        .nth(1)
        .is_some()
}
