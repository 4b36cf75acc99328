use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use crate::{args::TypesArgs, failure::Failure};

/// All files by their paths below `node_modules`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/types.rs"));

/// The configuration of a project that has none.
const CONFIG: &str =
    "{\n  \"extends\": \"@revideo/2d/tsconfig.project.json\",\n  \"include\": [\"src\"]\n}\n";

/// `kinora types`.
pub fn command(args: &TypesArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    if !folder.is_dir() {
        let shown = folder.display();
        return Err(Failure::Project(anyhow!("`{shown}` is not a folder")));
    }
    let modules = folder.join("node_modules");
    for (package, files) in packages() {
        let place = modules.join(package);
        if is_installed(&place) {
            println!("kept {}: it is installed", place.display());
            continue;
        }
        write(&place, &files)?;
        println!("made {}", place.display());
    }
    let config = folder.join("tsconfig.json");
    if !config.exists() {
        fs::write(&config, CONFIG)
            .with_context(|| format!("cannot write `{}`", config.display()))?;
        println!("made {}", config.display());
    }
    Ok(())
}

/// Each package's files, by their paths below it.
fn packages() -> BTreeMap<String, Vec<(&'static str, &'static str)>> {
    let mut packages: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (path, text) in FILES {
        let mut parts = path.splitn(3, '/');
        let (Some(scope), Some(name), Some(inner)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let files = packages.entry(format!("{scope}/{name}")).or_default();
        files.push((inner, *text));
    }
    packages
}

/// Whether there is a package that this command has not written.
fn is_installed(package: &Path) -> bool {
    let description = fs::read_to_string(package.join("package.json"));
    match description.map(|text| serde_json::from_str::<Value>(&text)) {
        Ok(Ok(value)) => value["kinora"] != true,
        Ok(Err(_)) => true,
        Err(_) => package.exists(),
    }
}

fn write(package: &Path, files: &[(&str, &str)]) -> anyhow::Result<()> {
    let fault = |path: &Path| format!("cannot write `{}`", path.display());
    if package.exists() {
        // what an earlier version wrote
        fs::remove_dir_all(package).with_context(|| fault(package))?;
    }
    for (name, text) in files {
        let path: PathBuf = package.join(name);
        let folder = path.parent().unwrap_or(package);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| fault(&path))?;
    }
    Ok(())
}
