use std::{io::ErrorKind, path::Path};

use kinora_film::kurbo::Rect;
use kinora_script::{Fence, NodeTrack};
use serde_json::{Map, Value};

use crate::{Finding, Gravity, Rule, check::Look, rules::canvas, rules::shared};

/// Bytes that a list has at most.
const LARGEST: u64 = 1 << 20;
/// Seconds that what keeps moving may stand.
const PAUSE: f64 = 0.5;
/// Pixels by which something may reach over the canvas's edge.
const SLACK: f64 = 1.0;

/// What is asked of a node's motion.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The node's key.
    pub node: String,
    /// What it is to do.
    pub wish: Wish,
}

/// What a node is to do; times are seconds of the film.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// It is to be seen at this time at the latest.
    AppearsBy(f64),
    /// It is to be seen before the node of this key is.
    Before(String),
    /// It is to lie on the canvas as a whole, from when it is first seen on.
    StaysInFrame(f64, f64),
    /// It is not to stand still for more than half a second.
    KeepsMoving(f64, f64),
}

impl Expectation {
    /// What is asked of a project in `project.expect.json` beside `project.tsx`; nothing if
    /// there is no such file that it may read.
    ///
    /// # Errors
    /// When the file cannot be read; the message names it, and says what is wrong where.
    pub fn beside(project: &Path, fence: &Fence) -> Result<Vec<Self>, String> {
        let file = project.with_extension("expect.json");
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let fault = |fault: String| format!("`{name}`: {fault}");
        match fence.text(&file, LARGEST) {
            Ok(text) => Self::read(&text).map_err(fault),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(fault(error.to_string())),
        }
    }

    /// Reads a list: each object has `node`, a key, and one or more of `appearsBy` (a time),
    /// `before` (a key), `staysInFrame` and `keepsMoving` (`true`, or `{from, to}`, either of
    /// which may be left out).
    ///
    /// # Errors
    /// When it is not JSON, or not such a list; the message says where.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let list: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let list = list.as_array().ok_or("it is no list of objects")?;
        let mut all = Vec::new();
        for (index, entry) in list.iter().enumerate() {
            let at = format!("entry {}", index + 1);
            let entry = entry.as_object();
            let entry = entry.ok_or_else(|| format!("{at} is no object"))?;
            let fault = |fault: String| format!("{at}: {fault}");
            all.extend(Self::entry(entry).map_err(fault)?);
        }
        Ok(all)
    }

    fn entry(entry: &Map<String, Value>) -> Result<Vec<Self>, String> {
        let node = entry.get("node").and_then(Value::as_str);
        let node = node.ok_or("it has no `node`, the key of one")?;
        let wishes = entry.iter().filter(|(name, _)| *name != "node");
        let all = wishes.map(|(name, value)| {
            let wish = match name.as_str() {
                "appearsBy" => value
                    .as_f64()
                    .map(Wish::AppearsBy)
                    .ok_or("a time in seconds"),
                "before" => {
                    let key = value.as_str().map(str::to_owned);
                    key.map(Wish::Before).ok_or("the key of a node")
                }
                "staysInFrame" => span(value).map(|(from, to)| Wish::StaysInFrame(from, to)),
                "keepsMoving" => span(value).map(|(from, to)| Wish::KeepsMoving(from, to)),
                other => {
                    return Err(format!(
                        "`{other}` is none of `appearsBy`, `before`, `staysInFrame`, `keepsMoving`"
                    ));
                }
            };
            let wish = wish.map_err(|wanted| format!("`{name}` is not {wanted}"))?;
            Ok(Self {
                node: node.to_owned(),
                wish,
            })
        });
        let all = all.collect::<Result<Vec<_>, String>>()?;
        match all.is_empty() {
            true => Err(format!("nothing is asked of `{node}`")),
            false => Ok(all),
        }
    }
}

/// `true`, or from and to in seconds.
fn span(value: &Value) -> Result<(f64, f64), &'static str> {
    let wrong = "`true` or an object with `from` and `to` in seconds";
    let object = match value {
        Value::Bool(true) => return Ok((0.0, f64::INFINITY)),
        Value::Object(object) => object,
        _ => return Err(wrong),
    };
    let time = |name: &str, otherwise: f64| match object.get(name) {
        None => Ok(otherwise),
        Some(value) => value.as_f64().ok_or(wrong),
    };
    let known = |name: &String| name == "from" || name == "to";
    let (from, to) = (time("from", 0.0)?, time("to", f64::INFINITY)?);
    match object.keys().all(known) && from < to {
        true => Ok((from, to)),
        false => Err(wrong),
    }
}

/// A node's place at one frame.
type Seen<'a> = (u64, &'a NodeTrack);

/// What is not as it is asked for.
pub fn findings(look: &Look, wishes: &[Expectation]) -> Vec<Finding> {
    wishes.iter().filter_map(|wish| judge(look, wish)).collect()
}

