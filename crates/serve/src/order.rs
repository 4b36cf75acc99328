use std::path::Path;

use kinora_media::Format;
use kinora_session::{RenderSettings, settings};
use serde_json::{Map, Value};

/// Settings of Revideo's renderer that mean nothing to a service, or are its own business.
const PASSED_OVER: [&str; 10] = [
    "outFile",
    "outDir",
    "workers",
    "logProgress",
    "progressCallback",
    "ffmpeg",
    "puppeteer",
    "viteConfig",
    "viteBasePort",
    "viteServerOptions",
];

/// What one request wants rendered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// Replace the service's own variables, each by its name.
    pub variables: Map<String, Value>,
    /// The arguments that say the same to the command.
    pub words: Vec<String>,
    /// How the file's name ends, without a dot.
    pub ending: String,
}

impl Order {
    /// Takes `variables` and `settings` out of a request's fields.
    ///
    /// `settings` holds what [`RenderSettings`] knows; beside it Revideo's `projectSettings`,
    /// exporter included.
    ///
    /// # Errors
    /// What is wrong, with the field's name.
    pub fn take(fields: &mut Map<String, Value>) -> Result<Self, String> {
        let variables = object(fields, "variables")?;
        let mut asked = object(fields, "settings")?;
        let project = object(&mut asked, "projectSettings")?;
        asked.retain(|name, _| !PASSED_OVER.contains(&name.as_str()));
        for (name, value) in project {
            match name.as_str() {
                "exporter" => exporter(&value, &mut asked)?,
                "resolutionScale" => _ = asked.insert("scale".to_owned(), value),
                "colorSpace" => {}
                "background" | "fps" | "range" | "size" => _ = asked.insert(name, value),
                _ => return Err(format!("`projectSettings` has no setting `{name}`")),
            }
        }
        let mut left = asked.clone();
        let wanted = RenderSettings::take(&mut left).map_err(|error| error.to_string())?;
        if let Some(name) = left.keys().next() {
            return Err(format!("`settings` has no setting `{name}`"));
        }
        let format = wanted.format.as_deref().unwrap_or("mp4");
        let ending = Format::endings(format)[0];
        let film = format!("film.{ending}");
        let recipe = wanted.recipe(Path::new(&film));
        let recipe = recipe.map_err(|error| error.to_string())?;
        if recipe.format.container.is_many() {
            return Err(format!(
                "`format` is `{format}`, which is many files: a job is one"
            ));
        }
        let words = asked.iter().filter_map(|(name, value)| word(name, value));
        Ok(Self {
            variables,
            words: words.collect(),
            ending: ending.to_owned(),
        })
    }
}

/// A field that holds an object; an empty one if there is none.
fn object(fields: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(format!("`{name}` must be an object")),
    }
}

/// Writes what an exporter of Revideo says into the settings, which go before it.
fn exporter(value: &Value, asked: &mut Map<String, Value>) -> Result<(), String> {
    let format = match value["name"].as_str() {
        Some("@revideo/core/wasm") => "mp4",
        Some("@revideo/core/ffmpeg") => match value["options"]["format"].as_str() {
            None | Some("mp4") => "mp4",
            Some("webm") => "webm",
            Some("proRes") => "mov",
            Some(_) => {
                return Err("`exporter` has a format other than mp4, webm, proRes".to_owned());
            }
        },
        _ => {
            return Err(
                "`exporter` must be `@revideo/core/wasm` or `@revideo/core/ffmpeg`: a job is \
                 one file"
                    .to_owned(),
            );
        }
    };
    asked.entry("format").or_insert_with(|| format.into());
    Ok(())
}

/// The argument that says what a setting says, which was found right; none for one that
/// leaves things as they are.
fn word(name: &str, value: &Value) -> Option<String> {
    let text = match (name, value) {
        (_, Value::Null | Value::Bool(false)) => return None,
        (_, Value::Bool(true)) => return Some(flag(name)),
        ("size", value) => {
            let (width, height) = settings::size(value).ok()?;
            format!("{width}x{height}")
        }
        ("range", value) => {
            let (from, to) = settings::range(value).ok()?;
            let to = Some(to).filter(|to| to.is_finite());
            format!("{from}:{}", to.map_or(String::new(), |to| to.to_string()))
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    Some(format!("{}={text}", flag(name)))
}

/// What a setting is called on a command line.
fn flag(name: &str) -> String {
    let mut flag = "--".to_owned();
    for letter in match name {
        "loops" => "loop",
        name => name,
    }
    .chars()
    {
        if letter.is_ascii_uppercase() {
            flag.push('-');
        }
        flag.push(letter.to_ascii_lowercase());
    }
    flag
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn take(value: Value) -> Result<Order, String> {
        Order::take(&mut value.as_object().unwrap().clone())
    }

    #[test]
    fn both_shapes_become_arguments() {
        let order = take(json!({
            "variables": {"name": "Ada"},
            "settings": {
                "outFile": "mine.mp4", "workers": 4, "logProgress": true, "crf": 18,
                "noAudio": true, "constantEncode": false, "onDamaged": "error", "loudness": null,
                "projectSettings": {
                    "size": {"x": 320, "y": 180}, "range": [1, null], "resolutionScale": 0.5,
                    "background": "-red",
                    "exporter": {"name": "@revideo/core/ffmpeg", "options": {"format": "webm"}},
                },
            },
        }))
        .unwrap();
        assert_eq!(order.ending, "webm");
        assert_eq!(order.variables["name"], "Ada");
        let mut words = order.words;
        words.sort();
        let wanted = [
            "--background=-red",
            "--crf=18",
            "--format=webm",
            "--no-audio",
            "--on-damaged=error",
            "--range=1:",
            "--scale=0.5",
            "--size=320x180",
        ];
        assert_eq!(words, wanted);
        assert_eq!(take(json!({})).unwrap().ending, "mp4");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (value, wanted) in [
            (json!({"variables": [1]}), "`variables` must be an object"),
            (json!({"settings": "fast"}), "`settings` must be an object"),
            (
                json!({"settings": {"cfr": 18}}),
                "`settings` has no setting `cfr`",
            ),
            (
                json!({"settings": {"projectSettings": {"crf": 18}}}),
                "`projectSettings` has no setting `crf`",
            ),
            (json!({"settings": {"fps": 0}}), "`fps` must be a number"),
            (json!({"settings": {"format": "gif", "crf": 18}}), "crf"),
            (json!({"settings": {"format": "png"}}), "film.png"),
            (
                json!({"settings": {"format": "hls"}}),
                "which is many files",
            ),
            (
                json!({"settings": {"projectSettings": {"exporter": {"name": "@revideo/core/image-sequence"}}}}),
                "a job is one file",
            ),
        ] {
            let fault = take(value).unwrap_err();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}
