use rmcp::model::{JsonObject, Tool};
use serde_json::{Value, json};

use crate::commands::docs;

/// What a call comes to.
#[derive(Debug, PartialEq)]
pub enum Call {
    /// The answer.
    Text(String),
    /// The words of a command that gives it.
    Run(Vec<String>),
}

/// A tool and what it can be asked.
struct Kind {
    name: &'static str,
    about: &'static str,
    /// Its own arguments: name, JSON type, what it is.
    asks: &'static [(&'static str, &'static str, &'static str)],
    /// Which of them are needed.
    needs: &'static [&'static str],
    /// Whether it is about a project.
    of_project: bool,
}

static PROJECT: [(&str, &str, &str); 2] = [
    (
        "project",
        "string",
        "Path of the TSX file whose default export is the project",
    ),
    ("variables", "object", "Variables of the project, by name"),
];

static KINDS: [Kind; 6] = [
    Kind {
        name: "check",
        about: "Finds what is wrong with a project's picture and sound: unreadable, cut, covered or \
                lost texts, flashes, stretched pictures, sound that is too loud. Answers JSON, and a \
                picture with a numbered box around what each finding is about",
        asks: &[(
            "ignore",
            "array",
            "Names of rules whose findings are not wanted",
        )],
        needs: &["project"],
        of_project: true,
    },
    Kind {
        name: "frame",
        about: "Draws one frame of a project, exactly as it will be rendered",
        asks: &[
            (
                "time",
                "number",
                "Second of the film; the frame that is on then",
            ),
            (
                "frame",
                "integer",
                "Number of the frame, from 0, instead of a time",
            ),
            (
                "width",
                "integer",
                "Pixels across at most; 1280 if not given",
            ),
            (
                "crop",
                "string",
                "Only a part: left,top,width,height in pixels of the frame",
            ),
        ],
        needs: &["project"],
        of_project: true,
    },
    Kind {
        name: "sheet",
        about: "Draws frames spread over a project's film into one picture, and tells which they are",
        asks: &[("frames", "integer", "How many, up to 400; 12 if not given")],
        needs: &["project"],
        of_project: true,
    },
    Kind {
        name: "inspect",
        about: "Tells what a project is made of, as JSON: length, scenes, files, variables; with a \
                time, the nodes that are there then with boxes, lines of the source and properties",
        asks: &[("at", "number", "Second of the film whose nodes are wanted")],
        needs: &["project"],
        of_project: true,
    },
    Kind {
        name: "render",
        about: "Renders a project to a file, whose ending tells the format: .mp4 .webm .mov .gif …",
        asks: &[
            ("output", "string", "Path of the file to write"),
            ("size", "string", "Width and height, such as 1280x720"),
            ("fps", "number", "Frames a second"),
            ("range", "string", "Seconds from and to, such as 2:5"),
        ],
        needs: &["project", "output"],
        of_project: true,
    },
    Kind {
        name: "docs",
        about: "The manual: without a page's name, which pages there are",
        asks: &[("page", "string", "Name of a page")],
        needs: &[],
        of_project: false,
    },
];

impl Kind {
    fn arguments(&self) -> impl Iterator<Item = &(&'static str, &'static str, &'static str)> {
        let project = PROJECT.iter().filter(move |_| self.of_project);
        project.chain(self.asks)
    }

    fn schema(&self) -> JsonObject {
        let mut properties = JsonObject::new();
        for (name, kind, about) in self.arguments() {
            let mut property = json!({"type": kind, "description": about});
            if *kind == "array" {
                property["items"] = json!({"type": "string"});
            }
            properties.insert((*name).to_owned(), property);
        }
        let mut schema = JsonObject::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("required".to_owned(), json!(self.needs));
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }
}

/// All tools.
pub fn all() -> Vec<Tool> {
    let tool = |kind: &Kind| Tool::new(kind.name, kind.about, kind.schema());
    KINDS.iter().map(tool).collect()
}

