use std::{fs, path::Path};

use anyhow::{Context as _, anyhow};

use kinora_project::Voice as _;

use crate::{args::NewArgs, failure::Failure, show::Terminal};

/// The files of a new project. `NAME` stands for the folder's name.
const FILES: [(&str, &str); 4] = [
    ("package.json", include_str!("../../template/package.json")),
    (
        "tsconfig.json",
        include_str!("../../template/tsconfig.json"),
    ),
    (
        "src/project.tsx",
        include_str!("../../template/src/project.tsx"),
    ),
    (
        "src/render.ts",
        include_str!("../../template/src/render.ts"),
    ),
];

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
    for (name, text) in FILES {
        write(
            &folder.join(name),
            &text.replace("NAME", &package_name(folder)),
        )?;
    }
    Terminal::new().print(&format!(
        "made {shown}; render it with: kinora render {shown}/src/project.tsx"
    ));
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let make = || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
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
