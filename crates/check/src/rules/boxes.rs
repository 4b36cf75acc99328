use std::collections::BTreeMap;

use kinora_film::kurbo::Rect;

use super::{canvas, shared, short};
use crate::{
    Rule,
    check::{Look, Sight, Spot},
    glance::{Glance, PICTURES, Seen},
};

/// The share of a text that may be beyond the canvas: letters rarely fill their line.
const CUT: f64 = 0.04;
/// The share of a picture that is to be on the canvas.
const HALF: f64 = 0.55;
/// The share of its box, and the pixels, by which a text may reach out of it.
const OVERFLOW: f64 = 0.02;

/// Seconds in which what moves slowly has hardly moved.
const MOMENT: f64 = 0.1;

/// Texts and pictures off the canvas, cut texts, texts larger than their boxes.
pub fn sights(look: &Look) -> Vec<Sight> {
    let mut sights = never_seen(look);
    sights.extend(half_off(look));
    for spot in look.spots() {
        let (index, node) = (spot.glance, spot.node);
        let Some(letters) = node.letters.filter(|_| node.is_visible()) else {
            continue;
        };
        let seen = shared(letters, canvas(look)) / letters.area();
        if (0.001..1.0 - CUT).contains(&seen) && stands_still(look, index, node) {
            let percent = ((1.0 - seen) * 100.0).round();
            let message = format!(
                "{percent} % of the text `{}` lies off the canvas",
                short(&node.text)
            );
            let hint = "move it, or make it smaller";
            sights.push(spot.sight(Rule::CutOff, letters, message, hint));
        }
        let behind = look.glances[index].above(spot.place).find_map(|above| {
            let drawn = above.depth > 0
                && above.letters.is_none()
                && above.fill.is_some_and(|fill| fill[3] > 0);
            above.own.filter(|_| drawn)
        });
        if let Some(behind) = behind
            && reaches_out(letters, behind)
            && stands_still(look, index, node)
        {
            let message = format!(
                "the text `{}` is {:.0}×{:.0} pixels, the box behind it {:.0}×{:.0}",
                short(&node.text),
                letters.width(),
                letters.height(),
                behind.width(),
                behind.height()
            );
            let hint =
                "give the box no size and some padding, let the text wrap, or make it smaller";
            sights.push(spot.sight(Rule::Overflow, letters, message, hint));
        }
    }
    sights
}

/// Whether a text begins in a box and ends beyond it.
fn reaches_out(letters: Rect, behind: Rect) -> bool {
    let slack = |side: f64| (side * OVERFLOW).max(2.0);
    let beyond = letters.width() > behind.width() + 2.0 * slack(behind.width())
        || letters.height() > behind.height() + 2.0 * slack(behind.height());
    beyond && shared(letters, behind) > 0.25 * behind.area()
}

/// Whether a text lies where it lay at the glance before.
pub fn stands_still(look: &Look, index: usize, node: &Seen) -> bool {
    rests(look, index, node, |node| node.letters)
}

/// Whether a box of a node is as it was at the glance before; one that is only a moment
/// before, as at a film's end, tells nothing.
pub fn rests(
    look: &Look,
    index: usize,
    node: &Seen,
    bounds: impl Fn(&Seen) -> Option<Rect>,
) -> bool {
    let Some(now) = bounds(node) else {
        return false;
    };
    let frame = look.glances[index].frame;
    let is_before = |glance: &&Glance| look.fps().seconds(frame - glance.frame) >= MOMENT;
    let before = look.glances[..index].iter().rev().find(is_before);
    let before = before.and_then(|glance| glance.find(&node.key));
    match before.and_then(&bounds) {
        Some(before) => {
            let near = |a: f64, b: f64| (a - b).abs() < 1.0;
            near(before.x0, now.x0)
                && near(before.y0, now.y0)
                && near(before.x1, now.x1)
                && near(before.y1, now.y1)
        }
        None => look.glances.len() == 1,
    }
}

/// Pictures of which half or more lies off the canvas, while they stand still. One that
/// fills the canvas is a background, and one that is only begun to be seen is not far.
fn half_off(look: &Look) -> Vec<Sight> {
    let canvas = canvas(look);
    let mut sights = Vec::new();
    for spot in look.spots() {
        let node = spot.node;
        let is_picture = PICTURES.contains(&node.class.as_str());
        let Some(own) = node.own.filter(|_| is_picture && node.opacity > 0.6) else {
            continue;
        };
        let fits = own.width() < canvas.width() && own.height() < canvas.height();
        let seen = shared(own, canvas) / own.area();
        let rests = rests(look, spot.glance, node, |node| node.own);
        if fits && (0.001..HALF).contains(&seen) && rests {
            let message = format!(
                "{:.0} % of the {} lies off the canvas",
                (1.0 - seen) * 100.0,
                node.class
            );
            let hint = "move it, or make it smaller";
            sights.push(spot.sight(Rule::HalfOff, own, message, hint));
        }
    }
    sights
}

/// Nodes that lie off the canvas whenever they are visible.
fn never_seen(look: &Look) -> Vec<Sight> {
    let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
    let mut first: BTreeMap<&str, Vec<(Spot<'_>, Rect)>> = BTreeMap::new();
    for spot in look.spots() {
        let node = spot.node;
        let is_picture = PICTURES.contains(&node.class.as_str());
        let Some(bounds) = node.letters.or(node.own.filter(|_| is_picture)) else {
            continue;
        };
        if !node.is_visible() {
            continue;
        }
        *seen.entry(&node.key).or_default() |= shared(bounds, canvas(look)) > 0.0;
        first.entry(&node.key).or_default().push((spot, bounds));
    }
    first.retain(|key, _| !seen[key]);
    let sights = first.into_values().flatten().map(|(spot, bounds)| {
        let what = spot.node;
        let shown = match what.text.is_empty() {
            true => what.class.clone(),
            false => format!("text `{}`", short(&what.text)),
        };
        let message = format!("the {shown} is never on the canvas");
        let hint = "the canvas's middle is 0, 0 where nothing else is laid out";
        spot.sight(Rule::OffCanvas, bounds, message, hint)
    });
    sights.collect()
}