fn judge(look: &Look, expectation: &Expectation) -> Option<Finding> {
    let (name, fps) = (&expectation.node, look.fps());
    let path = path(look, name);
    let told = |message: String, frames: Option<(u64, u64)>, bounds: Option<Rect>| {
        let node = look.glances.iter().find_map(|glance| glance.find(name));
        Some(Finding {
            rule: Rule::Expected,
            gravity: Gravity::Warning,
            message,
            node: Some(name.clone()),
            place: node.map(|node| node.place.clone()).unwrap_or_default(),
            bounds,
            frames,
            fps,
            hint: String::new(),
            others: 0,
        })
    };
    let first = appears(look, &path);
    let Some(first) = first else {
        let is_there = look
            .glances
            .iter()
            .any(|glance| glance.find(name).is_some());
        let message = match is_there {
            true => format!("`{name}` is never seen"),
            false => format!("there is no node with the key `{name}`"),
        };
        return told(message, None, None);
    };
    let within = |from: f64, to: f64| {
        let time = move |frame: u64| fps.seconds(frame);
        let path = path.iter().copied();
        path.filter(move |(frame, _)| (from..=to).contains(&time(*frame)))
    };
    match &expectation.wish {
        Wish::AppearsBy(time) => {
            let seen = fps.seconds(first);
            let message =
                format!("`{name}` is to be seen by {time} s, and is first at {seen:.2} s");
            (seen > *time).then(|| told(message, Some((first, first)), None))?
        }
        Wish::Before(other) => {
            let Some(then) = appears(look, &self::path(look, other)) else {
                let message = format!("`{name}` is to be seen before `{other}`, which never is");
                return told(message, None, None);
            };
            let message = format!(
                "`{name}` is to be seen before `{other}`, and is first at {:.2} s, that at {:.2} s",
                fps.seconds(first),
                fps.seconds(then)
            );
            (first >= then).then(|| told(message, Some((then, first)), None))?
        }
        Wish::StaysInFrame(from, to) => {
            let canvas = canvas(look).inflate(SLACK, SLACK);
            let out = |(_, track): &Seen| {
                let bounds = bounds(track);
                bounds.intersect(canvas) != bounds
            };
            let after =
                within(*from, *to).filter(|(frame, track)| *frame >= first && is_seen(track));
            let out: Vec<Seen> = after.filter(out).collect();
            let (start, end) = (out.first()?, out.last()?);
            let message = format!("`{name}` is to stay on the canvas, and reaches over its edge");
            told(message, Some((start.0, end.0)), Some(bounds(start.1)))
        }
        Wish::KeepsMoving(from, to) => {
            let path: Vec<Seen> = within(*from, *to).collect();
            let stands = path.chunk_by(|a, b| b.0 == a.0 + 1 && same(a.1, b.1));
            let longest = stands.max_by_key(|stand| stand.len())?;
            let (start, end) = (longest.first()?, longest.last()?);
            let seconds = fps.seconds(end.0 - start.0);
            let message =
                format!("`{name}` is to keep moving, and stands still for {seconds:.1} s");
            (seconds > PAUSE)
                .then(|| told(message, Some((start.0, end.0)), Some(bounds(start.1))))?
        }
    }
}

/// Where a node is at each frame at which it is visible.
fn path<'a>(look: &'a Look, key: &str) -> Vec<Seen<'a>> {
    let found = look.tracks.iter().filter_map(|(frame, tracks)| {
        let track = tracks.iter().find(|track| track.key == key)?;
        Some((*frame, track))
    });
    found.collect()
}

/// The first frame at which something of it is on the canvas.
fn appears(look: &Look, path: &[Seen]) -> Option<u64> {
    let on = |(_, track): &&Seen| is_seen(track) && shared(bounds(track), canvas(look)) > 0.0;
    path.iter().find(on).map(|(frame, _)| *frame)
}

fn is_seen(track: &NodeTrack) -> bool {
    track.opacity > 0.1
}

fn bounds(track: &NodeTrack) -> Rect {
    let (left, top, right, bottom) = track.bounds;
    Rect::new(left, top, right, bottom)
}

fn same(a: &NodeTrack, b: &NodeTrack) -> bool {
    (a.origin, a.bounds, a.opacity) == (b.origin, b.bounds, b.opacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read() {
        let read = Expectation::read(
            r#"[{"node": "title", "appearsBy": 1.5, "before": "end"},
                {"node": "logo", "staysInFrame": true, "keepsMoving": {"from": 1}}]"#,
        );
        let wishes: Vec<Wish> = read.unwrap().into_iter().map(|one| one.wish).collect();
        let wanted = [
            Wish::AppearsBy(1.5),
            Wish::Before("end".to_owned()),
            Wish::StaysInFrame(0.0, f64::INFINITY),
            Wish::KeepsMoving(1.0, f64::INFINITY),
        ];
        assert_eq!(wishes, wanted);
    }

    #[test]
    fn what_is_no_wish_is_told() {
        for (text, told) in [
            ("{}", "no list"),
            ("[1]", "entry 1 is no object"),
            (r#"[{"appearsBy": 1}]"#, "entry 1: it has no `node`"),
            (r#"[{"node": "a"}]"#, "nothing is asked of `a`"),
            (r#"[{"node": "a", "appears": 1}]"#, "`appears` is none of"),
            (r#"[{"node": "a", "before": 1}]"#, "`before` is not the key"),
            (
                r#"[{"node": "a", "keepsMoving": {"from": 2, "to": 1}}]"#,
                "`keepsMoving` is not",
            ),
        ] {
            let fault = Expectation::read(text).unwrap_err();
            assert!(fault.contains(told), "{text}: {fault}");
        }
    }
}
