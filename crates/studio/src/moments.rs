use std::{io, path::Path};

use kinora_media::WholeFile;
use kinora_script::{Fence, TimeEvent};
use serde_json::{Map, Value, json};

/// Bytes that such a file has at most.
const LARGEST: u64 = 16 << 20;

/// A time event that its author has moved.
pub struct Move<'a> {
    /// The event.
    pub event: &'a TimeEvent,
    /// Seconds since the scene's start at which it is to be.
    pub seconds: f64,
    /// Whether the later ones of its scene move with it.
    pub shift: bool,
}

/// Writes where an event is into the file that keeps its scene's; whatever else stands
/// there stays.
///
/// # Errors
/// When nothing keeps it, or the file is no JSON object or cannot or must not be written.
pub fn write(moved: &Move, all: &[TimeEvent], fence: &Fence) -> Result<(), String> {
    let event = moved.event;
    let Some(file) = &event.file else {
        return Err(format!(
            "nothing keeps where `{}` is: import its scene with `?scene`, so that a `.meta` file beside it can",
            event.name
        ));
    };
    let shown = file.display();
    let mut meta = read(file, fence).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let by = moved.seconds - event.seconds;
    place(&mut meta, &event.name, moved.seconds);
    let later = all.iter().filter(|other| {
        moved.shift
            && other.scene == event.scene
            && other.name != event.name
            && other.seconds > event.seconds
    });
    for other in later {
        place(&mut meta, &other.name, other.seconds + by);
    }
    let text = format!("{:#}\n", Value::Object(meta));
    let written = fence.check_written(file);
    written
        .and_then(|()| WholeFile::write(file, text.as_bytes()))
        .map_err(|error| format!("cannot write `{shown}`: {error}"))
}

fn read(file: &Path, fence: &Fence) -> io::Result<Map<String, Value>> {
    let text = match fence.text(file, LARGEST) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Map::from_iter([("version".to_owned(), json!(0))]));
        }
        text => text?,
    };
    serde_json::from_str(&text).map_err(io::Error::other)
}

/// Sets one event's time, to a thousandth of a second.
fn place(meta: &mut Map<String, Value>, name: &str, seconds: f64) {
    let seconds = (seconds.max(0.0) * 1000.0).round() / 1000.0;
    let events = meta.entry("timeEvents").or_insert_with(|| json!([]));
    if !events.is_array() {
        *events = json!([]);
    }
    let Value::Array(events) = events else { return };
    let known = events.iter_mut().find(|event| event["name"] == name);
    match known.and_then(Value::as_object_mut) {
        Some(event) => _ = event.insert("targetTime".to_owned(), json!(seconds)),
        None => events.push(json!({"name": name, "targetTime": seconds})),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn event(file: &Path, name: &str, seconds: f64) -> TimeEvent {
        TimeEvent {
            scene: "intro".to_owned(),
            name: name.to_owned(),
            file: Some(file.to_owned()),
            from: 0.0,
            seconds,
            place: None,
        }
    }

    #[test]
    fn an_event_moves_and_what_else_is_kept_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("intro.meta");
        fs::write(
            &file,
            r#"{"version": 1, "timeEvents": [{"name": "a", "targetTime": 1, "x": 7}], "seed": 5}"#,
        )
        .unwrap();
        let all = [
            event(&file, "a", 1.0),
            event(&file, "b", 2.0),
            event(&file, "c", 0.5),
        ];
        let read = || -> Value { serde_json::from_slice(&fs::read(&file).unwrap()).unwrap() };
        let to = |seconds, shift| Move {
            event: &all[0],
            seconds,
            shift,
        };
        write(&to(1.23456, false), &all, &Fence::open()).unwrap();
        let wanted = json!({"version": 1, "timeEvents": [{"name": "a", "targetTime": 1.235, "x": 7}], "seed": 5});
        assert_eq!(read(), wanted);
        write(&to(1.5, true), &all, &Fence::open()).unwrap();
        let events =
            json!([{"name": "a", "targetTime": 1.5, "x": 7}, {"name": "b", "targetTime": 2.5}]);
        assert_eq!(read()["timeEvents"], events);
    }

    #[test]
    fn a_file_is_begun_and_a_broken_one_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("intro.meta");
        let all = [event(&file, "a", 1.0)];
        let moved = Move {
            event: &all[0],
            seconds: -1.0,
            shift: false,
        };
        write(&moved, &all, &Fence::open()).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let meta: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            meta,
            json!({"version": 0, "timeEvents": [{"name": "a", "targetTime": 0.0}]})
        );
        fs::write(&file, "[").unwrap();
        assert!(
            write(&moved, &all, &Fence::open())
                .unwrap_err()
                .contains("intro.meta")
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "[");
        let homeless = TimeEvent {
            file: None,
            ..all[0].clone()
        };
        let moved = Move {
            event: &homeless,
            ..moved
        };
        assert!(
            write(&moved, &all, &Fence::open())
                .unwrap_err()
                .contains("?scene")
        );
    }
}
