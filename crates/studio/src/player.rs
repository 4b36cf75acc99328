use std::path::Path;

use crate::StudioError;

/// The sources of `<kinora-player>`, by name; the studio's page uses some of them.
pub const SOURCES: &[(&str, &str)] = &[
    ("connection.ts", include_str!("../player/connection.ts")),
    ("controls.ts", include_str!("../player/controls.ts")),
    ("engine.ts", include_str!("../player/engine.ts")),
    ("file.ts", include_str!("../player/file.ts")),
    ("footage.ts", include_str!("../player/footage.ts")),
    ("job.ts", include_str!("../player/job.ts")),
    (
        "kinora-player.ts",
        include_str!("../player/kinora-player.ts"),
    ),
    ("look.ts", include_str!("../player/look.ts")),
    ("pictures.ts", include_str!("../player/pictures.ts")),
    ("player.ts", include_str!("../player/player.ts")),
    ("sound.ts", include_str!("../player/sound.ts")),
    ("studio.ts", include_str!("../player/studio.ts")),
];

/// The modules of `<kinora-player>`, a component for pages that play films: names and
/// JavaScript. `kinora-player.js` is the one to load. What only has types is not among them.
///
/// # Errors
/// When one of the sources is broken.
pub fn player_modules() -> Result<Vec<(String, String)>, StudioError> {
    let modules = SOURCES.iter().map(|(name, text)| {
        let stem = name.strip_suffix(".ts").unwrap_or(name);
        Ok((format!("{stem}.js"), to_javascript(name, text)?))
    });
    let mut modules: Vec<(String, String)> = modules.collect::<Result<_, StudioError>>()?;
    modules.retain(|(_, script)| script.trim() != "export {};");
    Ok(modules)
}

/// A module without its types.
pub fn to_javascript(name: &str, text: &str) -> Result<String, StudioError> {
    kinora_script::to_javascript(text, Path::new(name)).map_err(|fault| StudioError::Page {
        file: name.to_owned(),
        fault,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_component_is_whole_and_light() {
        let modules = player_modules().unwrap();
        let mut bytes = 0;
        for (name, script) in &modules {
            bytes += script.len();
            for line in script.lines().filter(|line| line.starts_with("import ")) {
                let needed = line.split(['"', '\'']).nth(1).unwrap();
                let needed = needed.trim_start_matches("./");
                assert!(
                    modules.iter().any(|(name, _)| name == needed),
                    "{name}: {line}"
                );
            }
        }
        assert!(modules.iter().any(|(name, _)| name == "kinora-player.js"));
        assert!(!modules.iter().any(|(name, _)| name == "engine.js"));
        // Uncompressed; docs/player.md tells the size.
        assert!(bytes < 44_000, "{bytes}");
    }
}
