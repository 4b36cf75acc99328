use super::{boxes::rests, canvas, shared};
use crate::{
    Rule,
    check::{Look, Sight},
    glance::Seen,
};

/// Pixels that one of a file may be shown with, a side.
const LARGER: f64 = 1.51;
/// By how much a picture's proportions may differ from its file's.
const STRETCHED: f64 = 1.05;
/// Seconds that a video's last picture may stay.
const STAYS: f64 = 0.5;

/// Pictures and videos that are shown too large or stretched, and videos that have ended.
pub fn sights(look: &Look) -> Vec<Sight> {
    let mut sights = Vec::new();
    for spot in look.spots() {
        let (index, node) = (spot.glance, spot.node);
        let Some(own) = node.own.filter(|own| {
            node.is_visible() && shared(*own, canvas(look)) > 0.0 && node.source.is_some()
        }) else {
            continue;
        };
        if let Some((message, hint)) = larger(node) {
            sights.push(spot.sight(Rule::Upscaled, own, message, hint));
        }
        let rests = rests(look, index, node, |node| node.own);
        if let Some((message, hint)) = stretched(node).filter(|_| rests) {
            sights.push(spot.sight(Rule::Stretched, own, message, hint));
        }
        if has_ended(look, index, node) {
            let length = node.clip.unwrap_or_default().1;
            let message = format!(
                "the video is {length:.1} s long and its last picture stays while it is shown"
            );
            let hint =
                "show it shorter, play it slower (`playbackRate`), or let it begin again (`loop`)";
            sights.push(spot.sight(Rule::MediaEnds, own, message, hint));
        }
    }
    sights
}

fn what(node: &Seen) -> &'static str {
    match node.kind.as_str() {
        "video" => "video",
        _ => "picture",
    }
}

fn larger(node: &Seen) -> Option<(String, &'static str)> {
    let ((width, height), (across, down)) = (node.source?, node.sides);
    // Pixels that are not smoothed are meant to be seen.
    let is_larger = (across / width).max(down / height) > LARGER && node.smoothing;
    is_larger.then(|| {
        let message = format!(
            "the {} has {width:.0}×{height:.0} pixels and is shown with {across:.0}×{down:.0}",
            what(node)
        );
        (message, "take a larger file, or show it smaller")
    })
}

fn stretched(node: &Seen) -> Option<(String, &'static str)> {
    let ((width, height), (across, down)) = (node.source?, node.sides);
    let by = (across / down) / (width / height);
    let is_stretched = by.max(1.0 / by) > STRETCHED && across.min(down) > 2.0;
    is_stretched.then(|| {
        let message = format!(
            "the {} is {width:.0}×{height:.0} and is stretched to {across:.0}×{down:.0}",
            what(node)
        );
        (
            message,
            "give it a width or a height, not both; to fill a box, put it into one with `clip`",
        )
    })
}

/// Whether a video that was seen to play stands at its end, for longer than is overlooked.
fn has_ended(look: &Look, index: usize, node: &Seen) -> bool {
    let end = |node: &Seen| {
        let slack = 1.5 / look.fps().value();
        let clip = node.clip.filter(|(_, length)| *length > 0.0);
        clip.is_some_and(|(time, length)| time > length - slack.max(0.05))
    };
    let at = |index: usize| look.glances[index].find(&node.key);
    let played = (0..index)
        .rev()
        .find_map(|before| at(before).filter(|node| !end(node)));
    let first = (0..index)
        .rev()
        .take_while(|before| at(*before).is_some_and(end))
        .last();
    let last = (index + 1..look.glances.len())
        .take_while(|after| at(*after).is_some_and(|node| end(node) && node.is_visible()))
        .last();
    let frame = |index: usize| look.glances[index].frame;
    let stays = frame(last.unwrap_or(index)) - frame(first.unwrap_or(index));
    end(node) && played.is_some() && look.fps().seconds(stays) >= STAYS
}
