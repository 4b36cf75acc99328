use std::path::PathBuf;

use serde_json::{Map, Value};

/// A name of files in which values of a batch's row stand: `out/{name}.mp4`.
#[derive(Clone, Debug, PartialEq)]
pub struct RowName(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Value(String),
}

impl RowName {
    /// Reads a pattern; `{{` and `}}` stand for braces.
    ///
    /// # Errors
    /// When a brace stands alone.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = vec![Part::Text(String::new())];
        let mut rest = text.chars().peekable();
        while let Some(letter) = rest.next() {
            let doubled = matches!(letter, '{' | '}') && rest.next_if_eq(&letter).is_some();
            match letter {
                '{' if !doubled => {
                    let mut name = String::new();
                    loop {
                        match rest.next() {
                            Some('}') => break,
                            Some(letter) if letter != '{' => name.push(letter),
                            _ => return Err(format!("a `{{` is not closed in `{text}`")),
                        }
                    }
                    parts.push(Part::Value(name.trim().to_owned()));
                    parts.push(Part::Text(String::new()));
                }
                '}' if !doubled => {
                    return Err(format!(
                        "a `}}` closes nothing in `{text}`; write `}}}}` for one"
                    ));
                }
                letter => {
                    if let Some(Part::Text(text)) = parts.last_mut() {
                        text.push(letter);
                    }
                }
            }
        }
        Ok(Self(parts))
    }

    /// The name for a row, the `number`th from 1.
    ///
    /// # Errors
    /// When the row has no such value, or it cannot stand in a file's name.
    pub fn path(&self, row: &Map<String, Value>, number: usize) -> Result<PathBuf, String> {
        let mut path = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => path.push_str(text),
                Part::Value(name) => path.push_str(&value(row, name, number)?),
            }
        }
        Ok(path.into())
    }
}

fn value(row: &Map<String, Value>, name: &str, number: usize) -> Result<String, String> {
    let text = match row.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        None if name == "row" => number.to_string(),
        None | Some(Value::Null) => return Err(format!("it has no `{name}`")),
        Some(other) => {
            return Err(format!(
                "its `{name}` is neither text nor a number: `{other}`"
            ));
        }
    };
    // A value names a file, never a place.
    let plain = |letter: char| !letter.is_control() && !matches!(letter, '/' | '\\');
    match text.chars().all(plain) && !matches!(text.trim(), "" | "." | "..") {
        true => Ok(text),
        false => Err(format!(
            "its `{name}` cannot stand in a file's name: `{}`",
            text.escape_debug()
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(pattern: &str, row: Value) -> Result<String, String> {
        let row = row.as_object().cloned().unwrap();
        let path = RowName::parse(pattern)?.path(&row, 7)?;
        Ok(path.to_str().unwrap().to_owned())
    }

    #[test]
    fn values_stand_where_their_names_do() {
        let row = json!({"name": "Ann Lee", "n": 3, "row": "own"});
        assert_eq!(
            path("out/{name}-{ n }.mp4", row.clone()).unwrap(),
            "out/Ann Lee-3.mp4"
        );
        assert_eq!(path("{{{row}}}.mp4", row).unwrap(), "{own}.mp4");
        assert_eq!(path("{row}.mp4", json!({})).unwrap(), "7.mp4");
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        for (pattern, row, wanted) in [
            ("{a}", json!({}), "it has no `a`"),
            ("{a}", json!({"a": null}), "it has no `a`"),
            ("{a}", json!({"a": [1]}), "neither text nor a number"),
            ("{a}", json!({"a": "../x"}), "cannot stand"),
            ("{a}", json!({"a": ".."}), "cannot stand"),
            ("{a}", json!({"a": "b\u{0}"}), "cannot stand"),
            ("{a", json!({"a": 1}), "not closed"),
            ("a}", json!({"a": 1}), "closes nothing"),
        ] {
            let fault = path(pattern, row).unwrap_err();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}
