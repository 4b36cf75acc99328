//! The runtime's modules need one another in no circle.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
};

fn sources(folder: &Path, below: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder.join(below)).unwrap().flatten() {
        let path = below.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        if folder.join(&path).is_dir() {
            if name != "tests" {
                sources(folder, &path, found);
            }
        } else if name.ends_with(".ts") && !name.ends_with(".d.ts") {
            let text = fs::read_to_string(folder.join(&path)).unwrap();
            found.insert(path, text);
        }
    }
}

/// What a module imports or passes on, types left out.
fn specifiers(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(" from '") {
        let before = &rest[..at];
        let after = &rest[at + " from '".len()..];
        let statement = before.rfind("\nimport ").max(before.rfind("\nexport "));
        let statement = statement.map_or(before, |start| &before[start + 1..]);
        let is_type = ["import type ", "export type "]
            .iter()
            .any(|keyword| statement.starts_with(keyword));
        let end = after.find('\'').unwrap_or(after.len());
        if !is_type {
            found.push(&after[..end]);
        }
        rest = &after[end..];
    }
    found
}

fn target(
    modules: &BTreeMap<PathBuf, String>,
    importer: &Path,
    specifier: &str,
) -> Option<PathBuf> {
    let path = match specifier.strip_prefix("@revideo/") {
        Some(rest) => PathBuf::from(rest.replacen("/lib", "", 1)),
        None => {
            let mut path = importer.parent()?.to_owned();
            for part in Path::new(specifier).components() {
                match part {
                    Component::ParentDir => {
                        path.pop();
                    }
                    Component::Normal(name) => path.push(name),
                    _ => {}
                }
            }
            path
        }
    };
    let file = PathBuf::from(format!("{}.ts", path.display()));
    [file, path.join("index.ts")]
        .into_iter()
        .find(|path| modules.contains_key(path))
}

/// The first circle among arrows, found in depth first.
fn circle<'a>(
    arrows: &'a BTreeMap<PathBuf, Vec<PathBuf>>,
    at: &'a PathBuf,
    path: &mut Vec<&'a PathBuf>,
    done: &mut Vec<&'a PathBuf>,
) -> Option<String> {
    if let Some(start) = path.iter().position(|known| *known == at) {
        let names: Vec<String> = path[start..]
            .iter()
            .chain([&at])
            .map(|path| path.display().to_string())
            .collect();
        return Some(names.join(" → "));
    }
    if done.contains(&at) {
        return None;
    }
    path.push(at);
    let found = arrows[at]
        .iter()
        .find_map(|next| circle(arrows, next, path, done));
    path.pop();
    done.push(at);
    found
}

#[test]
fn no_module_of_the_runtime_needs_one_that_needs_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    let mut modules = BTreeMap::new();
    sources(&folder, Path::new(""), &mut modules);
    let arrows: BTreeMap<PathBuf, Vec<PathBuf>> = modules
        .iter()
        .map(|(path, text)| {
            let targets = specifiers(text).into_iter();
            let targets = targets.filter_map(|specifier| target(&modules, path, specifier));
            (path.clone(), targets.collect())
        })
        .collect();
    let count: usize = arrows.values().map(Vec::len).sum();
    assert!(
        modules.len() > 150 && count > 400,
        "{} modules with {count} imports",
        modules.len()
    );
    let mut done = Vec::new();
    for path in arrows.keys() {
        if let Some(names) = circle(&arrows, path, &mut Vec::new(), &mut done) {
            panic!("a circle of imports: {names}");
        }
    }
}
