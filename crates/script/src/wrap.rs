//! What is not an ES module, as one.

use std::path::Path;

use crate::transpile::{Import, Links, PlaceMap, Transpiled};

/// A module whose default export is the path of a file.
pub fn url(path: &Path) -> Transpiled {
    default_of(&format!("{:?}", path.to_string_lossy()))
}

/// A module whose default export is a text.
pub fn text(text: &str) -> Transpiled {
    default_of(&serde_json::to_string(text).expect("text is JSON"))
}

/// A module that holds nothing.
pub fn empty() -> Transpiled {
    open("var __module = {exports: {}}; export default __module.exports;".to_owned())
}

/// A module of a JSON text.
///
/// # Errors
/// Line and column, both from 0, and what is wrong there.
pub fn json(source: &str) -> Result<Transpiled, (u32, u32, String)> {
    let checked: Result<serde_json::Value, _> = serde_json::from_str(source);
    checked.map_err(|cause| {
        let message = cause.to_string();
        let message = message
            .split(" at line ")
            .next()
            .unwrap_or("")
            .to_lowercase();
        let column = cause.column().saturating_sub(1) as u32;
        (cause.line().saturating_sub(1) as u32, column, message)
    })?;
    let text = serde_json::to_string(source).expect("text is JSON");
    Ok(open(format!(
        "var __module = {{exports: JSON.parse({text})}}; export default __module.exports;"
    )))
}

/// A CommonJS module. Its lines stay where they are.
pub fn common_js(source: &str, path: &Path) -> Transpiled {
    let required = required(source);
    let mut code = String::new();
    let mut table = String::new();
    for (index, name) in required.iter().enumerate() {
        let name = serde_json::to_string(name).expect("text is JSON");
        code.push_str(&format!("import * as __r{index} from {name};"));
        table.push_str(&format!("{name}: () => __r{index},"));
    }
    code.push_str("import {commonJs as __commonJs} from 'kinora:globals/common_js';");
    code.push_str("var __module; export function __kinora_cjs() { return (__module ??= {exports: {}}).exports; }");
    code.push_str(&format!(
        "__kinora_cjs(); __commonJs(__module, {{{table}}}, {:?}, function (exports, require, module, __filename, __dirname) {{",
        path.to_string_lossy()
    ));
    code.push_str(source);
    code.push_str("\n}); const __default = __module.exports?.__esModule && 'default' in __module.exports ? __module.exports.default : __module.exports; export {__default as default};");
    let mut done = open(code);
    let names = assigned(source);
    done.code
        .push_str(&exports(&names.iter().collect::<Vec<_>>()));
    done.links.exports.extend(names);
    done.links.exports.push("__kinora_cjs".to_owned());
    done.links.imports = required
        .into_iter()
        .map(|specifier| Import {
            specifier,
            span: 0..0,
            names: Vec::new(),
        })
        .collect();
    done
}

/// Code that exports `names` of the module's object.
pub fn exports(names: &[&String]) -> String {
    names
        .iter()
        .map(|name| {
            format!("const __x_{name} = __module.exports?.{name}; export {{__x_{name} as {name}}};")
        })
        .collect()
}

/// Code that gives a module values under the names of its types, for those who
/// pass a type on without saying that it is one.
pub fn erased_types(names: &[&String]) -> String {
    names
        .iter()
        .map(|name| format!("\nvar __type_{name}; export {{__type_{name} as {name}}};"))
        .collect()
}

fn default_of(expression: &str) -> Transpiled {
    open(format!("export default {expression};"))
}

fn open(code: String) -> Transpiled {
    let links = Links {
        exports: vec!["default".to_owned()],
        is_module: true,
        ..Links::default()
    };
    Transpiled {
        code,
        map: PlaceMap::default(),
        links,
    }
}

/// Names in `require("…")`, each once.
fn required(source: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, _) in source.match_indices("require(") {
        let before = source[..at].chars().next_back();
        if before.is_some_and(|letter| is_word(letter) || letter == '.') {
            continue;
        }
        let rest = source[at + "require(".len()..].trim_start();
        let Some(quote) = rest
            .chars()
            .next()
            .filter(|it| matches!(it, '"' | '\'' | '`'))
        else {
            continue;
        };
        if let Some((name, after)) = rest[1..].split_once(quote) {
            let known = names.iter().any(|known| known == name);
            if after.trim_start().starts_with(')') && !name.contains(['\n', '$']) && !known {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Names in `exports.name =`, each once.
fn assigned(source: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, _) in source.match_indices("exports.") {
        let rest = &source[at + "exports.".len()..];
        let name: String = rest.chars().take_while(|&letter| is_word(letter)).collect();
        let after = rest[name.len()..].trim_start();
        let assigns = after.starts_with('=') && !after.starts_with("==");
        let digits_first = name.starts_with(|letter: char| letter.is_ascii_digit());
        let taken = name == "default" || names.contains(&name);
        if assigns && !name.is_empty() && !digits_first && !taken {
            names.push(name);
        }
    }
    names
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requires_are_found() {
        let source = "const a = require('a'); b.require('b'); require(c); require( \"./d\" )";
        assert_eq!(required(source), ["a", "./d"]);
    }

    #[test]
    fn assigned_exports_are_found() {
        let source = "exports.a = 1; module.exports.b=2; if (exports.c == 3) exports.a = 4";
        assert_eq!(assigned(source), ["a", "b"]);
    }
}
