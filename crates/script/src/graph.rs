use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Diagnostic, Place,
    diagnostic::{line_and_column, nearest, place},
    resolve::{Found, Resolver},
    runtime,
    transpile::{self, Fault, Links, PlaceMap, Transpiled},
    wrap,
};

/// All modules that a file leads to, ready for the engine.
pub struct Graph {
    root: PathBuf,
    resolver: Resolver,
    modules: HashMap<String, UserModule>,
    edges: HashMap<(String, String), String>,
    stylesheets: Vec<PathBuf>,
    /// Names that some module wants of one that does not declare them, and that it gets.
    extra: HashMap<String, HashSet<String>>,
}

/// A module of the user's, or of one of their packages.
pub struct UserModule {
    /// The file it came from.
    pub path: PathBuf,
    /// The file's text.
    pub source: Arc<str>,
    /// What the engine runs.
    pub code: String,
    map: PlaceMap,
    links: Links,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Exports are known.
    Module,
    /// Exports whatever is asked for.
    Open,
}

impl Graph {
    /// An empty graph of files below `root`.
    pub fn new(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        Self {
            resolver: Resolver::new(&root),
            root,
            modules: HashMap::new(),
            edges: HashMap::new(),
            stylesheets: Vec::new(),
            extra: HashMap::new(),
        }
    }

    /// Adds a file and all that it imports; the name of its module.
    ///
    /// # Errors
    /// All mistakes found in the files.
    pub fn add_file(&mut self, file: &Path) -> Result<String, Vec<Diagnostic>> {
        let path = match fs::canonicalize(file) {
            Ok(path) => path,
            Err(cause) => return Err(vec![unreadable(file, &cause)]),
        };
        let name = path.to_string_lossy().into_owned();
        self.add(vec![(name.clone(), Found::Script(path))])?;
        Ok(name)
    }

    /// Adds what `specifier` in the module `base` means; the name of its module.
    ///
    /// # Errors
    /// All mistakes found, the first of them that there is no such module.
    pub fn add_import(&mut self, base: &str, specifier: &str) -> Result<String, Vec<Diagnostic>> {
        let mut pending = Vec::new();
        match self.follow(base, specifier, None, &mut pending) {
            Ok(name) => {
                self.add(pending)?;
                Ok(name)
            }
            Err(diagnostic) => Err(vec![diagnostic]),
        }
    }

    /// The module that `specifier` in the module `base` means, if it is known already.
    pub fn edge(&self, base: &str, specifier: &str) -> Option<&str> {
        let key = (base.to_owned(), specifier.to_owned());
        self.edges.get(&key).map(String::as_str)
    }

    /// A module by name.
    pub fn module(&self, name: &str) -> Option<&UserModule> {
        self.modules.get(name)
    }

    /// A module's code with the names that others want of it.
    pub fn code(&self, name: &str) -> Option<String> {
        let module = self.modules.get(name)?;
        let mut code = module.code.clone();
        if let Some(extra) = self.extra.get(name) {
            let mut extra: Vec<&String> = extra.iter().collect();
            extra.sort();
            match module.kind {
                Kind::Open => code.push_str(&wrap::exports(&extra)),
                Kind::Module => code.push_str(&wrap::erased_types(&extra)),
            }
        }
        Some(code)
    }

    /// Stylesheets that were imported, in order.
    pub fn stylesheets(&self) -> &[PathBuf] {
        &self.stylesheets
    }

    /// The user's place for one in a module's running code; lines and columns from 0.
    pub fn place(&self, name: &str, line: u32, column: u32) -> Option<Place> {
        let module = self.modules.get(name)?;
        let (line, column) = module.map.source(line, column);
        Some(place(
            &self.root,
            &module.path,
            &module.source,
            line,
            column,
        ))
    }

    /// Whether a module is the user's own, not a package's.
    pub fn is_own(&self, name: &str) -> bool {
        self.modules.contains_key(name) && !name.contains("/node_modules/")
    }

