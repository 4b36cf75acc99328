//! What a project's `tsconfig.json` says of modules and of the language.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::{Diagnostic, Place, diagnostic::place, files::Files, transpile::Dialect};

/// How many files may extend one another.
const DEPTH: usize = 16;

/// Settings of a `tsconfig.json` and of those it extends.
#[derive(Clone, Debug, Default)]
pub struct TsConfig {
    /// The language of the files it is for.
    pub dialect: Dialect,
    /// Where plain names are looked for first.
    pub base: Option<PathBuf>,
    /// Patterns of names, each with the files meant, in full; the most special first.
    pub paths: Vec<(String, Vec<String>)>,
}

impl TsConfig {
    /// Reads `file` and what it extends.
    ///
    /// # Errors
    /// When one of them is not a JSON object.
    pub fn read(file: &Path, root: &Path, files: &Files) -> Result<Self, Diagnostic> {
        let mut config = Self::default();
        config.add(file, root, files, DEPTH)?;
        // the longest fixed beginning wins
        let start = |pattern: &str| pattern.find('*').unwrap_or(usize::MAX);
        config
            .paths
            .sort_by_key(|(pattern, _)| std::cmp::Reverse(start(pattern)));
        Ok(config)
    }

    /// The files that `paths` and `baseUrl` make of a module's name, best first.
    pub fn candidates(&self, specifier: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for (pattern, targets) in &self.paths {
            let Some(middle) = matched(pattern, specifier) else {
                continue;
            };
            found.extend(
                targets
                    .iter()
                    .map(|target| target.replacen('*', middle, 1).into()),
            );
            break;
        }
        found.extend(self.base.iter().map(|base| base.join(specifier)));
        found
    }

    fn add(
        &mut self,
        file: &Path,
        root: &Path,
        files: &Files,
        depth: usize,
    ) -> Result<(), Diagnostic> {
        let Ok(source) = files.text(file) else {
            return Ok(());
        };
        let value = parse(&source).map_err(|(line, column, message)| {
            let at: Place = place(root, file, &source, line, column);
            Diagnostic::error(format!("invalid JSON: {message}")).at(Some(at))
        })?;
        let folder = file.parent().unwrap_or(Path::new("/"));
        let extended = match &value["extends"] {
            Value::String(name) => vec![name.clone()],
            Value::Array(names) => names
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        };
        for name in extended {
            // What cannot be found says nothing: `@revideo/2d/tsconfig.project.json` of a
            // project without node_modules says what is so without it.
            if depth > 0
                && let Some(base) = find(folder, &name, files)
            {
                self.add(&base, root, files, depth - 1)?;
            }
        }
        if let Value::Object(options) = &value["compilerOptions"] {
            self.take(options, folder);
        }
        Ok(())
    }

    fn take(&mut self, options: &Map<String, Value>, folder: &Path) {
        let text = |name: &str| options.get(name).and_then(Value::as_str);
        let switch = |name: &str| options.get(name).and_then(Value::as_bool);
        let dialect = &mut self.dialect;
        if let Some(legacy) = switch("experimentalDecorators") {
            dialect.legacy_decorators = legacy;
        }
        if let Some(define) = switch("useDefineForClassFields") {
            dialect.define_fields = define;
        }
        if let Some(metadata) = switch("emitDecoratorMetadata") {
            dialect.decorator_metadata = metadata;
        }
        if let Some(base) = text("baseUrl") {
            self.base = Some(folder.join(base));
        }
        if let Some(Value::Object(paths)) = options.get("paths") {
            let base = self.base.clone().unwrap_or_else(|| folder.to_owned());
            let target = |target: &Value| {
                let target = target.as_str()?;
                Some(base.join(target).to_string_lossy().into_owned())
            };
            let targets = |targets: &Value| {
                targets
                    .as_array()
                    .map(|all| all.iter().filter_map(target).collect())
            };
            self.paths = paths
                .iter()
                .filter_map(|(pattern, all)| Some((pattern.clone(), targets(all)?)))
                .collect();
        }
    }
}

/// What of `specifier` stands for the star of a pattern.
fn matched<'a>(pattern: &str, specifier: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        None => (pattern == specifier).then_some(""),
        Some((start, end)) => specifier.strip_prefix(start)?.strip_suffix(end),
    }
}

/// The file that `extends` names.
fn find(folder: &Path, name: &str, files: &Files) -> Option<PathBuf> {
    let forms = |path: PathBuf| {
        let mut with_ending = path.clone().into_os_string();
        with_ending.push(".json");
        [
            path.clone(),
            PathBuf::from(with_ending),
            path.join("tsconfig.json"),
        ]
    };
    let first = |path: PathBuf| forms(path).into_iter().find(|path| files.is_file(path));
    if name.starts_with('.') || name.starts_with('/') {
        return first(folder.join(name));
    }
    folder
        .ancestors()
        .find_map(|folder| first(folder.join("node_modules").join(name)))
}

/// JSON with comments and trailing commas; line and column, from 0, of what is wrong.
fn parse(source: &str) -> Result<Value, (u32, u32, String)> {
    let plain = plain(source);
    if plain.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&plain).map_err(|cause| {
        let message = cause.to_string();
        let message = message
            .split(" at line ")
            .next()
            .unwrap_or("")
            .to_lowercase();
        let column = cause.column().saturating_sub(1) as u32;
        (cause.line().saturating_sub(1) as u32, column, message)
    })
}

/// The same text with blanks for its comments and for commas before a closing bracket.
fn plain(source: &str) -> String {
    let mut letters: Vec<char> = source.chars().collect();
    let mut at = 0;
    let mut comma = None;
    while at < letters.len() {
        match (letters[at], letters.get(at + 1)) {
            ('"', _) => {
                at += 1;
                while at < letters.len() && letters[at] != '"' {
                    at += 1 + usize::from(letters[at] == '\\');
                }
                comma = None;
            }
            ('/', Some('/')) => {
                while at < letters.len() && letters[at] != '\n' {
                    letters[at] = ' ';
                    at += 1;
                }
            }
            ('/', Some('*')) => {
                let ends = |&end: &usize| letters[end] == '/' && letters[end - 1] == '*';
                let end = (at + 3..letters.len()).find(ends);
                let end = end.unwrap_or(letters.len() - 1);
                for letter in &mut letters[at..=end] {
                    if *letter != '\n' {
                        *letter = ' ';
                    }
                }
                at = end;
            }
            (',', _) => comma = Some(at),
            ('}' | ']', _) => {
                if let Some(comma) = comma.take() {
                    letters[comma] = ' ';
                }
            }
            (letter, _) if letter.is_whitespace() => {}
            _ => comma = None,
        }
        at += 1;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_allowed() {
        let source = "{ // \"a\"\n \"a\": [1, 2, /* , ** */ ], \"b\": \"// no /* \\\" \", }";
        let value = parse(source).unwrap();
        assert_eq!(value, serde_json::json!({"a": [1, 2], "b": "// no /* \" "}));
        assert_eq!(parse("{\n  /* * */ \"a\" 1}").unwrap_err().0, 1);
    }

    #[test]
    fn patterns_give_what_the_star_stands_for() {
        assert_eq!(matched("@/*", "@/a/b"), Some("a/b"));
        assert_eq!(matched("*.svg", "a.svg"), Some("a"));
        assert_eq!(matched("@/*", "b"), None);
        assert_eq!(matched("lib", "lib"), Some(""));
    }
}