/// What a call of a tool comes to.
///
/// # Errors
/// When there is no such tool, or an argument is missing, wrong or unknown; the message says
/// what there is.
pub fn call(name: &str, arguments: &JsonObject) -> Result<Call, String> {
    let kind = KINDS.iter().find(|kind| kind.name == name);
    let kind = kind.ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        format!("there is no tool `{name}`: {}", names.join(", "))
    })?;
    check(kind, arguments)?;
    let word = |name: &str| match arguments.get(name)? {
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let mut words = vec![name.to_owned()];
    let mut option = |option: &str, value: Option<String>| {
        // In one word, so that no value is taken for an option.
        words.extend(value.map(|value| format!("--{option}={value}")));
    };
    for (name, value) in arguments
        .get("variables")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        option("var", Some(format!("{name}={value}")));
    }
    match name {
        "docs" => return docs::page(word("page").as_deref()).map(Call::Text),
        "check" => {
            let ignored = arguments.get("ignore").and_then(Value::as_array);
            for rule in ignored.into_iter().flatten().filter_map(Value::as_str) {
                option("ignore", Some(rule.to_owned()));
            }
            words.extend(["--json", "--storyboard", "{picture}"].map(str::to_owned));
        }
        "frame" => {
            match word("frame") {
                Some(frame) => option("frames", Some(frame)),
                None => option("time", Some(word("time").unwrap_or_else(|| "0".to_owned()))),
            }
            // A part is not made smaller.
            if !arguments.contains_key("crop") {
                option("width", word("width").or_else(|| Some("1280".to_owned())));
            }
            option("crop", word("crop"));
            words.extend(["--output", "{picture}"].map(str::to_owned));
        }
        "sheet" => {
            words[0] = "frame".to_owned();
            let count = word("frames").unwrap_or_else(|| "12".to_owned());
            words.extend([format!("--sheet={count}")]);
            words.extend(["--output", "{picture}"].map(str::to_owned));
        }
        "inspect" => {
            option("at", word("at"));
            words.push("--json".to_owned());
        }
        _ => {
            for name in ["output", "size", "fps", "range"] {
                option(name, word(name));
            }
            words.push("--progress=none".to_owned());
        }
    }
    words.push("--".to_owned());
    words.extend(word("project"));
    Ok(Call::Run(words))
}

/// Refuses arguments that are missing, wrong or unknown.
fn check(kind: &Kind, arguments: &JsonObject) -> Result<(), String> {
    for name in kind.needs {
        if !arguments.contains_key(*name) {
            return Err(format!("`{}` needs `{name}`", kind.name));
        }
    }
    for (name, value) in arguments {
        let known = kind.arguments().find(|(known, ..)| known == name);
        let Some((_, wanted, _)) = known else {
            let names: Vec<&str> = kind.arguments().map(|(name, ..)| *name).collect();
            let names = names.join(", ");
            return Err(format!("`{}` takes no `{name}`: {names}", kind.name));
        };
        let fits = match *wanted {
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.is_u64(),
            "array" => value.is_array(),
            _ => value.is_object(),
        };
        if !fits {
            return Err(format!(
                "`{name}` is to be of type {wanted}, and is `{value}`"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, arguments: Value) -> Vec<String> {
        match call(name, arguments.as_object().unwrap()) {
            Ok(Call::Run(words)) => words,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn calls_are_commands() {
        assert_eq!(
            words(
                "frame",
                json!({"project": "a.tsx", "time": 1.5, "variables": {"n": 3, "t": "x y"}})
            ),
            [
                "frame",
                "--var=n=3",
                "--var=t=\"x y\"",
                "--time=1.5",
                "--width=1280",
                "--output",
                "{picture}",
                "--",
                "a.tsx"
            ]
        );
        assert_eq!(
            words("render", json!({"project": "--help", "output": "-x.mp4"})),
            [
                "render",
                "--output=-x.mp4",
                "--progress=none",
                "--",
                "--help"
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (name, arguments, told) in [
            (
                "rander",
                json!({}),
                "check, frame, sheet, inspect, render, docs",
            ),
            ("render", json!({"project": "a"}), "`render` needs `output`"),
            (
                "frame",
                json!({"project": "a", "tim": 1}),
                "takes no `tim`: project, variables, time",
            ),
            (
                "frame",
                json!({"project": "a", "time": "1"}),
                "`time` is to be of type number",
            ),
            ("docs", json!({"page": "chec"}), "`check`"),
        ] {
            let fault = call(name, arguments.as_object().unwrap()).unwrap_err();
            assert!(fault.contains(told), "{fault}");
        }
    }

    #[test]
    fn schemas_name_all_arguments() {
        for tool in all() {
            let required = tool.input_schema["required"].as_array().unwrap();
            for name in required {
                let name = name.as_str().unwrap();
                assert!(
                    tool.input_schema["properties"].get(name).is_some(),
                    "{name}"
                );
            }
        }
    }
}
