//! `import.meta.glob`: the files that a pattern means, written out before a module is
//! compiled.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use oxc::{
    allocator::Allocator,
    ast::ast::{Argument, CallExpression, Expression, ObjectExpression, ObjectPropertyKind},
    ast_visit::{Visit, walk},
    parser::Parser,
    span::{GetSpan as _, SourceType},
};

use crate::files::Files;

/// Files that all patterns of a call mean at most.
const MOST: usize = 10_000;
/// How deep folders are looked into.
const DEEPEST: usize = 32;

/// A module's text in which the files stand, and how its places are those of the other.
pub struct Expanded {
    /// The text; as long in lines as the other, but for imports behind it.
    pub text: String,
    /// Where something else stands in the other text: from, to, and how long it is here.
    edits: Vec<(usize, usize, usize)>,
    length: usize,
}

impl Expanded {
    /// The byte of the other text that one of this comes from.
    pub fn origin(&self, offset: u32) -> u32 {
        let mut at = offset as usize;
        for &(start, end, length) in &self.edits {
            if at < start {
                break;
            }
            if at < start + length {
                return start as u32;
            }
            at = at + (end - start) - length;
        }
        at.min(self.length) as u32
    }
}

/// The module of `path` with its globs written out; nothing if it has none.
pub fn expand(source: &str, path: &Path, root: &Path, files: &Files) -> Option<Expanded> {
    let allocator = Allocator::default();
    let kind = SourceType::from_path(path).unwrap_or_default();
    let parsed = Parser::new(&allocator, source, kind).parse();
    let mut finder = Finder { calls: Vec::new() };
    finder.visit_program(&parsed.program);
    let mut text = String::new();
    let mut imports = String::new();
    let mut edits = Vec::new();
    let mut from = 0;
    finder.calls.sort_by_key(|call| call.start);
    for call in &finder.calls {
        if call.start < from {
            continue;
        }
        let made = written(call, edits.len(), path, root, files, &mut imports);
        text.push_str(&source[from..call.start]);
        // what follows stays on its lines
        let lines = source[call.start..call.end].matches('\n').count();
        let made = format!("{made}{}", "\n".repeat(lines));
        edits.push((call.start, call.end, made.len()));
        text.push_str(&made);
        from = call.end;
    }
    if edits.is_empty() {
        return None;
    }
    text.push_str(&source[from..]);
    text.push('\n');
    text.push_str(&imports);
    let length = source.len();
    Some(Expanded {
        text,
        edits,
        length,
    })
}

/// One call, as far as it says what it means.
struct Call {
    start: usize,
    end: usize,
    patterns: Vec<String>,
    eager: bool,
    import: Option<String>,
    query: String,
}

struct Finder {
    calls: Vec<Call>,
}

impl<'a> Visit<'a> for Finder {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if is_glob(&it.callee)
            && let Some(call) = read(it)
        {
            self.calls.push(call);
        }
        walk::walk_call_expression(self, it);
    }
}

fn is_glob(callee: &Expression<'_>) -> bool {
    match callee {
        Expression::StaticMemberExpression(member) => {
            member.property.name == "glob" && matches!(member.object, Expression::ImportMeta(_))
        }
        _ => false,
    }
}

fn read(call: &CallExpression<'_>) -> Option<Call> {
    let span = call.span();
    let patterns = match call.arguments.first()? {
        Argument::StringLiteral(text) => vec![text.value.to_string()],
        Argument::ArrayExpression(list) => list
            .elements
            .iter()
            .map(|element| match element.as_expression() {
                Some(Expression::StringLiteral(text)) => Some(text.value.to_string()),
                _ => None,
            })
            .collect::<Option<Vec<String>>>()?,
        _ => return None,
    };
    let mut read = Call {
        start: span.start as usize,
        end: span.end as usize,
        patterns,
        eager: false,
        import: None,
        query: String::new(),
    };
    if let Some(options) = call.arguments.get(1) {
        let Argument::ObjectExpression(options) = options else {
            return None;
        };
        read.take(options)?;
    }
    Some(read)
}

impl Call {
    fn take(&mut self, options: &ObjectExpression<'_>) -> Option<()> {
        for property in &options.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else {
                return None;
            };
            let name = property.key.static_name()?;
            match (name.as_ref(), &property.value) {
                ("eager", Expression::BooleanLiteral(value)) => self.eager = value.value,
                ("import", Expression::StringLiteral(value)) => {
                    self.import = (value.value != "*").then(|| value.value.to_string());
                }
                ("query", Expression::StringLiteral(value)) => {
                    let query = value.value.trim_start_matches('?');
                    self.query = format!("?{query}");
                }
                ("as", Expression::StringLiteral(value)) => {
                    self.query = format!("?{}", value.value);
                    self.import = Some("default".to_owned());
                }
                ("exhaustive", _) => {}
                _ => return None,
            }
        }
        Some(())
    }
}

