use std::{collections::HashMap, rc::Rc};

use super::shaper::{Glyphs, Shaper, Styled, whole_line};
use crate::{font_style::FontStyle, fonts::Fonts};

/// How many texts are kept at most.
const MOST: usize = 20_000;

/// A text in one style on one line.
#[derive(Debug)]
pub(crate) struct ShapedText {
    /// How far it advances, white space at its ends and letter spacing included.
    pub width: f64,
    pub glyphs: Vec<Glyphs>,
}

/// Texts that were shaped: a tween sets the same ones in every frame.
#[derive(Default)]
pub(crate) struct ShapedTexts {
    generation: u64,
    styles: HashMap<StyleKey, HashMap<String, Rc<ShapedText>>>,
    count: usize,
}

/// Family, size, slant, weight and letter spacing.
type StyleKey = (String, u64, bool, u64, u64);

impl ShapedTexts {
    /// A text as it is in a style; tabs and line breaks are spaces, as on a canvas.
    pub fn get(
        &mut self,
        (shaper, fonts): (&mut Shaper, &mut Fonts),
        style: &FontStyle,
        text: &str,
    ) -> Rc<ShapedText> {
        if self.generation != fonts.generation || self.count > MOST {
            self.styles.clear();
            self.count = 0;
        }
        let key = (
            style.family.clone(),
            style.size.to_bits(),
            style.italic,
            style.weight.to_bits(),
            style.letter_spacing.to_bits(),
        );
        let texts = self.styles.entry(key).or_default();
        if let Some(known) = texts.get(text) {
            return known.clone();
        }
        let shaped = Rc::new(shape((shaper, fonts), style, text));
        texts.insert(text.to_owned(), shaped.clone());
        self.count += 1;
        // Shaping may itself have brought a font.
        self.generation = fonts.generation;
        shaped
    }
}

fn shape((shaper, fonts): (&mut Shaper, &mut Fonts), style: &FontStyle, text: &str) -> ShapedText {
    if text.is_empty() {
        return ShapedText {
            width: 0.0,
            glyphs: Vec::new(),
        };
    }
    let text = text.replace(char::is_control, " ");
    let styled = Styled {
        range: 0..text.len(),
        span: 0,
        style,
    };
    let layout = shaper.shape(fonts, &text, &[styled], style.rtl, false);
    let (width, glyphs) = whole_line(&layout, fonts);
    ShapedText { width, glyphs }
}
