use super::{boxes::stands_still, canvas, shared, short};
use crate::{
    Rule,
    check::{Look, Sight},
    glance::Seen,
};

/// The share of the canvas's shorter side that letters must at least be high: 16 pixels of
/// 1080.
const SMALLEST: f64 = 16.0 / 1080.0;
/// The share of the smaller text that another may cover.
const OVERLAP: f64 = 0.2;

/// Texts that are too small, and texts over one another.
pub fn sights(look: &Look) -> Vec<Sight> {
    let mut sights = Vec::new();
    let canvas = canvas(look);
    let smallest = SMALLEST * canvas.width().min(canvas.height());
    for (index, glance) in look.glances.iter().enumerate() {
        let texts: Vec<(usize, &Seen)> = glance
            .nodes
            .iter()
            .enumerate()
            .filter(|(place, node)| {
                let on = |letters| shared(letters, canvas) > 0.0;
                node.opacity > 0.6 && node.letters.is_some_and(on) && !glance.is_covered(*place)
            })
            .collect();
        for (position, (place, node)) in texts.iter().enumerate() {
            let Some(letters) = node.letters else {
                continue;
            };
            let size = node.font_size * node.scale;
            if size > 0.0 && size < smallest && stands_still(look, index, node) {
                sights.push(Sight {
                    rule: Rule::SmallText,
                    glance: index,
                    node: *place,
                    message: format!(
                        "the text `{}` is {size:.1} pixels high on a canvas of {:.0}×{:.0}",
                        short(&node.text),
                        canvas.width(),
                        canvas.height()
                    ),
                    hint: format!(
                        "from {:.0} pixels on it can be read on a phone",
                        smallest.ceil()
                    ),
                    bounds: Some(letters),
                });
            }
            for (_, other) in &texts[..position] {
                let Some(below) = other.letters else { continue };
                let part = shared(letters, below) / letters.area().min(below.area());
                let twins = other.text == node.text;
                if part > OVERLAP
                    && !twins
                    && stands_still(look, index, node)
                    && stands_still(look, index, other)
                {
                    sights.push(Sight {
                        rule: Rule::Overlap,
                        glance: index,
                        node: *place,
                        message: format!("the texts `{}` and `{}` lie over one another", short(&other.text), short(&node.text)),
                        hint: "move one of them, or lay both out in a column (`layout direction={'column'}`)".to_owned(),
                        bounds: Some(letters.intersect(below)),
                    });
                }
            }
        }
    }
    sights
}
