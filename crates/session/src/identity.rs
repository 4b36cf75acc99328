use kinora_script::ScriptOptions;
use kinora_worker::Recipe;

/// Names all that decides what a project's film is, its files aside: the project's place,
/// what replaces its settings, and the recipe with its engine. `more` is what else a
/// caller tells apart.
pub fn identity(script: &ScriptOptions, recipe: &Recipe, more: &[&str]) -> String {
    let asked = format!(
        "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {recipe:?} {more:?}",
        script.root.display(),
        script.project.display(),
        script.variables.as_ref().map(ToString::to_string),
        script.fps,
        script.size,
        script.scale,
        script.range,
        script.background,
    );
    blake3::hash(asked.as_bytes()).to_string()
}
