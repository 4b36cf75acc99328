use std::collections::BTreeMap;

use super::{canvas, shared, short};
use crate::{
    Rule,
    check::{Look, Sight},
};

/// Characters that a quick reader reads a second.
const READ: f64 = 25.0;
/// The share of the time that reading takes that is enough: when a text comes and goes is
/// only known to a quarter of a second.
const ENOUGH: f64 = 0.9;
/// Characters that are seen, not read.
const AT_A_GLANCE: usize = 12;

/// A text as it was seen at glances that follow one another.
struct Spell<'a> {
    text: &'a str,
    glances: Vec<(usize, usize)>,
}

/// Texts that are gone before they can be read.
pub fn sights(look: &Look) -> Vec<Sight> {
    let mut sights = Vec::new();
    for spells in spells(look).into_values() {
        for (position, spell) in spells.iter().enumerate() {
            let is_next = |other: &&Spell| {
                let last = |spell: &Spell| spell.glances[spell.glances.len() - 1].0;
                let (a, b) = (last(other), last(spell));
                a + spell.glances.len() + 1 >= b && b + other.glances.len() + 1 >= a
            };
            let around = [position.checked_sub(1), Some(position + 1)];
            let around = around.into_iter().flatten().filter_map(|at| spells.get(at));
            // What changes letter by letter is a play, not a text.
            let in_flux = spell.glances.len() == 1 && around.filter(is_next).count() > 0;
            let letters = spell
                .text
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .count();
            let needs = spell.text.chars().count() as f64 / READ;
            let shown = seconds(look, spell);
            // What is all there is to see is a picture.
            let is_all = spell.glances.len() == look.glances.len();
            if letters <= AT_A_GLANCE || in_flux || is_all || shown >= ENOUGH * needs {
                continue;
            }
            sights.extend(spell.glances.iter().map(|(glance, node)| Sight {
                rule: Rule::ShortText,
                glance: *glance,
                node: *node,
                message: format!(
                    "the text `{}` is there for {shown:.1} s at most; reading it takes {needs:.1} s",
                    short(spell.text)
                ),
                hint: "let it stay, or say it in fewer words".to_owned(),
                bounds: look.glances[*glance].nodes[*node].letters,
            }));
        }
    }
    sights
}

/// The longest that a text can have been seen: it may have come right after the glance before
/// and gone right before the one after.
fn seconds(look: &Look, spell: &Spell) -> f64 {
    let (first, last) = (spell.glances[0].0, spell.glances[spell.glances.len() - 1].0);
    let frame = |index: usize| look.glances.get(index).map(|glance| glance.frame);
    let frames = &look.recorded.recording.frames;
    let from = first
        .checked_sub(1)
        .and_then(frame)
        .map_or(frames.start, |frame| frame + 1);
    let to = frame(last + 1).unwrap_or(frames.end);
    look.fps().seconds(to - from)
}

/// The spells of each node. A text that goes on or back letter by letter is one.
fn spells<'a>(look: &'a Look) -> BTreeMap<&'a str, Vec<Spell<'a>>> {
    let mut all: BTreeMap<&str, Vec<Spell<'a>>> = BTreeMap::new();
    for (index, glance) in look.glances.iter().enumerate() {
        for (place, node) in glance.nodes.iter().enumerate() {
            let on = |letters| shared(letters, canvas(look)) > 0.0;
            if !node.is_visible() || !node.letters.is_some_and(on) || glance.is_covered(place) {
                continue;
            }
            let spells = all.entry(&node.key).or_default();
            let text = node.text.as_str();
            let goes_on = spells.last_mut().filter(|spell| {
                let follows = spell
                    .glances
                    .last()
                    .is_some_and(|(last, _)| last + 1 == index);
                follows && (text.starts_with(spell.text) || spell.text.starts_with(text))
            });
            match goes_on {
                Some(spell) => {
                    spell.glances.push((index, place));
                    if text.len() > spell.text.len() {
                        spell.text = text;
                    }
                }
                None => spells.push(Spell {
                    text,
                    glances: vec![(index, place)],
                }),
            }
        }
    }
    all
}