    fn add(&mut self, mut pending: Vec<(String, Found)>) -> Result<(), Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let mut added = Vec::new();
        while let Some((name, found)) = pending.pop() {
            if self.modules.contains_key(&name) {
                continue;
            }
            match self.load(&name, &found) {
                Ok(module) => {
                    self.modules.insert(name.clone(), module);
                    added.push(name.clone());
                    let mut next = Vec::new();
                    self.follow_all(&name, &mut next, &mut diagnostics);
                    pending.extend(next.into_iter().rev());
                }
                Err(faults) => diagnostics.extend(faults),
            }
        }
        if diagnostics.is_empty() {
            for name in &added {
                diagnostics.extend(self.check_names(name));
            }
        }
        if diagnostics.is_empty() {
            return Ok(());
        }
        for name in added {
            self.modules.remove(&name);
        }
        Err(diagnostics)
    }

    fn load(&mut self, name: &str, found: &Found) -> Result<UserModule, Vec<Diagnostic>> {
        let path = found.path();
        let (source, done, kind) = match found {
            Found::Url(_) => (String::new(), wrap::url(path), Kind::Module),
            Found::Stylesheet(_) => {
                self.stylesheets.push(path.to_owned());
                (String::new(), wrap::empty(), Kind::Open)
            }
            Found::Text(_) => {
                let source = read(path)?;
                let done = wrap::text(&source);
                (source, done, Kind::Module)
            }
            Found::Json(_) => {
                let source = read(path)?;
                let done = wrap::json(&source).map_err(|(line, column, message)| {
                    let message = format!("invalid JSON: {message}");
                    let at = place(&self.root, path, &source, line, column);
                    vec![Diagnostic::error(message).at(Some(at))]
                })?;
                (source, done, Kind::Open)
            }
            Found::Script(_) => {
                let source = read(path)?;
                let (done, kind) = self
                    .compile(name, path, &source)
                    .map_err(|faults| self.faults(path, &source, faults))?;
                (source, done, kind)
            }
        };
        Ok(UserModule {
            path: path.to_owned(),
            source: source.into(),
            code: done.code,
            map: done.map,
            links: done.links,
            kind,
        })
    }

    fn compile(
        &self,
        name: &str,
        path: &Path,
        source: &str,
    ) -> Result<(Transpiled, Kind), Vec<Fault>> {
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
        let plain = matches!(extension, "js" | "mjs" | "cjs");
        if plain && (extension == "cjs" || name.contains("/node_modules/")) {
            let links = transpile::scan(source, path)?;
            if !links.is_module && extension != "mjs" {
                return Ok((wrap::common_js(source, path), Kind::Open));
            }
            let done = Transpiled {
                code: source.to_owned(),
                map: PlaceMap::default(),
                links,
            };
            return Ok((done, Kind::Module));
        }
        Ok((transpile::transpile(source, path)?, Kind::Module))
    }

    fn faults(&self, path: &Path, source: &str, faults: Vec<Fault>) -> Vec<Diagnostic> {
        faults
            .into_iter()
            .map(|fault| {
                let at = fault.offset.map(|offset| {
                    let (line, column) = line_and_column(source, offset);
                    place(&self.root, path, source, line, column)
                });
                let diagnostic = Diagnostic::error(fault.message).at(at);
                match fault.help {
                    Some(help) => diagnostic.hint(help),
                    None => diagnostic,
                }
            })
            .collect()
    }

    fn follow_all(
        &mut self,
        name: &str,
        pending: &mut Vec<(String, Found)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let module = &self.modules[name];
        let optional = module.kind == Kind::Open;
        let mut wanted: Vec<(String, Option<Place>)> = Vec::new();
        for import in &module.links.imports {
            if wanted.iter().any(|(known, _)| *known == import.specifier) {
                continue;
            }
            let at = self.span_place(name, import.span.start);
            wanted.push((import.specifier.clone(), at));
        }
        for (specifier, at) in wanted {
            match self.follow(name, &specifier, at, pending) {
                Ok(_) => {}
                // a `require` that fails does so when it is reached
                Err(_) if optional => {
                    let edge = (name.to_owned(), specifier);
                    self.edges.insert(edge, "kinora:globals/missing".to_owned());
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }

    fn follow(
        &mut self,
        base: &str,
        specifier: &str,
        at: Option<Place>,
        pending: &mut Vec<(String, Found)>,
    ) -> Result<String, Diagnostic> {
        let name = if let Some(name) = runtime::resolve(specifier) {
            name.to_owned()
        } else if let Some(path) = runtime::package_path(specifier) {
            return Err(self.no_runtime_module(specifier, path).at(at));
        } else {
            let from = self
                .modules
                .get(base)
                .map_or(Path::new(base), |it| &it.path);
            let (name, found) = self
                .resolver
                .resolve(from, specifier)
                .map_err(|diagnostic| diagnostic.at(at))?;
            pending.push((name.clone(), found));
            name
        };
        let edge = (base.to_owned(), specifier.to_owned());
        self.edges.insert(edge, name.clone());
        Ok(name)
    }

    fn no_runtime_module(&self, specifier: &str, path: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(format!("cannot find module `{specifier}`"));
        let package = path.split('/').next().unwrap_or(path);
        if runtime::resolve(&format!("@revideo/{package}")).is_none() {
            return diagnostic.hint(format!("there is no `@revideo/{package}` here: scenes can import `@revideo/core` and `@revideo/2d`"));
        }
        let names: Vec<String> = runtime::public_names().collect();
        match nearest(specifier, names.iter().map(String::as_str)) {
            Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
            None => diagnostic.hint(format!("import from `@revideo/{package}` instead")),
        }
    }

    fn span_place(&self, name: &str, offset: u32) -> Option<Place> {
        let module = &self.modules[name];
        let (line, column) = line_and_column(&module.source, offset);
        Some(place(
            &self.root,
            &module.path,
            &module.source,
            line,
            column,
        ))
    }

    /// Names that `name` imports and that its sources do not export.
    fn check_names(&mut self, name: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut extra: Vec<(String, String)> = Vec::new();
        for import in &self.modules[name].links.imports {
            let Some(target) = self.edge(name, &import.specifier) else {
                continue;
            };
            for (wanted, span) in &import.names {
                match self.offer(target, wanted, &mut HashSet::new()) {
                    Offer::Yes => {}
                    Offer::Add(module) => extra.push((module, wanted.clone())),
                    Offer::No => {
                        let at = self.span_place(name, span.start);
                        let names = self.exports(target, &mut HashSet::new());
                        diagnostics.push(no_export(&import.specifier, wanted, &names).at(at));
                    }
                }
            }
        }
        for (module, wanted) in extra {
            self.extra.entry(module).or_default().insert(wanted);
        }
        diagnostics
    }

    fn offer(&self, target: &str, wanted: &str, seen: &mut HashSet<String>) -> Offer {
        if let Some(module) = runtime::MODULES.get(target) {
            return if module.exports.contains(&wanted) {
                Offer::Yes
            } else {
                Offer::No
            };
        }
        let Some(module) = self.modules.get(target) else {
            return Offer::Yes;
        };
        if !seen.insert(target.to_owned()) {
            return Offer::No;
        }
        if module.links.exports.iter().any(|name| name == wanted) {
            return Offer::Yes;
        }
        if module.kind == Kind::Open || module.links.types.iter().any(|name| name == wanted) {
            return Offer::Add(target.to_owned());
        }
        if wanted != "default" {
            for star in &module.links.stars {
                match self
                    .edge(target, star)
                    .map(|next| self.offer(next, wanted, seen))
                {
                    None | Some(Offer::No) => {}
                    Some(found) => return found,
                }
            }
        }
        Offer::No
    }

    fn exports(&self, target: &str, seen: &mut HashSet<String>) -> Vec<String> {
        if let Some(module) = runtime::MODULES.get(target) {
            return module.exports.iter().map(|&name| name.to_owned()).collect();
        }
        let Some(module) = self.modules.get(target) else {
            return Vec::new();
        };
        if !seen.insert(target.to_owned()) {
            return Vec::new();
        }
        let mut names = module.links.exports.clone();
        for star in &module.links.stars {
            if let Some(next) = self.edge(target, star) {
                names.extend(self.exports(next, seen));
            }
        }
        names
    }
}

enum Offer {
    Yes,
    /// It does not exist, but this module can be given it.
    Add(String),
    No,
}

fn no_export(specifier: &str, wanted: &str, names: &[String]) -> Diagnostic {
    let what = match wanted {
        "default" => format!("`{specifier}` has no default export"),
        name => format!("`{specifier}` has no export `{name}`"),
    };
    let diagnostic = Diagnostic::error(what);
    if wanted == "default" {
        let braces = "import what you need by name: `import {…} from`";
        return if names.is_empty() {
            diagnostic
        } else {
            diagnostic.hint(braces)
        };
    }
    if let Some(name) = nearest(wanted, names.iter().map(String::as_str)) {
        return diagnostic.hint(format!("did you mean `{name}`?"));
    }
    let package = runtime::resolve(specifier).and_then(|_| {
        ["@revideo/core", "@revideo/2d"].into_iter().find(|other| {
            runtime::resolve(other)
                .and_then(|name| runtime::MODULES.get(name))
                .is_some_and(|module| module.exports.contains(&wanted))
        })
    });
    match package {
        Some(package) => diagnostic.hint(format!("`{package}` exports it")),
        None => diagnostic,
    }
}

fn read(path: &Path) -> Result<String, Vec<Diagnostic>> {
    let bytes = fs::read(path).map_err(|cause| vec![unreadable(path, &cause)])?;
    String::from_utf8(bytes)
        .map(|text| {
            text.strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text)
        })
        .map_err(|_| {
            vec![Diagnostic::error(format!(
                "`{}` is not UTF-8 text",
                path.display()
            ))]
        })
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Diagnostic {
    let shown = path.display();
    match cause.kind() {
        std::io::ErrorKind::NotFound => Diagnostic::error(format!("there is no file `{shown}`")),
        _ => Diagnostic::error(format!("cannot read `{shown}`: {cause}")),
    }
}
