mod names;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Diagnostic, Place,
    diagnostic::{line_and_column, nearest, place},
    env_file,
    files::Files,
    glob,
    resolve::{Found, Manner, Resolver, is_of_node, package_of},
    runtime, shader,
    transpile::{self, CommonJs, Fault, Links, PlaceMap, Plain, Transpiled},
    wrap::{self, Required},
};

/// What marks the name of the module that runs a CommonJS file.
const CORE: &str = "?cjs";
/// What marks the name of a CommonJS file's own text.
const TEXT: &str = "?text";

/// The file's part of a name.
fn file_of(name: &str) -> &str {
    let name = name.strip_suffix(CORE).unwrap_or(name);
    name.strip_suffix(TEXT).unwrap_or(name)
}

/// All modules that a file leads to, ready for the engine.
pub struct Graph {
    root: PathBuf,
    files: Files,
    resolver: Resolver,
    modules: HashMap<String, UserModule>,
    edges: HashMap<(String, String), String>,
    /// Why names that CommonJS modules require lead nowhere.
    dead_ends: HashMap<(String, String), String>,
    /// Which module asked for one first, and where.
    importers: HashMap<String, (String, Option<Place>)>,
    /// Addresses of stylesheets.
    stylesheets: Vec<String>,
    /// Files that modules give the addresses of.
    assets: Vec<PathBuf>,
    /// Names that some module wants of one that does not declare them, and that it gets.
    extra: HashMap<String, HashSet<String>>,
    trusts_all: bool,
    /// What the project's `.env` files give to `import.meta.env`.
    environment: Option<BTreeMap<String, String>>,
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

#[derive(Debug)]
enum Kind {
    /// Exports are known.
    Module,
    /// Exports are known; the text is not the user's.
    Made,
    /// Exports whatever is asked for.
    Open,
    /// Exports whatever is asked for, once it has run.
    CommonJs(CommonJs),
}

impl UserModule {
    fn is_open(&self) -> bool {
        match &self.kind {
            Kind::Open => true,
            Kind::CommonJs(own) => own.is_used,
            Kind::Module | Kind::Made => false,
        }
    }
}

impl Graph {
    /// An empty graph of files below `root`; of no others when `confined`.
    pub fn new(root: &Path, confined: bool) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let files = Files::new(&root, confined);
        Self {
            resolver: Resolver::new(&root, files.clone()),
            files,
            root,
            modules: HashMap::new(),
            edges: HashMap::new(),
            dead_ends: HashMap::new(),
            importers: HashMap::new(),
            stylesheets: Vec::new(),
            assets: Vec::new(),
            extra: HashMap::new(),
            trusts_all: false,
            environment: None,
        }
    }

    /// The same; when `trusts_all`, every module may import all of the runtime.
    pub fn trusting_all(self, trusts_all: bool) -> Self {
        Self { trusts_all, ..self }
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
        let base = file_of(base);
        let mut pending = Vec::new();
        match self.follow(base, specifier, Manner::Import, None, &mut pending) {
            Ok(name) => {
                self.add(pending)?;
                Ok(name)
            }
            Err(diagnostic) => Err(vec![diagnostic]),
        }
    }

    /// The module that `specifier` in the module `base` means, if it is known already.
    pub fn edge(&self, base: &str, specifier: &str) -> Option<&str> {
        let key = (file_of(base).to_owned(), specifier.to_owned());
        self.edges.get(&key).map(String::as_str)
    }

