use std::{
    cell::RefCell,
    collections::HashMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use oxc_resolver::{ResolveError, ResolveOptions, ResolverGeneric};

use crate::{Diagnostic, diagnostic::nearest, files::Files, tsconfig::TsConfig};

/// Finds the files that imports mean.
pub struct Resolver {
    root: PathBuf,
    files: Files,
    imports: ResolverGeneric<Files>,
    requires: ResolverGeneric<Files>,
    /// By folder.
    configs: RefCell<HashMap<PathBuf, Rc<TsConfig>>>,
}

/// How one module names another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// `import` and `export … from`.
    Import,
    /// `require`.
    Require,
}

/// A file that an import means, and what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Code.
    Script(PathBuf),
    /// Data.
    Json(PathBuf),
    /// The file's text as a string (`?raw`).
    Text(PathBuf),
    /// A shader's text, with what it includes.
    Shader(PathBuf),
    /// The file's path as a string (pictures, sounds, `?url`).
    Url(PathBuf),
    /// The file's content as a `data:` URL (`?inline`).
    Inline(PathBuf),
    /// A stylesheet: its fonts.
    Stylesheet(PathBuf),
    /// A loaded picture (`?img`).
    Image(PathBuf),
    /// The numbered pictures of a file's folder, loaded (`?anim`).
    Animation(PathBuf),
    /// A scene of the time when its file named it (`?scene`).
    Scene(PathBuf),
    /// What a package says is nothing in a browser.
    Nothing(PathBuf),
}

impl Found {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Script(path)
            | Self::Json(path)
            | Self::Text(path)
            | Self::Shader(path)
            | Self::Url(path)
            | Self::Inline(path)
            | Self::Stylesheet(path)
            | Self::Image(path)
            | Self::Animation(path)
            | Self::Scene(path)
            | Self::Nothing(path) => path,
        }
    }

    /// The name of the module that it is.
    fn name(&self) -> String {
        let query = match self {
            Self::Script(_) | Self::Json(_) | Self::Stylesheet(_) | Self::Shader(_) => "",
            Self::Text(_) => "?raw",
            Self::Url(_) => "?url",
            Self::Inline(_) => "?inline",
            Self::Image(_) => "?img",
            Self::Animation(_) => "?anim",
            Self::Scene(_) => "?scene",
            Self::Nothing(_) => "?nothing",
        };
        format!("{}{query}", self.path().display())
    }
}

