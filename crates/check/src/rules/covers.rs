use std::collections::BTreeSet;

use super::{
    boxes::{rests, stands_still},
    canvas, shared, short,
};
use crate::{
    Rule,
    check::{Look, Sight},
};

/// The part of a text that may be hidden: letters rarely fill their line.
const SLIGHT: f64 = 0.1;
/// The part from which nothing is seen of it.
const ALL: f64 = 0.98;

/// Texts that something hides, in part while both stand still, or whenever they are there.
pub fn sights(look: &Look) -> Vec<Sight> {
    let mut sights = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (index, glance) in look.glances.iter().enumerate() {
        for (place, node) in glance.nodes.iter().enumerate() {
            let on = |letters: &_| shared(*letters, canvas(look)) > 0.0;
            let Some(letters) = node.letters.filter(on).filter(|_| node.opacity > 0.6) else {
                continue;
            };
            let (part, over) = glance.cover(place);
            let Some(over) = over.filter(|_| part >= SLIGHT) else {
                seen.insert(&node.key);
                continue;
            };
            let over = &glance.nodes[over];
            let is_hidden = part > ALL;
            let still =
                stands_still(look, index, node) && rests(look, index, over, |node| node.own);
            if !is_hidden && !still {
                seen.insert(&node.key);
                continue;
            }
            let shown = short(&node.text);
            let name = format!("`{}` ({})", over.key, over.class);
            sights.push((
                is_hidden,
                Sight {
                    rule: Rule::Covered,
                    glance: index,
                    node: place,
                    message: match is_hidden {
                        true => format!("the text `{shown}` is never seen: {name} covers it"),
                        false => format!(
                            "{:.0} % of the text `{shown}` lies behind {name}",
                            part * 100.0
                        ),
                    },
                    hint: "move one of them, or draw the text later (`zIndex`, or its place among its siblings)".to_owned(),
                    bounds: Some(letters),
                },
            ));
        }
    }
    // What is covered once it was seen made room for what came.
    let meant =
        |sight: &Sight| seen.contains(look.glances[sight.glance].nodes[sight.node].key.as_str());
    let told = sights
        .into_iter()
        .filter(|(is_hidden, sight)| !is_hidden || !meant(sight));
    told.map(|(_, sight)| sight).collect()
}
