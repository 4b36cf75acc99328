use std::{fs, path::Path};

use anyhow::{Context as _, anyhow};

use kinora_project::Voice as _;

use crate::{
    args::{NewArgs, Template},
    failure::Failure,
    show::Terminal,
};

/// The text of a file of the templates.
macro_rules! text {
    ($name:literal) => {
        include_bytes!(concat!("../../template/", $name))
    };
}

/// A file of a new project, by its path in it.
type File = (&'static str, &'static [u8]);

/// What all templates have. `NAME` stands for the folder's name.
const COMMON: [File; 3] = [
    ("package.json", text!("package.json")),
    ("tsconfig.json", text!("tsconfig.json")),
    ("src/render.ts", text!("render.ts")),
];

/// What a template has of its own.
fn own(template: Template) -> &'static [File] {
    match template {
        Template::Hello => &[("src/project.tsx", text!("hello/src/project.tsx"))],
        Template::Captions => &[
            ("src/project.tsx", text!("captions/src/project.tsx")),
            ("src/words.json", text!("captions/src/words.json")),
        ],
        Template::Slideshow => &[
            ("src/project.tsx", text!("slideshow/src/project.tsx")),
            ("public/dawn.png", text!("slideshow/public/dawn.png")),
            ("public/noon.png", text!("slideshow/public/noon.png")),
            ("public/dusk.png", text!("slideshow/public/dusk.png")),
        ],
        Template::Code => &[
            ("src/project.tsx", text!("code/src/project.tsx")),
            ("src/words.ts", text!("code/src/words.ts")),
        ],
        Template::Data => &[
            ("src/project.tsx", text!("data/src/project.tsx")),
            ("src/numbers.csv", text!("data/src/numbers.csv")),
            ("rows.csv", text!("data/rows.csv")),
        ],
    }
}

/// `kinora new`.
pub fn command(args: &NewArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    let shown = folder.display();
    let is_taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => folder.exists(),
    };
    if is_taken {
        return Err(Failure::Tool(anyhow!("`{shown}` exists and is not empty")));
    }
    for &(name, bytes) in COMMON.iter().chain(own(args.template)) {
        match name {
            "package.json" => {
                let text = String::from_utf8_lossy(bytes);
                let text = text.replace("NAME", &package_name(folder));
                write(&folder.join(name), text.as_bytes())?;
            }
            _ => write(&folder.join(name), bytes)?,
        }
    }
    Terminal::new().print(&format!(
        "made {shown}; render it with: kinora render {shown}/src/project.tsx"
    ));
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let make = || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)
    };
    make().with_context(|| format!("cannot write `{}`", path.display()))
}

/// The folder's name as a package may be called.
fn package_name(folder: &Path) -> String {
    let full = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = full
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = name
        .chars()
        .map(|letter| if fits(letter) { letter } else { '-' })
        .collect();
    match name.trim_start_matches(['.', '_', '-']) {
        "" => "video".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_are_plain() {
        assert_eq!(package_name(Path::new("/a/My Film!")), "my-film-");
        assert_eq!(package_name(Path::new("/a/.hidden")), "hidden");
        assert_eq!(package_name(Path::new("/")), "video");
    }
}