const SCRIPTS: &[&str] = &["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];
const SHADERS: &[&str] = &["glsl", "vert", "frag", "vs", "fs"];
const TEXTS: &[&str] = &["csv", "tsv", "md", "srt", "wgsl"];
const STYLES: &[&str] = &["css", "scss", "sass", "less"];
/// Modules that are a part of Node.js.
const NODE: &[&str] = &[
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
];

/// Whether a specifier means a module of Node.js, if no package has its name.
pub fn is_of_node(specifier: &str) -> bool {
    let plain = specifier.strip_prefix("node:");
    let name = plain.unwrap_or(specifier).split('/').next();
    plain.is_some() || name.is_some_and(|name| NODE.contains(&name))
}

/// The package that a file belongs to, if it lies in `node_modules`.
pub fn package_of(path: &Path) -> Option<String> {
    let text = path.to_string_lossy();
    let (_, inner) = text.rsplit_once("/node_modules/")?;
    Some(package_name(inner))
}

/// The package's part of a plain specifier.
fn package_name(specifier: &str) -> String {
    let parts: Vec<&str> = specifier.split('/').collect();
    match specifier.starts_with('@') {
        true => parts[..parts.len().min(2)].join("/"),
        false => parts[0].to_owned(),
    }
}

impl Resolver {
    /// A resolver for the project in `root`.
    pub fn new(root: &Path, files: Files) -> Self {
        let imports = ResolverGeneric::new_with_file_system(
            files.clone(),
            options(&["import", "module", "browser", "production", "default"]),
        );
        let requires = imports.clone_with_options(ResolveOptions {
            main_fields: texts(&["browser", "main", "module"]),
            ..options(&["require", "browser", "production", "default"])
        });
        Self {
            root: root.to_owned(),
            files,
            imports,
            requires,
            configs: RefCell::default(),
        }
    }

    /// What the nearest `tsconfig.json` above a file says; nothing for packages.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn config(&self, file: &Path) -> Result<Rc<TsConfig>, Diagnostic> {
        let folder = file.parent().unwrap_or(Path::new("/"));
        if package_of(file).is_some() {
            return Ok(Rc::default());
        }
        if let Some(known) = self.configs.borrow().get(folder) {
            return Ok(known.clone());
        }
        let mut names = folder
            .ancestors()
            .map(|folder| folder.join("tsconfig.json"));
        let config = match names.find(|name| self.files.is_file(name)) {
            Some(name) => Rc::new(TsConfig::read(&name, &self.root, &self.files)?),
            None => Rc::default(),
        };
        let mut configs = self.configs.borrow_mut();
        configs.insert(folder.to_owned(), config.clone());
        Ok(config)
    }

    /// The module name and file that `specifier` in the file `from` means.
    ///
    /// # Errors
    /// When there is no such file, with what may help.
    pub fn resolve(
        &self,
        from: &Path,
        specifier: &str,
        manner: Manner,
    ) -> Result<(String, Found), Diagnostic> {
        // a name may hold a question mark itself, but hardly a file's
        let (path, query) = match specifier.split_once('?') {
            Some((path, query)) => (path, query),
            None => (specifier, ""),
        };
        let found = match self.file(from, path, manner)? {
            Some(Target::File(file)) => kind(&file, query)?,
            Some(Target::Nothing(file)) => Found::Nothing(file),
            None => return Err(self.missing(from, specifier, path)),
        };
        Ok((found.name(), found))
    }

    fn file(&self, from: &Path, path: &str, manner: Manner) -> Result<Option<Target>, Diagnostic> {
        let folder = from.parent().unwrap_or(Path::new("/"));
        if let Some(url) = path.strip_prefix("file://") {
            return Ok(self.lookup(folder, url, manner));
        }
        if let Some(below) = path.strip_prefix('/') {
            // as development servers have it: from the project's root or from `public/`
            let places = [self.root.join(below), self.root.join("public").join(below)];
            let mut places = places.into_iter().chain([PathBuf::from(path)]);
            return Ok(places.find_map(|file| self.lookup(folder, &file.to_string_lossy(), manner)));
        }
        if !path.starts_with('.') && !path.starts_with('#') {
            let candidates = self.config(from)?.candidates(path);
            let aliased = candidates
                .iter()
                .find_map(|file| self.lookup(folder, &file.to_string_lossy(), manner));
            if aliased.is_some() {
                return Ok(aliased);
            }
        }
        Ok(self.lookup(folder, path, manner))
    }

    fn lookup(&self, folder: &Path, path: &str, manner: Manner) -> Option<Target> {
        let resolver = match manner {
            Manner::Import => &self.imports,
            Manner::Require => &self.requires,
        };
        match resolver.resolve(folder, path) {
            Ok(found) => Some(Target::File(found.into_path_buf())),
            Err(ResolveError::Ignored(path)) => Some(Target::Nothing(path)),
            Err(_) => None,
        }
    }

    fn missing(&self, from: &Path, specifier: &str, path: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(format!("cannot find module `{specifier}`"));
        let target = from.parent().unwrap_or(Path::new("/")).join(path);
        let is_path = path.starts_with('.') || path.starts_with('/');
        if is_path && self.files.is_fenced_off(&target) {
            return diagnostic
                .hint("it lies outside of the project's folder, and nothing there may be read");
        }
        if is_path {
            return match self.similar_file(&target, path) {
                Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
                None => diagnostic,
            };
        }
        if is_of_node(path) {
            return diagnostic
                .hint("scripts run without Node.js: its own modules do not exist here");
        }
        let package = package_name(path);
        let mut above = from.ancestors().skip(1);
        let modules = |folder: &Path| folder.join("node_modules").join(&package);
        if above.any(|folder| self.files.is_folder(&modules(folder))) {
            return diagnostic.hint(format!(
                "`{package}` is installed, but has no such file for import"
            ));
        }
        if path.starts_with("@/") || path.starts_with('~') {
            return diagnostic.hint(
                "is it an alias of vite.config.ts? put it into `paths` of tsconfig.json, which is read here",
            );
        }
        if path.starts_with('#') {
            return diagnostic.hint("names with `#` are those of `imports` in package.json");
        }
        diagnostic.hint(format!("is the package installed? `npm install {package}`"))
    }

    /// A file beside `target` whose name is nearly the same, in the form that `written` has.
    fn similar_file(&self, target: &Path, written: &str) -> Option<String> {
        let wanted = target.file_name()?.to_str()?;
        let files = self.files.list(target.parent()?);
        let names: Vec<String> = files
            .iter()
            .filter_map(|file| file.file_name()?.to_str().map(str::to_owned))
            .flat_map(|name| {
                let stem = name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
                [Some(name), stem]
            })
            .flatten()
            .collect();
        let name = nearest(wanted, names.iter().map(String::as_str))?;
        let folder = written.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(format!("{folder}/{name}"))
    }
}

