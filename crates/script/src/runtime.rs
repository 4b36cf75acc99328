//! The runtime's compiled modules, as the build script packed them.

use std::{collections::HashMap, sync::LazyLock};

#[path = "../build/specifier.rs"]
mod specifier;

/// A module of the runtime.
#[derive(Debug)]
pub struct RuntimeModule {
    /// What it exports, with what its `export *` add.
    pub exports: Vec<&'static str>,
    /// Bytecode of this build's engine.
    pub bytecode: &'static [u8],
}

/// What the names of packages begin with for which there are modules here.
const SCOPES: [&str; 3] = ["@revideo/", "@motion-canvas/", "@canvas-commons/"];
/// What the compiler's own imports begin with.
const HELPERS: &str = "kinora:globals/helpers/";

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/runtime.bin"));

/// All modules by name (`kinora:core/signals/index`).
pub static MODULES: LazyLock<HashMap<&'static str, RuntimeModule>> = LazyLock::new(|| {
    let mut rest = PACKED;
    let mut take = || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (bytes, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        rest = after;
        Some(bytes)
    };
    let mut modules = HashMap::new();
    while let (Some(name), Some(exports), Some(bytecode)) = (take(), take(), take()) {
        let text = |bytes| std::str::from_utf8(bytes).expect("the build script wrote text");
        modules.insert(
            text(name),
            RuntimeModule {
                exports: text(exports).split_whitespace().collect(),
                bytecode,
            },
        );
    }
    modules
});

/// The module that a specifier within the module `base` of the runtime means.
pub fn resolve_within(base: &str, specifier: &str) -> Option<&'static str> {
    if let Some(path) = specifier.strip_prefix("kinora:") {
        return find(path);
    }
    if !specifier.starts_with('.') {
        return resolve(specifier);
    }
    find(&specifier::join(
        base.trim_start_matches("kinora:"),
        specifier,
    ))
}

/// The module that a specifier in a user's file means, if it names one of ours.
pub fn resolve(specifier: &str) -> Option<&'static str> {
    if let Some(path) = specifier.strip_prefix(HELPERS) {
        return find(&format!("globals/helpers/{path}"));
    }
    let path = package_path(specifier)?;
    let path = path.strip_suffix(".js").unwrap_or(path);
    let (package, inner) = path.split_once('/').unwrap_or((path, ""));
    // Another Latex is called so there.
    let is_latex = ["", "lib", "lib/components", "lib/components/Latex"].contains(&inner);
    if package == "2d" && is_latex && !specifier.starts_with(SCOPES[0]) {
        return find("motion-canvas/2d");
    }
    let inner = match inner {
        "lib" | "project" => "",
        inner => inner.strip_prefix("lib/").unwrap_or(inner),
    };
    let exact = find(format!("{package}/{inner}").trim_end_matches('/'));
    // a file that is not named so here: its folder exports what it does
    let folder = || {
        let (folder, _) = inner.rsplit_once('/')?;
        find(&format!("{package}/{folder}/index"))
    };
    exact.or_else(folder)
}

/// The module of the package that a specifier names a part of, if it is one of ours.
pub fn package(specifier: &str) -> Option<&'static str> {
    let name = package_path(specifier)?.split('/').next()?;
    find(&format!("{name}/index"))
}

/// What follows the scope of a package that has a name of ours.
pub fn package_path(specifier: &str) -> Option<&str> {
    SCOPES
        .iter()
        .find_map(|scope| specifier.strip_prefix(scope))
}

/// The module with this full name.
pub fn internal(name: &str) -> Option<&'static str> {
    find(name.strip_prefix("kinora:")?)
}

/// Whether files of the runtime that users may not import are meant by `name`.
fn is_internal(path: &str) -> bool {
    [
        "canvas",
        "globals",
        "host",
        "mathjax",
        "motion-canvas",
        "player",
    ]
    .iter()
    .any(|own| path.split('/').next() == Some(own))
}

/// What users may import, for hints.
pub fn public_names() -> impl Iterator<Item = String> {
    MODULES.keys().filter_map(|name| {
        let path = name.strip_prefix("kinora:")?.trim_end_matches("/index");
        if is_internal(path) {
            return None;
        }
        Some(match path.split_once('/') {
            None => format!("@revideo/{path}"),
            Some((package, inner)) => format!("@revideo/{package}/lib/{inner}"),
        })
    })
}

fn find(path: &str) -> Option<&'static str> {
    [format!("kinora:{path}"), format!("kinora:{path}/index")]
        .iter()
        .find_map(|name| MODULES.get_key_value(name.as_str()).map(|(name, _)| *name))
}
