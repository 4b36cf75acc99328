use std::collections::HashMap;

use kinora_film::kurbo::Rect;
use kinora_script::NodeTrack;

use super::{canvas, shared};
use crate::{Finding, Gravity, Rule, check::Look};

/// The share of the canvas's diagonal that is a jump.
const FAR: f64 = 0.08;
/// How much farther it is than what moves before or after it.
const SUDDEN: f64 = 12.0;
/// Pixels a frame of what moves.
const MOVES: f64 = 0.3;

/// Where in a frame's list the node of a key is.
type Frame<'a> = HashMap<&'a str, usize>;

/// Nodes that move, and are elsewhere from one frame to the next in the midst of it, or
/// right before or after it. What stands before and after is a cut.
pub fn findings(look: &Look) -> Vec<Finding> {
    let canvas = canvas(look);
    let far = FAR * canvas.width().hypot(canvas.height());
    let mut findings: Vec<Finding> = Vec::new();
    let film = Film {
        tracks: &look.tracks,
        by_key: look
            .tracks
            .iter()
            .map(|(_, tracks)| by_key(tracks))
            .collect(),
        far,
        canvas,
    };
    for (index, (number, tracks)) in look.tracks.iter().enumerate() {
        // What is below a node that jumps is carried along.
        let mut within: Option<usize> = None;
        for track in tracks {
            if within.is_some_and(|depth| track.depth > depth) {
                continue;
            }
            let by = film.jump(index, track);
            within = by.map(|_| track.depth);
            if let Some(by) = by {
                add(look, &mut findings, track, *number, by);
            }
        }
    }
    findings
}

fn by_key(tracks: &[NodeTrack]) -> Frame<'_> {
    let tracks = tracks.iter().enumerate();
    tracks
        .map(|(place, track)| (track.key.as_str(), place))
        .collect()
}

struct Film<'a> {
    tracks: &'a [(u64, Vec<NodeTrack>)],
    by_key: Vec<Frame<'a>>,
    far: f64,
    canvas: Rect,
}

impl Film<'_> {
    fn at(&self, index: usize, key: &str) -> Option<&NodeTrack> {
        let place = self.by_key.get(index)?.get(key)?;
        self.tracks[index].1.get(*place)
    }

    /// How far a node goes from the frame before to this one.
    fn step(&self, index: usize, key: &str) -> Option<f64> {
        let (from, to) = (self.at(index.checked_sub(1)?, key)?, self.at(index, key)?);
        Some((from.origin.0 - to.origin.0).hypot(from.origin.1 - to.origin.1))
    }

    /// How far a node jumps to where it is at a frame.
    fn jump(&self, index: usize, track: &NodeTrack) -> Option<f64> {
        let key = track.key.as_str();
        let by = self.step(index, key).filter(|by| *by > self.far)?;
        let seen = |track: &NodeTrack| {
            let (left, top, right, bottom) = track.bounds;
            let bounds = Rect::new(left, top, right, bottom);
            track.opacity > 0.3 && shared(bounds, self.canvas) > 0.5 * bounds.area()
        };
        if !seen(self.at(index - 1, key)?) || !seen(track) {
            return None;
        }
        let earlier = |back: usize| index.checked_sub(back).and_then(|at| self.step(at, key));
        let later = |on: usize| self.step(index + on, key);
        let moves = |steps: [Option<f64>; 2]| match steps {
            [Some(a), Some(b)] => a.min(b) > MOVES && a.max(b) * SUDDEN < by,
            _ => false,
        };
        let is_slow = |step: Option<f64>| step.is_none_or(|step| step * SUDDEN < by);
        let moved = moves([earlier(1), earlier(2)]) || moves([later(1), later(2)]);
        (moved && is_slow(earlier(1)) && is_slow(later(1))).then_some(by)
    }
}

fn add(look: &Look, findings: &mut Vec<Finding>, track: &NodeTrack, frame: u64, by: f64) {
    let node = look
        .glances
        .iter()
        .find_map(|glance| glance.find(&track.key));
    let place = node.map(|node| node.place.clone()).unwrap_or_default();
    let again = findings
        .iter_mut()
        .find(|other| other.node.as_deref() == Some(&track.key));
    if let Some(again) = again {
        again.frames = again.frames.map(|(first, _)| (first, frame));
        return;
    }
    let twin = findings
        .iter_mut()
        .find(|other| !place.is_null() && other.place == place);
    if let Some(twin) = twin {
        twin.others += 1;
        return;
    }
    let class = node.map_or("node", |node| node.class.as_str());
    let (left, top, right, bottom) = track.bounds;
    findings.push(Finding {
        rule: Rule::Jump,
        gravity: Gravity::Note,
        message: format!(
            "`{}` ({class}) moves and is {by:.0} pixels elsewhere from one frame to the next",
            track.key
        ),
        node: Some(track.key.clone()),
        place,
        bounds: Some(Rect::new(left, top, right, bottom)),
        frames: Some((frame, frame)),
        fps: look.fps(),
        hint: "let the next tween begin where the last one ends, or hide it while it is moved"
            .to_owned(),
        others: 0,
    });
}
