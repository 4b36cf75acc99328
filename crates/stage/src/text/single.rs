//! A text on one line, as a canvas sets it.

use kurbo::Rect;
use parley::FontData;
use skrifa::{
    FontRef, GlyphId, MetadataProvider as _,
    instance::{LocationRef, NormalizedCoord, Size},
    raw::TableProvider as _,
};

use super::shaper::{Glyphs, Shaper, Styled, pieces};
use crate::{font_style::FontStyle, fonts::Fonts};

/// A text on one line.
#[derive(Clone, Debug, Default)]
pub(crate) struct SingleLine {
    /// From the line's left end on its baseline.
    pub glyphs: Vec<Glyphs>,
    /// The sum of the advances.
    pub width: f64,
}

/// Heights of a style's first font in pixels, from the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct FontHeights {
    /// Upwards, in whole pixels.
    pub ascent: f64,
    /// Downwards, in whole pixels.
    pub descent: f64,
    /// The top of the em box, upwards.
    pub em_top: f64,
    /// The bottom of the em box, downwards.
    pub em_bottom: f64,
}

impl Shaper {
    /// Sets a text on one line; every space is `word_spacing` pixels wider.
    pub fn single_line(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        style: &FontStyle,
        word_spacing: f64,
    ) -> SingleLine {
        let mut set = SingleLine::default();
        if text.is_empty() || style.size <= 0.0 {
            return set;
        }
        // A wider space ends a word: what follows is moved.
        let words: Vec<&str> = match word_spacing == 0.0 {
            true => vec![text],
            false => text.split_inclusive(' ').collect(),
        };
        for word in words {
            let styled = Styled {
                range: 0..word.len(),
                span: 0,
                style,
            };
            let layout = self.shape(fonts, word, &[styled], style.rtl, false);
            let known: &Fonts = fonts;
            let found: Vec<_> = layout
                .lines()
                .flat_map(|line| pieces(&line, known, style.rtl))
                .collect();
            for piece in found {
                for mut run in piece.glyphs {
                    fonts.used.insert(run.font);
                    for glyph in &mut run.glyphs {
                        glyph.x += set.width as f32;
                    }
                    set.glyphs.push(run);
                }
            }
            set.width += f64::from(layout.full_width());
            if word.ends_with(' ') {
                set.width += word_spacing;
            }
        }
        set
    }

    /// The heights of the first font of a style.
    pub fn font_heights(&mut self, fonts: &mut Fonts, style: &FontStyle) -> FontHeights {
        let heights = self.heights(fonts, style);
        let typographic = self.first_font(fonts, style).and_then(|font| {
            let font = FontRef::from_index(font.data.data(), font.index).ok()?;
            let os2 = font.os2().ok()?;
            let (top, bottom) = (os2.s_typo_ascender(), os2.s_typo_descender());
            Some((f64::from(top), -f64::from(bottom)))
        });
        let (top, bottom) = typographic
            .filter(|(top, bottom)| *top > 0.0 && *bottom >= 0.0)
            .unwrap_or((heights.ascent, heights.descent));
        let all = if top + bottom > 0.0 {
            top + bottom
        } else {
            1.0
        };
        FontHeights {
            ascent: heights.ascent,
            descent: heights.descent,
            em_top: top / all * style.size,
            em_bottom: bottom / all * style.size,
        }
    }

    fn first_font(&mut self, fonts: &mut Fonts, style: &FontStyle) -> Option<FontData> {
        let styled = Styled {
            range: 0..1,
            span: 0,
            style,
        };
        let layout = self.shape(fonts, "x", &[styled], false, false);
        let line = layout.lines().next()?;
        line.runs().next().map(|run| run.font().clone())
    }

    /// The box around a line's glyphs, from its left end on the baseline.
    pub fn ink_box(&mut self, fonts: &mut Fonts, line: &SingleLine) -> Option<Rect> {
        let mut all: Option<Rect> = None;
        for run in &line.glyphs {
            let Some(bytes) = fonts.bytes(run.font) else {
                continue;
            };
            let Ok(font) = FontRef::from_index(bytes.as_ref().as_ref(), run.index) else {
                continue;
            };
            let coords: Vec<NormalizedCoord> = run
                .coords
                .iter()
                .map(|coord| NormalizedCoord::from_bits(*coord))
                .collect();
            let metrics = font.glyph_metrics(Size::new(run.size), LocationRef::new(&coords));
            for glyph in &run.glyphs {
                let Some(bounds) = metrics.bounds(GlyphId::new(glyph.id)) else {
                    continue;
                };
                if bounds.x_max <= bounds.x_min {
                    continue;
                }
                let rect = Rect::new(
                    f64::from(glyph.x + bounds.x_min),
                    f64::from(glyph.y - bounds.y_max),
                    f64::from(glyph.x + bounds.x_max),
                    f64::from(glyph.y - bounds.y_min),
                );
                all = Some(all.map_or(rect, |all| all.union(rect)));
            }
        }
        all
    }
}