/// The object that a call is replaced by; imports of what is wanted at once are added.
fn written(
    call: &Call,
    number: usize,
    path: &Path,
    root: &Path,
    files: &Files,
    imports: &mut String,
) -> String {
    let folder = path.parent().unwrap_or(Path::new("/"));
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let wanted: Vec<&String> = call
        .patterns
        .iter()
        .filter(|it| !it.starts_with('!'))
        .collect();
    for pattern in wanted {
        let (base, rest) = match pattern.strip_prefix('/') {
            Some(rest) => (root.to_owned(), rest.to_owned()),
            None => {
                let mut base = folder.to_owned();
                let mut rest = pattern.as_str();
                loop {
                    rest = rest.strip_prefix("./").unwrap_or(rest);
                    let Some(up) = rest.strip_prefix("../") else {
                        break;
                    };
                    base.pop();
                    rest = up;
                }
                (base, rest.to_owned())
            }
        };
        let prefix = &pattern[..pattern.len() - rest.len()];
        let mut below = Vec::new();
        walk_folder(
            &base,
            "",
            rest.matches('/').count(),
            rest.contains("**"),
            files,
            &mut below,
        );
        for (inner, file) in below {
            let name = format!("{prefix}{inner}");
            let excluded = call.patterns.iter().any(|other| {
                other.strip_prefix('!').is_some_and(|other| {
                    matches(
                        other.trim_start_matches("./"),
                        name.trim_start_matches("./"),
                    )
                })
            });
            if matches(&rest, &inner) && !excluded && file != path {
                found.push((name, file));
            }
        }
    }
    found.sort();
    found.dedup();
    let mut object = "({".to_owned();
    for (index, (name, _)) in found.iter().enumerate() {
        let from = format!("{name}{}", call.query);
        // writing to a text cannot fail
        let _ = if call.eager {
            let local = format!("__glob_{number}_{index}");
            let what = match call.import.as_deref() {
                None => format!("* as {local}"),
                Some(name) => format!("{{{name} as {local}}}"),
            };
            let _ = writeln!(imports, "import {what} from {from:?};");
            write!(object, "{name:?}: {local}, ")
        } else {
            match call.import.as_deref() {
                None => write!(object, "{name:?}: () => import({from:?}), "),
                Some(wanted) => {
                    write!(
                        object,
                        "{name:?}: () => import({from:?}).then(it => it[{wanted:?}]), "
                    )
                }
            }
        };
    }
    object.push_str("})");
    object
}

/// The files below a folder, by their paths from it.
fn walk_folder(
    folder: &Path,
    below: &str,
    depth: usize,
    is_deep: bool,
    files: &Files,
    found: &mut Vec<(String, PathBuf)>,
) {
    for file in files.names(folder) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if found.len() < MOST {
            found.push((format!("{below}{name}"), file.clone()));
        }
    }
    let levels = below.matches('/').count();
    if levels >= if is_deep { DEEPEST } else { depth } {
        return;
    }
    for inner in files.folders(folder) {
        let name = inner.file_name().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|name| *name != "node_modules" && !name.starts_with('.')) {
            walk_folder(
                &inner,
                &format!("{below}{name}/"),
                depth,
                is_deep,
                files,
                found,
            );
        }
    }
}

/// Whether a path is of a pattern with `*`, `**`, `?` and `{a,b}`.
fn matches(pattern: &str, path: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((options, after)) = rest.split_once('}')
    {
        return options
            .split(',')
            .any(|option| matches(&format!("{before}{option}{after}"), path));
    }
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    parts_match(&pattern, &path)
}

fn parts_match(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", rest)) => (0..=path.len()).any(|skipped| parts_match(rest, &path[skipped..])),
        Some((part, rest)) => path
            .split_first()
            .is_some_and(|(first, others)| name_matches(part, first) && parts_match(rest, others)),
    }
}

fn name_matches(pattern: &str, name: &str) -> bool {
    if pattern.starts_with('*') && name.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    // the place after the last star, and how much of the name it stands for
    let (mut at, mut on, mut star) = (0, 0, None);
    while on < name.len() {
        if at < pattern.len() && pattern[at] == '*' {
            star = Some((at, on));
            at += 1;
        } else if at < pattern.len() && (pattern[at] == '?' || pattern[at] == name[on]) {
            at += 1;
            on += 1;
        } else if let Some((place, taken)) = star {
            star = Some((place, taken + 1));
            at = place + 1;
            on = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|&letter| letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_they_mean_in_shells() {
        for (pattern, path, means) in [
            ("*.ts", "a.ts", true),
            ("*.ts", "a/b.ts", false),
            ("**/*.ts", "a/b/c.ts", true),
            ("**/*.ts", "c.ts", true),
            ("a/**", "a/b/c.ts", true),
            ("*.{png,jpg}", "a.jpg", true),
            ("*.{png,jpg}", "a.gif", false),
            ("a?c*e.x", "abcdde.x", true),
            ("*", ".hidden", false),
        ] {
            assert_eq!(matches(pattern, path), means, "{pattern} {path}");
        }
    }

    #[test]
    fn places_are_found_again() {
        let expanded = Expanded {
            text: String::new(),
            edits: vec![(10, 20, 30), (25, 30, 2)],
            length: 40,
        };
        let origins = [5, 10, 39, 40, 44, 45, 46, 47, 99].map(|offset| expanded.origin(offset));
        assert_eq!(origins, [5, 10, 10, 20, 24, 25, 25, 30, 40]);
    }
}
