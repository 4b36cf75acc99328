use std::path::{Path, PathBuf};

use oxc_resolver::{ResolveOptions, TsconfigDiscovery, TsconfigOptions, TsconfigReferences};

use crate::{Diagnostic, diagnostic::nearest};

/// Finds the files that imports mean.
pub struct Resolver {
    root: PathBuf,
    files: oxc_resolver::Resolver,
    /// With the path aliases of the project's `tsconfig.json`.
    aliases: Option<oxc_resolver::Resolver>,
}

/// A file that an import means, and what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Code.
    Script(PathBuf),
    /// Data.
    Json(PathBuf),
    /// The file's text as a string (`?raw`, shaders).
    Text(PathBuf),
    /// The file's path as a string (pictures, sounds, `?url`).
    Url(PathBuf),
    /// A stylesheet: its fonts.
    Stylesheet(PathBuf),
}

impl Found {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Script(path)
            | Self::Json(path)
            | Self::Text(path)
            | Self::Url(path)
            | Self::Stylesheet(path) => path,
        }
    }
}

const SCRIPTS: &[&str] = &["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];
const TEXTS: &[&str] = &["glsl", "vert", "frag", "csv", "srt", "vtt"];
const STYLES: &[&str] = &["css", "scss", "sass", "less"];
const NODE: &[&str] = &[
    "assert",
    "buffer",
    "child_process",
    "crypto",
    "events",
    "fs",
    "fs/promises",
    "http",
    "https",
    "net",
    "os",
    "path",
    "process",
    "stream",
    "url",
    "util",
    "worker_threads",
    "zlib",
];

impl Resolver {
    /// A resolver for the project in `root`.
    pub fn new(root: &Path) -> Self {
        let config = root.join("tsconfig.json");
        let aliases = config.exists().then(|| {
            oxc_resolver::Resolver::new(ResolveOptions {
                tsconfig: Some(TsconfigDiscovery::Manual(TsconfigOptions {
                    config_file: config,
                    references: TsconfigReferences::Disabled,
                })),
                ..options()
            })
        });
        Self {
            root: root.to_owned(),
            files: oxc_resolver::Resolver::new(options()),
            aliases,
        }
    }

    /// The module name and file that `specifier` in the file `from` means.
    ///
    /// # Errors
    /// When there is no such file, with what may help.
    pub fn resolve(&self, from: &Path, specifier: &str) -> Result<(String, Found), Diagnostic> {
        let (path, query) = match specifier.split_once('?') {
            Some((path, query)) => (path, query),
            None => (specifier, ""),
        };
        let Some(file) = self.file(from, path) else {
            return Err(self.missing(from, specifier, path));
        };
        let found = kind(&file, query).map_err(Diagnostic::error)?;
        let name = match &found {
            Found::Text(_) => format!("{}?raw", file.display()),
            Found::Url(_) => format!("{}?url", file.display()),
            _ => file.display().to_string(),
        };
        Ok((name, found))
    }

    fn file(&self, from: &Path, path: &str) -> Option<PathBuf> {
        let folder = from.parent().unwrap_or(Path::new("/"));
        if let Some(below) = path.strip_prefix('/') {
            // as development servers have it: from the project's root or from `public/`
            return [self.root.join(below), self.root.join("public").join(below)]
                .into_iter()
                .chain([PathBuf::from(path)])
                .find_map(|file| self.lookup(folder, &file.to_string_lossy()));
        }
        self.lookup(folder, path)
    }

    fn lookup(&self, folder: &Path, path: &str) -> Option<PathBuf> {
        let resolve = |resolver: &oxc_resolver::Resolver| {
            resolver
                .resolve(folder, path)
                .ok()
                .map(|found| found.into_path_buf())
        };
        resolve(&self.files).or_else(|| self.aliases.as_ref().and_then(resolve))
    }

    fn missing(&self, from: &Path, specifier: &str, path: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(format!("cannot find module `{specifier}`"));
        if path.starts_with('.') || path.starts_with('/') {
            let target = from.parent().unwrap_or(Path::new("/")).join(path);
            return match similar_file(&target, path) {
                Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
                None => diagnostic,
            };
        }
        let package: Vec<&str> = path.split('/').collect();
        let package = match path.starts_with('@') {
            true => package[..package.len().min(2)].join("/"),
            false => package[0].to_owned(),
        };
        if NODE.contains(&path.trim_start_matches("node:")) {
            return diagnostic
                .hint("scripts run without Node.js: its own modules do not exist here");
        }
        if self.root.join("node_modules").join(&package).exists() {
            return diagnostic.hint(format!(
                "`{package}` is installed, but has no such file for import"
            ));
        }
        diagnostic.hint(format!("is the package installed? `npm install {package}`"))
    }
}

fn options() -> ResolveOptions {
    let texts = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    ResolveOptions {
        extensions: texts(&[
            ".tsx", ".ts", ".mts", ".jsx", ".js", ".mjs", ".cjs", ".json",
        ]),
        extension_alias: vec![
            (".js".to_owned(), texts(&[".js", ".ts", ".tsx", ".jsx"])),
            (".jsx".to_owned(), texts(&[".jsx", ".tsx"])),
            (".mjs".to_owned(), texts(&[".mjs", ".mts"])),
        ],
        condition_names: texts(&["import", "module", "browser", "development", "default"]),
        main_fields: texts(&["browser", "module", "main"]),
        ..ResolveOptions::default()
    }
}

fn kind(file: &Path, query: &str) -> Result<Found, String> {
    let path = file.to_owned();
    let extension = file
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or("")
        .to_lowercase();
    let extension = extension.as_str();
    Ok(match query {
        "raw" => Found::Text(path),
        "url" => Found::Url(path),
        "img" | "anim" => {
            return Err(format!(
                "imports with `?{query}` need a browser: import the file itself"
            ));
        }
        _ if SCRIPTS.contains(&extension) => Found::Script(path),
        _ if extension == "json" || extension == "meta" => Found::Json(path),
        _ if TEXTS.contains(&extension) => Found::Text(path),
        _ if STYLES.contains(&extension) => Found::Stylesheet(path),
        _ => Found::Url(path),
    })
}

/// A file beside `target` whose name is nearly the same, in the form that `written` has.
fn similar_file(target: &Path, written: &str) -> Option<String> {
    let wanted = target.file_name()?.to_str()?;
    let entries = std::fs::read_dir(target.parent()?).ok()?;
    let names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
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
