//! What is looked for, by what it is looked for in.

pub mod boxes;
pub mod contrast;
pub mod covers;
pub mod flashes;
pub mod fonts;
pub mod jumps;
pub mod media;
pub mod reading;
pub mod sounds;
pub mod stretches;
pub mod texts;

use kinora_film::kurbo::Rect;

use crate::check::Look;

/// The canvas.
pub fn canvas(look: &Look) -> Rect {
    let size = look.recorded.film.header().size;
    Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height))
}

/// What two boxes share, in square pixels.
pub fn shared(a: Rect, b: Rect) -> f64 {
    let both = a.intersect(b);
    both.width().max(0.0) * both.height().max(0.0)
}

/// A text in a few words.
fn short(text: &str) -> String {
    let words: String = text.chars().take(40).collect();
    match words.len() < text.len() {
        true => format!("{words}…"),
        false => words,
    }
}