enum Target {
    File(PathBuf),
    Nothing(PathBuf),
}

fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn options(conditions: &[&str]) -> ResolveOptions {
    ResolveOptions {
        extensions: texts(&[
            ".tsx", ".ts", ".mts", ".cts", ".jsx", ".js", ".mjs", ".cjs", ".json",
        ]),
        extension_alias: vec![
            (".js".to_owned(), texts(&[".js", ".ts", ".tsx", ".jsx"])),
            (".jsx".to_owned(), texts(&[".jsx", ".tsx"])),
            (".mjs".to_owned(), texts(&[".mjs", ".mts"])),
            (".cjs".to_owned(), texts(&[".cjs", ".cts"])),
        ],
        alias_fields: vec![texts(&["browser"])],
        condition_names: texts(conditions),
        main_fields: texts(&["module", "browser", "main"]),
        node_path: false,
        ..ResolveOptions::default()
    }
}

fn kind(file: &Path, query: &str) -> Result<Found, Diagnostic> {
    let path = file.to_owned();
    let extension = file.extension().and_then(|it| it.to_str()).unwrap_or("");
    let extension = extension.to_lowercase();
    let is_style = STYLES.contains(&extension.as_str());
    let first = query.split('&').next().unwrap_or("");
    Ok(
        match (first.split('=').next().unwrap_or(""), extension.as_str()) {
            ("raw", _) => Found::Text(path),
            ("url", _) => Found::Url(path),
            ("inline", _) if is_style => Found::Text(path),
            ("inline", _) => Found::Inline(path),
            ("img", _) => Found::Image(path),
            ("anim", _) => Found::Animation(path),
            ("scene", _) => Found::Scene(path),
            ("worker" | "sharedworker", _) => {
                let what = format!("imports with `?{query}` need workers, which do not exist here");
                return Err(Diagnostic::error(what).hint("import the file itself"));
            }
            (_, extension) if SCRIPTS.contains(&extension) => Found::Script(path),
            (_, "json" | "meta" | "json5") => Found::Json(path),
            (_, extension) if SHADERS.contains(&extension) => Found::Shader(path),
            (_, extension) if TEXTS.contains(&extension) => Found::Text(path),
            (_, "node" | "wasm") => {
                let what = format!("`.{extension}` modules cannot be run here");
                return Err(
                    Diagnostic::error(what).hint(format!("`{}` is machine code", file.display()))
                );
            }
            _ if is_style => Found::Stylesheet(path),
            _ => Found::Url(path),
        },
    )
}
