use std::rc::Rc;

use kinora_film::{Color, Drawing, GlyphRun, Node, Paint};
use kurbo::{Point, Vec2};

use super::shaped::ShapedText;
use crate::{
    error::SetError,
    value::{Input, Value},
};

/// A text of one line in one colour, at a place that its node gives it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlacedText {
    pub text: String,
    /// Where its baseline begins, from the top left corner of the box.
    pub at: Point,
    pub color: Color,
}

/// How many runs back one of the same looks is searched: a line has few colours.
const LOOKED_AT: usize = 32;
/// Numbers that each text has: its place and its colour.
const NUMBERS: usize = 6;

/// Texts from `[lines, [x, y, r, g, b, a, …]]`, one line of `lines` for each text.
pub(crate) fn placed_texts(input: Input<'_>) -> Result<Vec<PlacedText>, SetError> {
    let wrong = || input.wrong("texts with six numbers each");
    let Value::List(parts) = input.value else {
        return match input.value {
            Value::Null => Ok(Vec::new()),
            _ => Err(wrong()),
        };
    };
    let [Value::Text(lines), numbers] = parts.as_slice() else {
        return Err(wrong());
    };
    let numbers = numbers.numbers().ok_or_else(wrong)?;
    let texts: Vec<&str> = lines.split('\n').collect();
    if numbers.len() != texts.len() * NUMBERS {
        return Err(wrong());
    }
    let texts = texts.into_iter().zip(numbers.chunks_exact(NUMBERS));
    Ok(texts
        .map(|(text, numbers)| {
            let [r, g, b, a] = [2, 3, 4, 5].map(|index| numbers[index] as f32);
            PlacedText {
                text: text.to_owned(),
                at: Point::new(numbers[0], numbers[1]),
                color: Color::rgba(r, g, b, a),
            }
        })
        .collect())
}

/// The glyphs of texts, those of one baseline, font and colour together, in the order in
/// which they come up: a run stands on one baseline, which is put on whole pixels.
pub(crate) fn drawings<'a>(
    texts: impl Iterator<Item = (&'a PlacedText, &'a Rc<ShapedText>)>,
    origin: Vec2,
) -> Vec<Drawing> {
    let mut runs: Vec<(f64, GlyphRun)> = Vec::new();
    for (text, shaped) in texts {
        let at = text.at + origin;
        for glyphs in shaped.glyphs.iter().filter(|glyphs| glyphs.size >= 0.01) {
            let run = GlyphRun {
                fill: Some(Paint::Solid(text.color)),
                ..glyphs.run(at.to_vec2())
            };
            let mut known = runs.iter_mut().rev().take(LOOKED_AT);
            match known.find(|(y, known)| *y == at.y && is_alike(known, &run)) {
                Some((_, known)) => known.glyphs.extend(run.glyphs),
                None => runs.push((at.y, run)),
            }
        }
    }
    let runs = runs.into_iter().map(|(_, run)| run);
    let runs = runs.filter(|run| !run.glyphs.is_empty());
    runs.map(|run| Drawing::new(Node::Glyphs(run))).collect()
}

/// Whether two runs differ in their glyphs alone.
fn is_alike(a: &GlyphRun, b: &GlyphRun) -> bool {
    a.fill == b.fill
        && a.font == b.font
        && a.index == b.index
        && a.size == b.size
        && a.coords == b.coords
        && a.embolden == b.embolden
        && a.skew == b.skew
}
