use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use kinora_media::WholeFile;
use kinora_project::Voice as _;
use kinora_script::DECLARATIONS;
use serde_json::Value;

use crate::{args::TypesArgs, failure::Failure, show::Terminal};

/// What projects can import beside code.
const PROJECT: &str = include_str!("../../declarations/project.d.ts");
/// How an editor is to read a project.
const PROJECT_CONFIG: &str = include_str!("../../declarations/tsconfig.project.json");

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
    let terminal = Terminal::new();
    let modules = folder.join("node_modules");
    for (package, files) in packages() {
        let place = modules.join(package);
        if is_installed(&place) {
            terminal.print(&format!("kept {}: it is installed", place.display()));
            continue;
        }
        write(&place, &files)?;
        terminal.print(&format!("made {}", place.display()));
    }
    let config = folder.join("tsconfig.json");
    if !config.exists() {
        WholeFile::write(&config, CONFIG.as_bytes())
            .with_context(|| format!("cannot write `{}`", config.display()))?;
        terminal.print(&format!("made {}", config.display()));
    }
    Ok(())
}

/// Each package's files, by their paths below it.
fn packages() -> BTreeMap<String, Vec<(String, String)>> {
    let mut packages: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (module, text) in DECLARATIONS {
        let Some((name, inner)) = module.split_once('/') else {
            continue;
        };
        let file = format!("lib/{inner}.d.ts");
        let own = packages.entry(format!("@revideo/{name}")).or_default();
        if *module == "core/index" {
            let reference = "/// <reference path=\"../project.d.ts\" />\n";
            own.push((file.clone(), format!("{reference}{text}")));
        } else {
            own.push((file.clone(), (*text).to_owned()));
        }
        // the names that projects of Motion Canvas have for the same
        if let (true, Some(path)) = (has_other_name(name), entry(inner)) {
            let text = format!("export * from '@revideo/{name}/lib{path}';\n");
            let other = packages.entry(format!("@motion-canvas/{name}"));
            other.or_default().push((file, text));
        }
    }
    for (package, files) in &mut packages {
        files.push(("package.json".to_owned(), description(package)));
        let (scope, name) = package.split_once('/').unwrap_or_default();
        if has_other_name(name) {
            files.push((
                "tsconfig.project.json".to_owned(),
                PROJECT_CONFIG.to_owned(),
            ));
        }
        if name == "core" {
            let text = match scope {
                "@revideo" => PROJECT,
                _ => "/// <reference types=\"@revideo/core/project\" />\n",
            };
            files.push(("project.d.ts".to_owned(), text.to_owned()));
        }
    }
    packages
}

/// Whether Motion Canvas has a package of this name too.
fn has_other_name(name: &str) -> bool {
    ["core", "2d"].contains(&name)
}

/// The path by which projects import a module below `lib`, if they may do so whatever
/// its file is named.
fn entry(module: &str) -> Option<String> {
    match module.strip_suffix("index") {
        Some("") => Some(String::new()),
        Some(folder) => Some(format!("/{}", folder.trim_end_matches('/'))),
        None => module.starts_with("jsx").then(|| format!("/{module}")),
    }
}

/// The `package.json` of a package.
fn description(package: &str) -> String {
    format!(
        "{{\n  \"name\": \"{package}\",\n  \"version\": \"0.0.0-kinora\",\n  \"description\": \"Declarations written by `kinora types`\",\n  \"types\": \"lib/index.d.ts\",\n  \"kinora\": true\n}}\n"
    )
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

fn write(package: &Path, files: &[(String, String)]) -> anyhow::Result<()> {
    let fault = |path: &Path| format!("cannot write `{}`", path.display());
    // whoever made the folder does not say where else is written
    let mut above = package.ancestors().take(3);
    if let Some(link) = above.find(|folder| folder.is_symlink()) {
        let shown = link.display();
        return Err(anyhow!("`{shown}` is a link, and links are not followed"));
    }
    if package.exists() {
        // what an earlier version wrote
        fs::remove_dir_all(package).with_context(|| fault(package))?;
    }
    for (name, text) in files {
        let path: PathBuf = package.join(name);
        let folder = path.parent().unwrap_or(package);
        fs::create_dir_all(folder)
            .and_then(|()| WholeFile::write(&path, text.as_bytes()))
            .with_context(|| fault(&path))?;
    }
    Ok(())
}