    /// Whether there is a module of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.modules
            .contains_key(name.strip_suffix(CORE).unwrap_or(name))
    }

    /// Whether a module's text is this program's own, which may import of the
    /// runtime what users may not.
    pub fn is_made(&self, name: &str) -> bool {
        if self.trusts_all {
            return true;
        }
        if let Some(file) = name.strip_suffix(CORE) {
            return self.modules.contains_key(file);
        }
        let module = self.modules.get(name);
        module.is_some_and(|module| matches!(module.kind, Kind::Made))
    }

    /// A module's code with the names that others want of it.
    pub fn code(&self, name: &str) -> Option<String> {
        if let Some(file) = name.strip_suffix(CORE) {
            return self.core(file);
        }
        let module = self.modules.get(name)?;
        let extra = self.extra.get(name);
        let mut extra: Vec<&String> = extra.into_iter().flatten().collect();
        extra.sort();
        let mut code = module.code.clone();
        match &module.kind {
            Kind::Made => {}
            Kind::Module => code.push_str(&wrap::erased_types(&extra)),
            Kind::Open => code.push_str(&wrap::exports(&extra)),
            Kind::CommonJs(_) => {
                let mut names = self.exports(name, &mut HashSet::new());
                names.extend(extra.into_iter().cloned());
                names.retain(|name| name != "default");
                names.sort();
                names.dedup();
                let names: Vec<&String> = names.iter().collect();
                code = wrap::common_js_face(&format!("{name}{CORE}"), &names);
            }
        }
        Some(code)
    }

    /// The module that runs a CommonJS file.
    fn core(&self, file: &str) -> Option<String> {
        let Kind::CommonJs(links) = &self.modules.get(file)?.kind else {
            return None;
        };
        let required = links.requires.iter().map(|(specifier, _)| {
            let key = (file.to_owned(), specifier.clone());
            let found = match (self.edges.get(&key), self.dead_ends.get(&key)) {
                (Some(target), _) => Required::Module(self.as_required(target)),
                (None, Some(why)) => Required::Missing(why.clone()),
                (None, None) => Required::Missing(format!("cannot find module `{specifier}`")),
            };
            (specifier.clone(), found)
        });
        Some(wrap::common_js_core(file, &required.collect::<Vec<_>>()))
    }

    /// The name of a module for those who require it.
    fn as_required(&self, target: &str) -> String {
        match self.modules.get(target).map(|module| &module.kind) {
            Some(Kind::CommonJs(_)) => format!("{target}{CORE}"),
            _ => target.to_owned(),
        }
    }

    /// What is run of a CommonJS file: the name of its text, and that text, an
    /// expression that is a function.
    pub fn common_js(&self, file: &str) -> Option<(String, String)> {
        let module = self.modules.get(file)?;
        let (start, end) = (wrap::COMMON_JS_START, wrap::COMMON_JS_END);
        let source = match module.source.strip_prefix("#!") {
            Some(rest) => format!("//{rest}"),
            None => module.source.to_string(),
        };
        matches!(module.kind, Kind::CommonJs(_))
            .then(|| (format!("{file}{TEXT}"), format!("{start}{source}{end}")))
    }

    /// All files that were read for modules, packages and settings included, and those
    /// whose addresses modules give.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = self.files.seen();
        files.extend(self.modules.values().map(|module| module.path.clone()));
        files.retain(|file| file.is_file());
        files.sort();
        files.dedup();
        files
    }

    /// What the project's `.env` files give to `import.meta.env`.
    pub fn environment(&mut self) -> &BTreeMap<String, String> {
        self.environment
            .get_or_insert_with(|| env_file::read(&self.root, &self.files))
    }

    /// Addresses of the stylesheets that were imported, in order.
    pub fn stylesheets(&self) -> &[String] {
        &self.stylesheets
    }

    /// Files that modules give the addresses of, since this was last asked.
    pub fn take_assets(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.assets)
    }

    /// The user's place for one in a module's running code; lines and columns from 0.
    pub fn place(&self, name: &str, line: u32, column: u32) -> Option<Place> {
        let module = self.modules.get(file_of(name))?;
        let is_text = name.ends_with(TEXT);
        let (line, column) = match &module.kind {
            // what gives it to others is not the user's
            Kind::CommonJs(_) if !is_text => return None,
            Kind::CommonJs(_) if line == 0 => {
                let start = wrap::COMMON_JS_START.len() as u32;
                (line, column.saturating_sub(start))
            }
            _ => module.map.source(line, column),
        };
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
        self.contains(name) && !name.contains("/node_modules/")
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
        let made = |done| (String::new(), done, Kind::Made);
        let (source, done, kind) = match found {
            Found::Url(_) => {
                self.assets.push(path.to_owned());
                made(wrap::url(path))
            }
            Found::Image(_) => {
                self.assets.push(path.to_owned());
                made(wrap::image(path))
            }
            Found::Animation(_) => {
                let pictures = self.animation(path).map_err(|fault| vec![fault])?;
                self.assets.extend_from_slice(&pictures);
                made(wrap::animation(&pictures))
            }
            Found::Inline(_) => {
                let bytes = self.files.bytes(path);
                let bytes = bytes.map_err(|cause| vec![unreadable(path, &cause)])?;
                made(wrap::inline(path, &bytes))
            }
            Found::Scene(_) => {
                let meta = self.meta(path)?.unwrap_or_else(|| "null".to_owned());
                (self.read(path)?, wrap::scene(path, &meta), Kind::Made)
            }
            Found::Stylesheet(_) => {
                self.stylesheets.push(path.to_string_lossy().into_owned());
                self.assets.push(path.to_owned());
                (String::new(), wrap::empty(), Kind::Open)
            }
            Found::Nothing(_) => (String::new(), wrap::empty(), Kind::Open),
            Found::Text(_) => made(wrap::text(&self.read(path)?)),
            Found::Shader(_) => made(wrap::text(&self.shader(path)?)),
            Found::Json(_) => {
                let source = self.read(path)?;
                let done =
                    wrap::json(&source).map_err(|fault| self.no_json(path, &source, fault))?;
                (source, done, Kind::Open)
            }
            Found::Script(_) => {
                let source = self.read(path)?;
                let (done, kind) = self.compile(name, path, &source)?;
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

    /// The `.meta` file beside a script, which is JSON, if there is one.
    ///
    /// # Errors
    /// When it cannot be read or is no JSON.
    pub fn meta(&self, script: &Path) -> Result<Option<String>, Vec<Diagnostic>> {
        let path = script.with_extension("meta");
        if !self.files.is_file(&path) {
            return Ok(None);
        }
        let source = self.read(&path)?;
        match wrap::json(&source) {
            Ok(_) => Ok(Some(source)),
            Err(fault) => Err(self.no_json(&path, &source, fault)),
        }
    }

    fn no_json(
        &self,
        path: &Path,
        source: &str,
        (line, column, message): (u32, u32, String),
    ) -> Vec<Diagnostic> {
        let at = place(&self.root, path, source, line, column);
        vec![Diagnostic::error(format!("invalid JSON: {message}")).at(Some(at))]
    }

    fn read(&self, path: &Path) -> Result<String, Vec<Diagnostic>> {
        let text = self.files.text(path);
        text.map_err(|cause| vec![unreadable(path, &cause)])
    }

    /// A shader's text with those that it includes.
    fn shader(&self, path: &Path) -> Result<String, Vec<Diagnostic>> {
        let source = self.read(path)?;
        let find = |from: &Path, name: &str| {
            let found = self.resolver.resolve(from, name, Manner::Import);
            let plain = || {
                self.resolver
                    .resolve(from, &format!("./{name}"), Manner::Import)
            };
            let (_, found) = found.or_else(|_| plain()).ok()?;
            Some(found.path().to_owned())
        };
        shader::expand(path, &source, &self.files, &find).map_err(|fault| {
            let (line, column) = fault.place;
            let at = place(&self.root, &fault.file, &fault.source, line, column);
            vec![Diagnostic::error(fault.message).at(Some(at))]
        })
    }

    /// The pictures of a file's folder that have a number, in the numbers' order.
    fn animation(&self, path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        let number = |file: &PathBuf| {
            let picture = ["png", "jpg", "jpeg", "webp"];
            let ending = file.extension()?.to_str()?.to_lowercase();
            let stem = file.file_stem()?.to_str()?;
            let digits = stem.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            let number: u64 = digits.parse().ok()?;
            picture.contains(&ending.as_str()).then_some(number)
        };
        let mut pictures: Vec<(u64, PathBuf)> = self
            .files
            .list(folder)
            .into_iter()
            .filter_map(|file| Some((number(&file)?, file)))
            .collect();
        pictures.sort();
        if pictures.is_empty() {
            let what = format!("`{}` holds no numbered pictures", folder.display());
            return Err(Diagnostic::error(what).hint("name them like `frame-001.png`"));
        }
        Ok(pictures.into_iter().map(|(_, file)| file).collect())
    }

    fn compile(
        &self,
        name: &str,
        path: &Path,
        source: &str,
    ) -> Result<(Transpiled, Kind), Vec<Diagnostic>> {
        let told = |faults| self.faults(path, source, faults);
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
        let is_package = name.contains("/node_modules/");
        if matches!(extension, "js" | "mjs" | "cjs") {
            let as_it_stands = |code: &str, links, kind| {
                let map = PlaceMap::default();
                let code = code.to_owned();
                Ok((Transpiled { code, map, links }, kind))
            };
            match transpile::scan(source, path) {
                Ok(Plain::CommonJs(own)) if is_package || extension == "cjs" || own.is_used => {
                    let links = Links {
                        exports: vec!["default".to_owned()],
                        ..Links::default()
                    };
                    return as_it_stands("", links, Kind::CommonJs(own));
                }
                Ok(Plain::Module(links)) if is_package => {
                    return as_it_stands(source, links, Kind::Module);
                }
                Err(faults) if is_package || extension == "cjs" => return Err(told(faults)),
                // one's own may hold what only a compiler understands
                _ => {}
            }
        }
        let config = self.resolver.config(path).map_err(|fault| vec![fault])?;
        if !source.contains("import.meta.glob") {
            let done = transpile::transpile(source, path, &config.dialect).map_err(told)?;
            return Ok((done, Kind::Module));
        }
        let (root, files) = (&self.root, &self.files);
        let expand = || Ok(glob::expand(source, path, root, files));
        let expanded = transpile::guarded(source, expand).map_err(told)?;
        let text = expanded.as_ref().map_or(source, |expanded| &expanded.text);
        let origin = |offset: u32| match &expanded {
            Some(expanded) => expanded.origin(offset),
            None => offset,
        };
        let done = transpile::transpile(text, path, &config.dialect);
        let mut done = done.map_err(|mut faults| {
            for fault in &mut faults {
                fault.offset = fault.offset.map(origin);
            }
            told(faults)
        })?;
        for import in &mut done.links.imports {
            import.span = origin(import.span.start)..origin(import.span.end);
            for (_, span) in &mut import.names {
                *span = origin(span.start)..origin(span.end);
            }
        }
        Ok((done, Kind::Module))
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
        let mut wanted: Vec<(String, Option<Place>)> = Vec::new();
        for import in &module.links.imports {
            if wanted.iter().any(|(known, _)| *known == import.specifier) {
                continue;
            }
            let at = self.span_place(name, import.span.start);
            wanted.push((import.specifier.clone(), at));
        }
        for (specifier, at) in wanted {
            let followed = self.follow(name, &specifier, Manner::Import, at, pending);
            diagnostics.extend(followed.err());
        }
        let Kind::CommonJs(own) = &self.modules[name].kind else {
            return;
        };
        for (specifier, span) in own.requires.clone() {
            let at = self.span_place(name, span.start);
            let followed = self.follow(name, &specifier, Manner::Require, at, pending);
            // a `require` that fails does so when it is reached
            if let Err(diagnostic) = followed {
                let hints = diagnostic
                    .hints
                    .iter()
                    .map(|hint| format!("\n  hint: {hint}"));
                let why = format!("{}{}", diagnostic.message, hints.collect::<String>());
                self.dead_ends.insert((name.to_owned(), specifier), why);
            }
        }
    }

    fn follow(
        &mut self,
        base: &str,
        specifier: &str,
        manner: Manner,
        at: Option<Place>,
        pending: &mut Vec<(String, Found)>,
    ) -> Result<String, Diagnostic> {
        let internal = runtime::internal(specifier).filter(|_| self.trusts_all);
        let name = if let Some(name) = internal.or_else(|| runtime::resolve(specifier)) {
            name.to_owned()
        } else if let Some(path) =
            runtime::package_path(specifier).filter(|_| runtime::package(specifier).is_some())
        {
            return Err(self.no_runtime_module(specifier, path).at(at));
        } else if specifier.starts_with("http://") || specifier.starts_with("https://") {
            let name = self.remote(specifier).map_err(|fault| fault.at(at))?;
            pending.retain(|(known, _)| *known != name);
            name
        } else {
            let from = self.modules.get(base).map(|it| it.path.clone());
            let from = from.unwrap_or_else(|| PathBuf::from(base));
            let found = self.resolver.resolve(&from, specifier, manner);
            let (name, found) = found.map_err(|fault| {
                // one's own packages may have names of the same scope; others are not here
                let fault = match runtime::package_path(specifier) {
                    Some(path) if fault.message.starts_with("cannot find") => {
                        self.no_runtime_module(specifier, path)
                    }
                    _ => fault,
                };
                self.explain(fault, base, specifier, at.clone())
            })?;
            self.importers
                .entry(name.clone())
                .or_insert_with(|| (base.to_owned(), at));
            pending.push((name.clone(), found));
            name
        };
        let edge = (base.to_owned(), specifier.to_owned());
        self.edges.insert(edge, name.clone());
        Ok(name)
    }

    /// The module of a stylesheet on the network.
    fn remote(&mut self, url: &str) -> Result<String, Diagnostic> {
        let path = url.split(['?', '#']).next().unwrap_or(url);
        if !path.ends_with(".css") && !path.contains("/css") {
            let what = format!("modules are not loaded from the network: `{url}`");
            let hint = "install the package, or put the file into the project";
            return Err(Diagnostic::error(what).hint(hint));
        }
        if !self.modules.contains_key(url) {
            self.stylesheets.push(url.to_owned());
            let done = wrap::empty();
            let module = UserModule {
                path: PathBuf::from(url),
                source: "".into(),
                code: done.code,
                map: done.map,
                links: done.links,
                kind: Kind::Open,
            };
            self.modules.insert(url.to_owned(), module);
        }
        Ok(url.to_owned())
    }

    /// A fault in what `base` imports, with how the project came to it when `base`
    /// is a package's.
    fn explain(
        &self,
        fault: Diagnostic,
        base: &str,
        specifier: &str,
        at: Option<Place>,
    ) -> Diagnostic {
        let Some(package) = package_of(Path::new(base)) else {
            return fault.at(at);
        };
        let mut chain = vec![self.shown(base)];
        let mut own = None;
        let mut module = base;
        while let Some((importer, place)) = self.importers.get(module) {
            chain.push(self.shown(importer));
            module = importer;
            if package_of(Path::new(importer)).is_none() {
                own = place.clone();
                break;
            }
            if chain.len() > 20 {
                break;
            }
        }
        chain.reverse();
        let chain = format!("imported this way: {}", chain.join(" → "));
        if !is_of_node(specifier) {
            return fault.at(at).hint(chain);
        }
        let what = format!(
            "the package `{package}` needs Node.js: it imports `{specifier}`, which does not exist here"
        );
        Diagnostic::error(what).at(own.or(at)).hint(chain)
    }

    /// A module's file as messages name it.
    fn shown(&self, name: &str) -> String {
        let path = self
            .modules
            .get(name)
            .map_or(Path::new(name), |it| &it.path);
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.display().to_string()
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
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Diagnostic {
    let shown = path.display();
    match cause.kind() {
        std::io::ErrorKind::NotFound => Diagnostic::error(format!("there is no file `{shown}`")),
        std::io::ErrorKind::InvalidData => {
            Diagnostic::error(format!("`{shown}` is not UTF-8 text"))
        }
        _ => Diagnostic::error(format!("cannot read `{shown}`: {cause}")),
    }
}
