//! Compiles the runtime's TypeScript to bytecode and packs it into one file, and makes
//! the declarations that editors read.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::exit,
};

use rquickjs::{Context, Module, Runtime, module::WriteOptions};

#[allow(dead_code)] // places are mapped back where scripts run
#[path = "src/transpile.rs"]
mod transpile;

#[path = "build/declarations.rs"]
mod declarations;

#[path = "build/specifier.rs"]
mod specifier;

use transpile::{Dialect, Links, Transpiled, transpile};

fn main() {
    let root = PathBuf::from("runtime");
    println!("cargo:rerun-if-changed=runtime");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=src/transpile.rs");
    println!("cargo:rerun-if-changed=src/common_js.rs");
    println!("cargo:rerun-if-changed=src/decorators.rs");
    println!("cargo:rerun-if-changed=src/nesting.rs");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();

    let mut modules = BTreeMap::new();
    let mut faults = Vec::new();
    for file in &files {
        let source = fs::read_to_string(file)
            .unwrap_or_else(|cause| panic!("cannot read {}: {cause}", file.display()));
        match transpile(&source, file, &Dialect::default()) {
            Ok(done) => {
                modules.insert(module_name(&root, file), (file.clone(), source, done));
            }
            Err(found) => {
                faults.extend(found.into_iter().map(|fault| {
                    format!("{}: {}", place(file, &source, fault.offset), fault.message)
                }))
            }
        }
    }
    if faults.is_empty() {
        faults = link(&modules);
    }
    if !faults.is_empty() {
        for fault in &faults {
            println!("cargo::error={fault}");
        }
        exit(1);
    }
    write("runtime.bin", &pack(&modules));
    write("declarations.rs", declarations(&modules).as_bytes());
}

fn write(name: &str, bytes: &[u8]) {
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join(name);
    fs::write(&to, bytes).unwrap_or_else(|cause| panic!("cannot write {}: {cause}", to.display()));
}

/// A list of the declarations, each a pair of its module's path and its text.
fn declarations(modules: &Modules) -> String {
    let path = |name: &str| name.trim_start_matches("kinora:").to_owned();
    let sources = modules.iter();
    let sources = sources.map(|(name, (_, source, _))| (path(name), source.clone()));
    match declarations::declarations(&sources.collect()) {
        Ok(made) => {
            let entries = made.iter();
            let entries = entries.map(|(module, text)| format!("({module:?}, {text:?}),\n"));
            format!("&[\n{}]\n", entries.collect::<String>())
        }
        Err((module, fault)) => {
            let (file, source, _) = &modules[&format!("kinora:{module}")];
            let place = place(file, source, fault.offset);
            println!("cargo::error={place}: {}", fault.message);
            exit(1);
        }
    }
}

type Modules = BTreeMap<String, (PathBuf, String, Transpiled)>;

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" && name != "node_modules" {
                collect(&path, files);
            }
        } else if [".ts", ".tsx", ".js"].iter().any(|end| name.ends_with(end))
            && !name.ends_with(".d.ts")
        {
            files.push(path);
        }
    }
}

fn module_name(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).expect("files lie below the root");
    let path = path.with_extension("");
    format!("kinora:{}", path.to_string_lossy().replace('\\', "/"))
}

fn place(file: &Path, source: &str, offset: Option<u32>) -> String {
    let before = &source[..offset.unwrap_or(0) as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("crates/script/{}:{line}:{column}", file.display())
}

/// What of the runtime's own imports leads nowhere.
fn link(modules: &Modules) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, (file, source, done)) in modules {
        for import in &done.links.imports {
            let at = place(file, source, Some(import.span.start));
            let Some(target) = resolve(modules, name, &import.specifier) else {
                faults.push(format!("{at}: cannot find module `{}`", import.specifier));
                continue;
            };
            let exports = exports(modules, &target, &mut Vec::new());
            for (wanted, span) in &import.names {
                if !exports.contains(wanted) {
                    let at = place(file, source, Some(span.start));
                    faults.push(format!("{at}: `{target}` has no export `{wanted}`"));
                }
            }
        }
    }
    faults
}

fn resolve(modules: &Modules, base: &str, specifier: &str) -> Option<String> {
    let path = if let Some(rest) = specifier.strip_prefix("kinora:") {
        rest.to_owned()
    } else if let Some(rest) = specifier.strip_prefix("@revideo/") {
        rest.replacen("/lib", "", 1)
    } else {
        specifier::join(base.trim_start_matches("kinora:"), specifier)
    };
    [format!("kinora:{path}"), format!("kinora:{path}/index")]
        .into_iter()
        .find(|name| modules.contains_key(name))
}

fn exports(modules: &Modules, name: &str, seen: &mut Vec<String>) -> Vec<String> {
    if seen.iter().any(|known| known == name) {
        return Vec::new();
    }
    seen.push(name.to_owned());
    let Links {
        exports: own,
        stars,
        ..
    } = &modules[name].2.links;
    let mut names = own.clone();
    for star in stars {
        if let Some(target) = resolve(modules, name, star) {
            let more = exports(modules, &target, seen);
            names.extend(more.into_iter().filter(|name| name != "default"));
        }
    }
    names
}

/// For each module: name, exports, types and bytecode, each with its length before it.
fn pack(modules: &Modules) -> Vec<u8> {
    let runtime = Runtime::new().expect("a JavaScript engine");
    let context = Context::full(&runtime).expect("a JavaScript context");
    runtime.set_loader(Anything, Anything);
    let mut packed = Vec::new();
    let mut put = |bytes: &[u8]| {
        packed.extend((bytes.len() as u32).to_le_bytes());
        packed.extend(bytes);
    };
    for (name, (file, _, done)) in modules {
        let bytecode = context.with(|ctx| {
            let code = with_host(name, &done.code);
            let module = match Module::declare(ctx.clone(), name.as_str(), code) {
                Ok(module) => module,
                Err(_) => panic!("{}: {:?}", file.display(), ctx.catch()),
            };
            let options = WriteOptions {
                strip_source: true,
                ..WriteOptions::default()
            };
            module
                .write(options)
                .expect("bytecode of a compiled module")
        });
        put(name.as_bytes());
        put(exports(modules, name, &mut Vec::new()).join(" ").as_bytes());
        put(&bytecode);
    }
    packed
}

/// The global object that is the host's interface is gone when users' code runs: the
/// runtime's modules have it from the one that took it in time.
fn with_host(name: &str, code: &str) -> String {
    const HOLDER: &str = "kinora:globals/native";
    if name == HOLDER || !code.contains("__kinora") {
        return code.to_owned();
    }
    let code = code.replace("globalThis.__kinora", "__kinora");
    format!("import {{native as __kinora}} from '{HOLDER}'; {code}")
}

/// Imports are linked when the bytecode is loaded, not when it is made.
struct Anything;

impl rquickjs::loader::Resolver for Anything {
    fn resolve<'js>(
        &mut self,
        _: &rquickjs::Ctx<'js>,
        _: &str,
        name: &str,
        _: Option<rquickjs::loader::ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        Ok(name.to_owned())
    }
}

impl rquickjs::loader::Loader for Anything {
    fn load<'js>(
        &mut self,
        ctx: &rquickjs::Ctx<'js>,
        name: &str,
        _: Option<rquickjs::loader::ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, rquickjs::module::Declared>> {
        Module::declare(ctx.clone(), name, "")
    }
}
