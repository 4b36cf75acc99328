use std::{io::ErrorKind, path::Path};

use kinora_script::Fence;
use serde_json::{Map, Value};

/// What a project's variables may be: a JSON Schema in `project.inputs.json` beside
/// `project.tsx`.
///
/// Of JSON Schema it takes what a form can show: `type`, `properties`, `required`,
/// `additionalProperties` (true or false), `items`, `enum`, `const`, `minimum`, `maximum`,
/// `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `minLength`, `maxLength`, `minItems`,
/// `maxItems`, `format` (`color` and `file` are checked), and what is only told: `title`,
/// `description`, `default`, `examples`. Anything else is refused, so that nothing that is
/// asked for goes unchecked.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    schema: Value,
}

/// Bytes that a schema has at most.
const LARGEST: u64 = 1 << 20;
/// Keywords that say nothing that could be wrong.
const TOLD: [&str; 7] = [
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
];
/// Keywords whose values are numbers.
const NUMBERS: [&str; 9] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
];
/// What a value can be.
const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

impl Inputs {
    /// What stands beside a project, if something does that it may read.
    ///
    /// # Errors
    /// When the file cannot be read or is no such schema; the message names it.
    pub fn beside(project: &Path, fence: &Fence) -> Result<Option<Self>, String> {
        let file = project.with_extension("inputs.json");
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let fault = |fault: String| format!("`{name}`: {fault}");
        match fence.text(&file, LARGEST) {
            Ok(text) => Self::read(&text).map(Some).map_err(fault),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(fault(error.to_string())),
        }
    }

    /// Reads a schema.
    ///
    /// # Errors
    /// When it is not JSON, or asks for what is not checked.
    pub fn read(text: &str) -> Result<Self, String> {
        let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        check_schema(&schema, "")?;
        match schema.get("type").and_then(Value::as_str) {
            None | Some("object") => Ok(Self { schema }),
            Some(_) => Err("it is the schema of an object: its `type` is `object`".to_owned()),
        }
    }

    /// The schema.
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// What is wrong with variables; nothing if they may be so. `root` is the project's
    /// folder: files are looked for below its `public`.
    pub fn faults(&self, variables: &Value, root: &Path) -> Vec<String> {
        let mut faults = Vec::new();
        check(&self.schema, variables, "", root, &mut faults);
        faults
    }
}

