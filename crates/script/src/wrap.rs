//! What is not an ES module, as one.

use std::path::{Path, PathBuf};

use crate::transpile::{Import, Links, PlaceMap, Transpiled};

/// What stands before a CommonJS module's text when it is run.
pub const COMMON_JS_START: &str = "(function (exports, require, module, __filename, __dirname) {";
/// What stands after it.
pub const COMMON_JS_END: &str = "\n})";

/// A text as JavaScript has it.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

/// A module whose default export is a text.
pub fn text(text: &str) -> Transpiled {
    open(format!("export default {};", quoted(text)))
}

/// A module whose default export is the path of a file.
pub fn url(path: &Path) -> Transpiled {
    text(&path.to_string_lossy())
}

/// A module whose default export is a file's content as a `data:` URL.
pub fn inline(path: &Path, bytes: &[u8]) -> Transpiled {
    text(&data_url(path, bytes))
}

/// A module that holds nothing.
pub fn empty() -> Transpiled {
    open("var __module = {exports: {}}; export default __module.exports;".to_owned())
}

/// A module whose default export is the promise of a picture.
pub fn image(path: &Path) -> Transpiled {
    open(format!(
        "import {{loadImage}} from 'kinora:core/media/index'; export default loadImage({});",
        quoted(&path.to_string_lossy())
    ))
}

/// A module whose default export is the promise of several pictures.
pub fn animation(paths: &[PathBuf]) -> Transpiled {
    let paths: Vec<String> = paths
        .iter()
        .map(|path| quoted(&path.to_string_lossy()))
        .collect();
    open(format!(
        "import {{loadAnimation}} from 'kinora:core/media/index'; export default loadAnimation([{}]);",
        paths.join(", ")
    ))
}

/// A module that exports what the script at `path` does, its scene with the file's name
/// and `meta`, a JSON text, which stands or would stand in a file beside it.
pub fn scene(path: &Path, meta: &str) -> Transpiled {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let specifier = format!("./{file}");
    let mut done = open(format!(
        "import __description from {0}; import {{sceneOfFile as __sceneOfFile}} from 'kinora:core/scenes/SceneMeta'; \
         export * from {0}; export default __sceneOfFile(__description, {1}, JSON.parse({2}), {3});",
        quoted(&specifier),
        quoted(&name),
        quoted(meta),
        quoted(&path.with_extension("meta").to_string_lossy()),
    ));
    done.links.stars.push(specifier.clone());
    done.links.imports.push(Import {
        specifier,
        span: 0..0,
        names: vec![("default".to_owned(), 0..0)],
        namespace: None,
        read: Vec::new(),
    });
    done
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
    let text = quoted(source);
    Ok(open(format!(
        "var __module = {{exports: JSON.parse({text})}}; export default __module.exports;"
    )))
}

/// What a CommonJS module finds behind a name that it requires.
pub enum Required {
    /// The module of this name.
    Module(String),
    /// Nothing, for this reason.
    Missing(String),
}

/// The module that runs a CommonJS module when it is first asked for, and knows
/// what it requires. `path` names the text that is run.
pub fn common_js_core(path: &str, required: &[(String, Required)]) -> String {
    let mut imports = String::new();
    let mut table = String::new();
    for (index, (name, found)) in required.iter().enumerate() {
        let name = quoted(name);
        match found {
            Required::Module(module) => {
                imports.push_str(&format!(
                    "import * as __r{index} from {};\n",
                    quoted(module)
                ));
                table.push_str(&format!("{name}: () => __r{index},"));
            }
            Required::Missing(why) => {
                table.push_str(&format!("{name}: {},", quoted(why)));
            }
        }
    }
    let path = quoted(path);
    format!(
        "import {{commonJs}} from 'kinora:globals/common_js';\n{imports}\
         var run;\nexport function __kinora_cjs() {{ return (run ??= commonJs({path}, {{{table}}}))(); }}\n"
    )
}

/// The module that gives ES modules what a CommonJS module exports.
pub fn common_js_face(core: &str, names: &[&String]) -> String {
    let names = exports(names);
    format!(
        "import {{__kinora_cjs}} from {};\nvar __module = {{exports: __kinora_cjs()}};\n\
         var __default = __module.exports?.__esModule && 'default' in __module.exports ? __module.exports.default : __module.exports;\n\
         export {{__default as default}};\n{names}",
        quoted(core)
    )
}

/// Code that exports `names` of the module's object.
pub fn exports(names: &[&String]) -> String {
    names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let key = quoted(name);
            format!("var __x{index} = __module.exports?.[{key}]; export {{__x{index} as {key}}};")
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

fn open(code: String) -> Transpiled {
    let links = Links {
        exports: vec!["default".to_owned()],
        ..Links::default()
    };
    Transpiled {
        code,
        map: PlaceMap::default(),
        links,
    }
}

/// A file as a `data:` URL.
fn data_url(path: &Path, bytes: &[u8]) -> String {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or("");
    let kind = match ending.to_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "json" => "application/json",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    };
    let mut text = format!("data:{kind};base64,");
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for part in bytes.chunks(3) {
        let byte = |index: usize| u32::from(part.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let place = (bits >> (18 - 6 * digit) & 63) as usize;
            text.push(if digit > part.len() {
                '='
            } else {
                char::from(DIGITS[place])
            });
        }
    }
    text
}
