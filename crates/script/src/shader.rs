//! Shaders with what they include.

use std::path::{Path, PathBuf};

use crate::files::Files;

/// How deep shaders may include one another.
const DEPTH: usize = 32;

/// The declarations that scenes' shaders share.
const COMMON: &str = "\
in vec2 screenUV;
in vec2 sourceUV;
in vec2 destinationUV;
out vec4 outColor;
uniform float time;
uniform float deltaTime;
uniform float framerate;
uniform int frame;
uniform vec2 resolution;
uniform sampler2D sourceTexture;
uniform sampler2D destinationTexture;
uniform mat4 sourceMatrix;
uniform mat4 destinationMatrix;
";

/// An `#include` that leads nowhere.
#[derive(Debug)]
pub struct NotIncluded {
    /// The shader that has it.
    pub file: PathBuf,
    /// That shader's text.
    pub source: String,
    /// Line and column, from 0.
    pub place: (u32, u32),
    /// What is wrong.
    pub message: String,
}

/// The text of a shader in which each `#include "path"` is replaced by that file's
/// text, the first time that it is named.
///
/// # Errors
/// When an included file cannot be had.
pub fn expand(
    file: &Path,
    source: &str,
    files: &Files,
    find: &dyn Fn(&Path, &str) -> Option<PathBuf>,
) -> Result<String, NotIncluded> {
    let mut included = vec![file.to_owned()];
    let reader = Reader { files, find };
    reader.expand(file, source, &mut included, DEPTH)
}

struct Reader<'a> {
    files: &'a Files,
    find: &'a dyn Fn(&Path, &str) -> Option<PathBuf>,
}

impl Reader<'_> {
    fn expand(
        &self,
        file: &Path,
        source: &str,
        included: &mut Vec<PathBuf>,
        depth: usize,
    ) -> Result<String, NotIncluded> {
        let mut text = String::with_capacity(source.len());
        for (number, line) in source.split_inclusive('\n').enumerate() {
            let Some(name) = included_name(line) else {
                text.push_str(line);
                continue;
            };
            let fault = |message: String| NotIncluded {
                file: file.to_owned(),
                source: source.to_owned(),
                place: (number as u32, line.find(name).unwrap_or(0) as u32),
                message,
            };
            if is_common(name) {
                let own = PathBuf::from(name);
                if !included.contains(&own) {
                    included.push(own);
                    text.push_str(COMMON);
                }
                continue;
            }
            let missing = || fault(format!("cannot find the shader `{name}`"));
            let path = (self.find)(file, name).ok_or_else(missing)?;
            if included.contains(&path) {
                continue;
            }
            if depth == 0 {
                return Err(fault(format!(
                    "`{name}` lies more than {DEPTH} includes deep"
                )));
            }
            let inner = self
                .files
                .text(&path)
                .map_err(|cause| fault(format!("cannot read the shader `{name}`: {cause}")))?;
            included.push(path.clone());
            text.push_str(&self.expand(&path, &inner, included, depth - 1)?);
            text.push('\n');
        }
        Ok(text)
    }
}

/// The shader that every scene's shader includes, by its name in the reference.
fn is_common(name: &str) -> bool {
    crate::runtime::package_path(name) == Some("core/shaders/common.glsl")
}

fn included_name(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('#')?.trim_start();
    let rest = rest.strip_prefix("include")?.trim();
    let inner = rest
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| rest.strip_prefix('<')?.strip_suffix('>'))?;
    Some(inner).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includes_are_recognised() {
        assert_eq!(included_name("#include \"./a.glsl\"\n"), Some("./a.glsl"));
        assert_eq!(included_name("  # include <b>"), Some("b"));
        assert_eq!(included_name("// #include \"c\""), None);
        assert_eq!(included_name("#includes \"c\""), None);
    }
}
