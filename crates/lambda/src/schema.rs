//! What events and answers may say, as JSON Schema (`events.schema.json`): what is published is
//! what the reader goes by.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::{Fault, fields::shown};

/// The text of the schema.
pub const SCHEMA: &str = include_str!("../events.schema.json");

static PARSED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(SCHEMA).expect("the schema is JSON, which a test reads"));

/// The kinds of events, by their `jobType`.
fn kinds() -> impl Iterator<Item = &'static str> {
    let kinds = PARSED["events"].as_object();
    kinds.into_iter().flat_map(Map::keys).map(String::as_str)
}

/// Refuses an event of a kind that there is not, or with fields that its kind has not.
///
/// # Errors
/// Naming the first of them.
pub fn check(kind: &str, event: &Map<String, Value>) -> Result<(), Fault> {
    let Some(fields) = PARSED["events"][kind]["properties"].as_object() else {
        let kinds: Vec<String> = kinds().map(|kind| format!("`{kind}`")).collect();
        let what = format!("must be {}, got `{}`", kinds.join(" or "), shown(kind));
        return Err(Fault::field("jobType", what));
    };
    match event.keys().find(|name| !fields.contains_key(*name)) {
        None => Ok(()),
        Some(name) => {
            let elsewhere = kinds().find(|kind| {
                let fields = PARSED["events"][kind]["properties"].as_object();
                fields.is_some_and(|fields| fields.contains_key(name))
            });
            let what = match elsewhere {
                Some(other) => format!("is not a field of `{kind}`, but of `{other}`"),
                None => "is not a field that is known here".to_owned(),
            };
            Err(Fault::field(&shown(name), what))
        }
    }
}

#[cfg(test)]
mod tests {
    use kinora_session::RenderSettings;
    use serde_json::json;

    use super::*;
    use crate::Event;

    /// An event of a kind with what it must have.
    fn least(kind: &str) -> Value {
        let mut event = json!({"jobType": kind});
        if matches!(kind, "fullRender" | "frames") {
            event["numWorkers"] = json!("auto");
        }
        let required = PARSED["events"][kind]["required"].as_array().unwrap();
        for name in required.iter().filter_map(Value::as_str) {
            match name {
                "jobId" => event[name] = json!("a"),
                "numWorkers" => event[name] = json!(2),
                "workerId" => event[name] = json!(1),
                "rows" => event[name] = json!([{}]),
                _ => {}
            }
        }
        event
    }

    #[test]
    fn the_reader_takes_every_field_of_the_schema() {
        for kind in kinds() {
            let mut event = least(kind);
            Event::parse(&event.to_string()).unwrap();
            let fields = PARSED["events"][kind]["properties"].as_object().unwrap();
            for name in fields.keys().filter(|name| *name != "jobType") {
                if event[name].is_null() {
                    event[name] = Value::Null;
                }
            }
            Event::parse(&event.to_string()).unwrap();
            let required = PARSED["events"][kind]["required"].as_array().unwrap();
            let required = required.iter().filter_map(Value::as_str);
            for name in required.filter(|name| *name != "jobType") {
                let mut less = event.clone();
                less[name] = Value::Null;
                let told = Event::parse(&less.to_string()).unwrap_err().text();
                assert_eq!(told, format!("`{name}` is missing"));
            }
        }
    }

    #[test]
    fn settings_are_those_of_every_render() {
        let names = PARSED["$defs"]["settings"]["properties"]
            .as_object()
            .unwrap();
        for name in names.keys() {
            let taken = RenderSettings::default().set(name, &Value::Null);
            assert_eq!(taken, Ok(true), "{name}");
        }
        let taken = RenderSettings::NAMES
            .iter()
            .filter(|name| !names.contains_key(**name));
        assert_eq!(taken.collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn fields_of_other_kinds_are_told_where_they_belong() {
        let told = |event: Value| Event::parse(&event.to_string()).unwrap_err().text();
        let mut still = least("still");
        still["numWorkers"] = json!(3);
        let told_of = told(still);
        let wanted = "`numWorkers` is not a field of `still`, but of `";
        assert!(told_of.starts_with(wanted), "{told_of}");
        let mut full = least("fullRender");
        full["job"] = json!(1);
        assert_eq!(told(full), "`job` is not a field that is known here");
        let other = json!({"jobType": "render", "jobId": "a"});
        let told = told(other);
        assert!(told.starts_with("`jobType` must be `"), "{told}");
        assert!(
            told.contains("`batch`") && told.ends_with("got `render`"),
            "{told}"
        );
    }
}
