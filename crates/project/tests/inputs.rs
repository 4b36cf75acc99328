//! What a schema of variables takes, refuses, and cannot be.

use std::path::Path;

use kinora_project::Inputs;
use serde_json::{Value, json};

const SCHEMA: &str = r##"{
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 10, "default": "Hello"},
        "count": {"type": "integer", "minimum": 1, "maximum": 5},
        "tint": {"type": "string", "format": "color"},
        "kind": {"enum": ["a", "b"]},
        "logo": {"type": "string", "format": "file"},
        "rows": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}
        }},
        "step": {"type": "number", "multipleOf": 0.1}
    },
    "required": ["title"],
    "additionalProperties": false
}"##;

fn faults(variables: Value) -> Vec<String> {
    Inputs::read(SCHEMA)
        .unwrap()
        .faults(&variables, Path::new("/nowhere"))
}

#[test]
fn what_may_be_is_taken() {
    let all = json!({
        "title": "Häuser", "count": 3, "tint": "rgb(1, 2, 3)", "kind": "b",
        "logo": "https://example.org/a.png", "rows": [{"name": "x", "more": 1}], "step": 0.3,
    });
    assert_eq!(faults(all), [] as [String; 0]);
    assert_eq!(
        faults(json!({"title": "", "tint": "#abcd"})),
        [] as [String; 0]
    );
}

#[test]
fn what_may_not_be_is_told_by_its_name() {
    for (variables, told) in [
        (json!({}), "`title` is missing"),
        (
            json!({"title": 3}),
            "`title` is to be of type string, and is `3`",
        ),
        (
            json!({"title": "far too long"}),
            "`title` is to have at most 10 characters, and has 12",
        ),
        (
            json!({"title": "", "count": 0}),
            "`count` is to be at least 1, and is 0",
        ),
        (
            json!({"title": "", "count": 1.5}),
            "`count` is to be of type integer, and is `1.5`",
        ),
        (
            json!({"title": "", "tint": "#12345"}),
            "`tint` is to be a colour",
        ),
        (
            json!({"title": "", "kind": "c"}),
            "`kind` is to be one of \"a\", \"b\", and is `\"c\"`",
        ),
        (
            json!({"title": "", "logo": "/a.png"}),
            "`logo` names a file that is not there: `public/a.png`",
        ),
        (
            json!({"title": "", "rows": []}),
            "`rows` is to have at least 1 items, and has 0",
        ),
        (
            json!({"title": "", "rows": [{}]}),
            "`rows[0].name` is missing",
        ),
        (
            json!({"title": "", "step": 0.25}),
            "`step` is to be a multiple of 0.1",
        ),
        (
            json!({"title": "", "tilte": ""}),
            "`tilte` is not known: title, count",
        ),
    ] {
        let faults = faults(variables);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with(told), "{faults:?}");
    }
}

#[test]
fn a_schema_that_is_not_understood_is_refused() {
    for (text, told) in [
        ("[]", "a schema is an object"),
        (r#"{"type": "string"}"#, "its `type` is `object`"),
        (
            r#"{"properties": {"a": {"pattern": "x"}}}"#,
            "`a`: the keyword `pattern` is not known",
        ),
        (
            r#"{"properties": {"a": {"type": "text"}}}"#,
            "`a`: `type` cannot be",
        ),
        (
            r#"{"properties": {"a": {"items": {"minimum": "1"}}}}"#,
            "`a[]`: `minimum` cannot be",
        ),
    ] {
        let fault = Inputs::read(text).unwrap_err();
        assert!(fault.contains(told), "{fault}");
    }
}
