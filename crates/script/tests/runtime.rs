//! Runs the runtime's own tests, which are written in its language.

mod common;

use std::{
    collections::{BTreeMap, HashSet},
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

/// A row of the tables in `docs/core-api.md`.
struct Row {
    names: Vec<String>,
    kind: String,
    here: String,
}

/// The rows of all tables that tell of exports.
fn documented() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/core-api.md");
    let text = fs::read_to_string(path).unwrap();
    let mut rows = Vec::new();
    let mut is_table = false;
    for line in text.lines() {
        if !line.starts_with('|') {
            is_table = false;
        } else if line == "| name | kind | here | |" {
            is_table = true;
        } else if is_table && !line.starts_with("|---") {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let names = cells[1].split_whitespace();
            rows.push(Row {
                names: names
                    .map(|name| name.trim_matches('`').to_owned())
                    .collect(),
                kind: cells[2].to_owned(),
                here: cells[3].to_owned(),
            });
        }
    }
    rows
}

/// Tells of every export its name, what it is, and what its use is refused with, if it is.
const KINDS: &str = r"
    import * as core from 'kinora:core/index';
    function kindOf(value: any): string {
      if (typeof value !== 'function') return 'value';
      const own = Object.getOwnPropertyDescriptor(value, 'prototype');
      if (own === undefined) return 'function';
      if (Object.getPrototypeOf(value) === Object.getPrototypeOf(function* () {})) return 'task';
      return own.writable ? 'function' : 'class';
    }
    function refusal(use: () => unknown): string {
      try {
        const made = use();
        if (made instanceof Promise) made.catch(() => undefined);
        return '';
      } catch (error: any) {
        return error.message;
      }
    }
    for (const [name, value] of Object.entries<any>(core)) {
      const kind = kindOf(value);
      const told =
        kind === 'class' ? refusal(() => new value()) : kind === 'function' ? refusal(() => value('', '')) : '';
      console.log(JSON.stringify([name, kind, told]));
    }
";

#[test]
fn the_docs_tell_of_all_that_the_core_exports_and_of_nothing_else() {
    let project = Project::new(&[("main.ts", KINDS)]);
    let (lines, done) = project.run_test("main.ts");
    done.unwrap();
    let mut exports: BTreeMap<String, (String, String)> = lines
        .iter()
        .filter(|line| line.starts_with('['))
        .map(|line| {
            let (name, kind, told) = serde_json::from_str(line).unwrap();
            (name, (kind, told))
        })
        .collect();
    let mut wrong = Vec::new();
    for Row { names, kind, here } in documented() {
        for name in names {
            let Some((is, told)) = exports.remove(&name) else {
                wrong.push(format!("`{name}` is no export, or stands there twice"));
                continue;
            };
            if kind != is {
                wrong.push(format!("`{name}` is a {is}, not a {kind}"));
            }
            let refuses = told.starts_with(&format!("`{name}` is not available"));
            if refuses != (here == "refuses") || !["works", "inert", "refuses"].contains(&&*here) {
                wrong.push(format!(
                    "`{name}` is said to be `{here}`, and tells `{told}`"
                ));
            }
        }
    }
    for name in exports.keys() {
        wrong.push(format!("`{name}` is missing"));
    }
    assert!(wrong.is_empty(), "docs/core-api.md:\n{}", wrong.join("\n"));
}

/// Whether a text has `name` as a word of its own.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| *word == name)
        .nth(1)
        .is_some()
}
