//! Fonts that the project's stylesheets bring along.

use std::{path::Path, sync::Arc};

use kinora_film::AssetId;

use crate::{Diagnostic, FontUse, css, world::World};

const DEPTH: usize = 4;

/// Makes the fonts of all imported stylesheets known. What cannot be had is a warning.
pub fn load(world: &World) {
    let files = world.graph.borrow().stylesheets().to_vec();
    for file in files {
        load_sheet(world, &file, DEPTH);
    }
}

fn load_sheet(world: &World, address: &str, depth: usize) {
    let read = world.ask_for(address, |host| host.read(address));
    let source = match read {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(cause) => {
            return world.warn(Diagnostic::warning(format!(
                "cannot read the stylesheet `{address}`: {cause}"
            )));
        }
    };
    let sheet = css::read(&source);
    if depth > 0 {
        for import in &sheet.imports {
            let whole = join(address, import);
            declare(world, import, &whole);
            load_sheet(world, &whole, depth - 1);
        }
    }
    for face in &sheet.faces {
        load_face(world, address, face);
    }
}

/// Makes a file that a stylesheet names from where it lies as much the project's as the
/// stylesheet is: both may be those of a linked package.
fn declare(world: &World, reference: &str, file: &str) {
    let is_address = file.contains("://") || file.starts_with("data:");
    if !is_address && !reference.starts_with('/') {
        world.ask(|host| host.imported(Path::new(file)));
    }
}

fn load_face(world: &World, address: &str, face: &css::FontFace) {
    let usable = |source: &&String| {
        let path = source.split(['?', '#']).next().unwrap_or("").to_lowercase();
        !path.ends_with(".eot") && !path.ends_with(".svg")
    };
    let mut faults = Vec::new();
    for source in face.sources.iter().filter(usable) {
        let reference = source;
        let source = join(address, reference);
        declare(world, reference, &source);
        let read = world
            .ask_for(&source, |host| host.read(&source))
            .and_then(unpacked);
        match read {
            Ok(bytes) => {
                let font = FontUse {
                    family: face.family.clone(),
                    id: AssetId::of(&bytes),
                    bytes: Arc::new(bytes),
                };
                return world.stage(|bridge| bridge.add_font(font));
            }
            Err(cause) => faults.push(format!(
                "cannot load the font `{}` from `{source}`: {cause}",
                face.family
            )),
        }
    }
    if faults.is_empty() {
        let what = format!(
            "the font `{}` is not used: its stylesheet offers it in no format that is read",
            face.family
        );
        let hint = "offer a .ttf, .otf, .woff or .woff2 file in `@font-face`";
        return world.warn(Diagnostic::warning(what).hint(hint));
    }
    faults
        .into_iter()
        .for_each(|fault| world.warn(Diagnostic::warning(fault)));
}

/// A font file as texts are set with it: out of the packages that the web has for them.
///
/// # Errors
/// When the package is damaged, in words that end a sentence.
pub(crate) fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let unpack = match bytes.get(..4) {
        Some(b"wOFF") => wuff::decompress_woff1,
        Some(b"wOF2") => wuff::decompress_woff2,
        _ => return Ok(bytes),
    };
    // a file from the network may be anything
    let done = std::panic::catch_unwind(|| unpack(&bytes));
    match done {
        Ok(Ok(font)) => Ok(font),
        _ => Err("it is a damaged WOFF file".to_owned()),
    }
}

/// What `reference` within the stylesheet at `base` means.
fn join(base: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with("data:") {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        if reference.starts_with('/') {
            return reference.to_owned();
        }
        let folder = Path::new(base).parent().unwrap_or(Path::new("/"));
        return steps(&format!("{}/{reference}", folder.display()));
    };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some(whole) = reference.strip_prefix("//") {
        return format!("{scheme}://{whole}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match reference.strip_prefix('/') {
        Some(below) => format!("{scheme}://{host}/{below}"),
        None => format!(
            "{scheme}://{host}{}",
            steps(&format!("/{folder}/{reference}"))
        ),
    }
}

/// A path with its `.` and `..` followed.
fn steps(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_stylesheet() {
        let web = "https://f.test/a/b/c.css?family=X/Y";
        for (base, reference, whole) in [
            (web, "d.ttf", "https://f.test/a/b/d.ttf"),
            (web, "../d.ttf", "https://f.test/a/d.ttf"),
            (web, "/d.ttf", "https://f.test/d.ttf"),
            (web, "//g.test/d.ttf", "https://g.test/d.ttf"),
            (web, "http://g.test/d", "http://g.test/d"),
            ("/p/css/a.css", "./fonts/d.ttf", "/p/css/fonts/d.ttf"),
            ("/p/css/a.css", "../d.ttf", "/p/d.ttf"),
            ("/p/css/a.css", "/d.ttf", "/d.ttf"),
        ] {
            assert_eq!(join(base, reference), whole);
        }
    }
}
