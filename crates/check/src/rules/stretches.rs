use kinora_film::{Drawing, Node, Walk};
use kinora_session::SessionError;

use crate::{Finding, Gravity, Rule, check::Look};

/// Seconds without a picture that are told.
const EMPTY: f64 = 1.0;
/// Seconds without a change that are told.
const FROZEN: f64 = 10.0;

/// Stretches in which nothing is drawn, and in which nothing changes.
pub fn findings(look: &Look) -> Result<Vec<Finding>, SessionError> {
    let film = &look.recorded.film;
    let mut runs = Runs {
        empty: Vec::new(),
        frozen: Vec::new(),
    };
    let mut before: Option<Drawing> = None;
    let first = look.recorded.recording.frames.start;
    for (index, entry) in film.segments().iter().enumerate() {
        let segment = film.read(index as u64)?;
        for (place, drawing) in (entry.frames.start..).zip(&segment.frames) {
            let frame = first + place;
            if is_empty(drawing) {
                extend(&mut runs.empty, frame, frame);
            } else if before.as_ref().is_some_and(|before| before == drawing) {
                extend(&mut runs.frozen, frame - 1, frame);
            }
            before = Some(drawing.clone());
        }
    }
    let fps = look.fps();
    let told = |rule, gravity, runs: Vec<(u64, u64)>, least: f64, message: &str, hint: &str| {
        let long = runs
            .into_iter()
            .filter(move |(from, to)| fps.seconds(to + 1 - from) >= least);
        let (message, hint) = (message.to_owned(), hint.to_owned());
        long.map(move |frames| Finding {
            rule,
            gravity,
            message: format!(
                "{message} for {:.1} s",
                fps.seconds(frames.1 + 1 - frames.0)
            ),
            node: None,
            place: serde_json::Value::Null,
            bounds: None,
            frames: Some(frames),
            fps,
            hint: hint.clone(),
            others: 0,
        })
    };
    let empty = told(
        Rule::Empty,
        Gravity::Warning,
        runs.empty,
        EMPTY,
        "nothing is drawn",
        "is a node missing, or its opacity 0?",
    );
    let frozen = told(
        Rule::Frozen,
        Gravity::Note,
        runs.frozen,
        FROZEN,
        "the picture stands still",
        "",
    );
    Ok(empty.chain(frozen).collect())
}

struct Runs {
    empty: Vec<(u64, u64)>,
    frozen: Vec<(u64, u64)>,
}

/// Adds frames to the last run, or begins another.
fn extend(runs: &mut Vec<(u64, u64)>, from: u64, to: u64) {
    match runs.last_mut() {
        Some(last) if last.1 + 1 >= from => last.1 = to,
        _ => runs.push((from, to)),
    }
}

/// Whether a frame draws nothing but a background.
fn is_empty(drawing: &Drawing) -> bool {
    let mut shapes = 0;
    for node in Walk::default().enter(drawing) {
        match &**node {
            Node::Group(_) => {}
            Node::Shape(_) => shapes += 1,
            Node::Glyphs(_) | Node::Picture(_) => return false,
        }
    }
    shapes == 0
}
