use super::state::{Baseline, Font};
use crate::{
    font_style::FontStyle,
    fonts::Fonts,
    text::{
        shaper::Shaper,
        single::{FontHeights, SingleLine},
    },
};

/// What a canvas measures of a text, in pixels; lengths to the left, upwards and
/// downwards are as a browser gives them, positive that way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TextMetrics {
    /// How far the text advances.
    pub width: f64,
    /// From where it is put to the left edge of its ink.
    pub left: f64,
    /// The same to the right edge.
    pub right: f64,
    /// From where it is put up to the top of its ink.
    pub ascent: f64,
    /// The same down to the bottom.
    pub descent: f64,
    /// Up to the top of the font's line.
    pub font_ascent: f64,
    /// Down to the bottom of the font's line.
    pub font_descent: f64,
    /// Up to the top of the em box.
    pub em_ascent: f64,
    /// Down to the bottom of the em box.
    pub em_descent: f64,
    /// Up to the alphabetic baseline.
    pub alphabetic: f64,
    /// Up to the hanging baseline.
    pub hanging: f64,
    /// Up to the ideographic baseline.
    pub ideographic: f64,
}

/// A font as a canvas's calls give it: size, weight, whether italic, letter and word
/// spacing, whether right to left.
pub(crate) fn style(n: &[f64], family: &str) -> FontStyle {
    /// The largest font size in pixels, as in the reference's browser.
    const LARGEST: f64 = 10_000.0;
    FontStyle {
        family: family.to_owned(),
        size: n[0].clamp(0.0, LARGEST),
        weight: n[1].clamp(1.0, 1000.0),
        italic: n[2] != 0.0,
        letter_spacing: n[3].clamp(-LARGEST, LARGEST),
        rtl: n[6] != 0.0,
        ..FontStyle::default()
    }
}

/// How far a text's alphabetic baseline lies below where the text is put.
pub(super) fn shift(heights: &FontHeights, baseline: Baseline) -> f64 {
    match baseline {
        Baseline::Alphabetic => 0.0,
        Baseline::Top => heights.em_top,
        // Four fifths of the ascent, where the font does not say.
        Baseline::Hanging => heights.ascent * 0.8,
        Baseline::Middle => (heights.em_top - heights.em_bottom) / 2.0,
        Baseline::Ideographic => -heights.descent,
        Baseline::Bottom => -heights.em_bottom,
    }
}

/// Measures a text; `align` is how much of its width lies left of where it is put.
pub(crate) fn metrics(
    shaper: &mut Shaper,
    fonts: &mut Fonts,
    text: &str,
    (style, word_spacing): (&FontStyle, f64),
    (align, baseline): (f64, f64),
) -> TextMetrics {
    let line = shaper.single_line(fonts, text, style, word_spacing);
    let heights = shaper.font_heights(fonts, style);
    let baseline = shift(&heights, Baseline::from_number(baseline));
    let ink = shaper.ink_box(fonts, &line).unwrap_or_default();
    let left = align * line.width;
    TextMetrics {
        width: line.width,
        left: left - ink.x0,
        right: ink.x1 - left,
        ascent: -ink.y0 - baseline,
        descent: ink.y1 + baseline,
        font_ascent: heights.ascent - baseline,
        font_descent: heights.descent + baseline,
        em_ascent: heights.em_top - baseline,
        em_descent: heights.em_bottom + baseline,
        alphabetic: -baseline,
        hanging: heights.ascent * 0.8 - baseline,
        ideographic: -heights.descent - baseline,
    }
}

/// Texts set before, with their fonts: a drawing often sets the same one many times.
#[derive(Default)]
pub(super) struct Lines {
    last: Option<(Font, FontHeights)>,
}

impl Lines {
    /// A text on one line and the heights of its font.
    pub fn set(
        &mut self,
        shaper: &mut Shaper,
        fonts: &mut Fonts,
        text: &str,
        font: &Font,
    ) -> (SingleLine, FontHeights) {
        let line = shaper.single_line(fonts, text, &font.style, font.word_spacing);
        let heights = match &self.last {
            Some((known, heights)) if known == font => *heights,
            _ => shaper.font_heights(fonts, &font.style),
        };
        self.last = Some((font.clone(), heights));
        (line, heights)
    }
}