/// A path and one more name.
fn below(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

fn check_schema(schema: &Value, path: &str) -> Result<(), String> {
    let at = || match path {
        "" => String::new(),
        path => format!("`{path}`: "),
    };
    let schema = schema
        .as_object()
        .ok_or_else(|| format!("{}a schema is an object", at()))?;
    for (keyword, value) in schema {
        let fits = match keyword.as_str() {
            told if TOLD.contains(&told) => true,
            number if NUMBERS.contains(&number) => value.is_number(),
            "type" => types(value).is_some_and(|types| types.iter().all(|one| TYPES.contains(one))),
            "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
            "const" => true,
            "required" => value
                .as_array()
                .is_some_and(|names| names.iter().all(Value::is_string)),
            "additionalProperties" => value.is_boolean(),
            "format" => value.is_string(),
            "items" => {
                check_schema(value, &format!("{path}[]"))?;
                true
            }
            "properties" => {
                let properties = value.as_object();
                for (name, one) in properties.into_iter().flatten() {
                    check_schema(one, &below(path, name))?;
                }
                properties.is_some()
            }
            other => return Err(format!("{}the keyword `{other}` is not known here", at())),
        };
        if !fits {
            return Err(format!("{}`{keyword}` cannot be `{value}`", at()));
        }
    }
    Ok(())
}

/// One type, or a list of them.
fn types(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::String(one) => Some(vec![one]),
        Value::Array(all) => all.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

fn check(schema: &Value, value: &Value, path: &str, root: &Path, faults: &mut Vec<String>) {
    let name = match path {
        "" => "the variables",
        path => path,
    };
    let mut fault = |text: String| faults.push(format!("`{name}` {text}"));
    if let Some(types) = schema.get("type").and_then(types)
        && !types.iter().any(|kind| is_of(value, kind))
    {
        return fault(format!(
            "is to be of type {}, and is `{value}`",
            types.join(" or ")
        ));
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && !values.iter().any(|one| same(one, value))
    {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        fault(format!(
            "is to be one of {}, and is `{value}`",
            values.join(", ")
        ));
    }
    if let Some(only) = schema.get("const").filter(|only| !same(only, value)) {
        fault(format!("is to be `{only}`, and is `{value}`"));
    }
    let limit = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    if let Some(number) = value.as_f64() {
        for (keyword, is_beyond, wanted) in [
            (
                "minimum",
                (|a, b| a < b) as fn(f64, f64) -> bool,
                "at least",
            ),
            ("maximum", |a, b| a > b, "at most"),
            ("exclusiveMinimum", |a, b| a <= b, "more than"),
            ("exclusiveMaximum", |a, b| a >= b, "less than"),
            ("multipleOf", is_no_multiple, "a multiple of"),
        ] {
            if let Some(limit) = limit(keyword).filter(|limit| is_beyond(number, *limit)) {
                fault(format!("is to be {wanted} {limit}, and is {value}"));
            }
        }
    }
    let length = match value {
        Value::String(text) => Some((text.chars().count(), "Length", "characters")),
        Value::Array(items) => Some((items.len(), "Items", "items")),
        _ => None,
    };
    if let Some((length, what, shown)) = length {
        if let Some(least) = limit(&format!("min{what}")).filter(|least| (length as f64) < *least) {
            fault(format!(
                "is to have at least {least} {shown}, and has {length}"
            ));
        }
        if let Some(most) = limit(&format!("max{what}")).filter(|most| length as f64 > *most) {
            fault(format!(
                "is to have at most {most} {shown}, and has {length}"
            ));
        }
    }
    if let (Some(format), Some(text)) =
        (schema.get("format").and_then(Value::as_str), value.as_str())
    {
        match format {
            "color" if !is_color(text) => {
                fault(format!(
                    "is to be a colour, such as `#20a0ff` or `red`, and is `{text}`"
                ));
            }
            "file" if is_missing(text, root) => {
                fault(format!("names a file that is not there: `public{text}`"));
            }
            _ => {}
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, one) in values.iter().enumerate() {
            check(items, one, &format!("{path}[{index}]"), root, faults);
        }
    }
    if let Some(object) = value.as_object() {
        check_object(schema, object, path, root, faults);
    }
}

fn check_object(
    schema: &Value,
    object: &Map<String, Value>,
    path: &str,
    root: &Path,
    faults: &mut Vec<String>,
) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    for name in required.into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            faults.push(format!("`{}` is missing", below(path, name)));
        }
    }
    let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    for (name, value) in object {
        match properties.and_then(|properties| properties.get(name)) {
            Some(one) => check(one, value, &below(path, name), root, faults),
            None if is_closed => {
                let names = properties.into_iter().flat_map(Map::keys);
                let names: Vec<&str> = names.map(String::as_str).collect();
                let (name, names) = (below(path, name), names.join(", "));
                faults.push(format!("`{name}` is not known: {names}"));
            }
            None => {}
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    }
}

/// Whether two values are equal; numbers by what they are, not how they are written.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

fn is_no_multiple(number: f64, of: f64) -> bool {
    let times = number / of;
    (times - times.round()).abs() > 1e-9 * times.abs().max(1.0)
}

/// Whether a text looks like a CSS colour: digits, a name or a function.
fn is_color(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        let is_digit = |digit: char| digit.is_ascii_hexdigit();
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(is_digit);
    }
    let (name, rest) = text.split_at(text.find('(').unwrap_or(text.len()));
    let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic());
    is_name && (rest.is_empty() || rest.ends_with(')'))
}

/// Whether a text names a file below `public` that is not there.
fn is_missing(text: &str, root: &Path) -> bool {
    let is_below = |path: &Path| {
        use std::path::Component;
        path.components()
            .all(|part| matches!(part, Component::Normal(_)))
    };
    let Some(name) = text.strip_prefix('/') else {
        // A URL.
        return false;
    };
    let name = Path::new(name);
    !is_below(name) || !root.join("public").join(name).is_file()
}
