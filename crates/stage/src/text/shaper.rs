use std::{collections::HashMap, ops::Range};

use kinora_film::{AssetId, Glyph, GlyphRun};
use kurbo::Vec2;
use parley::{
    BaseDirection, CHROMIUM_LINE_BREAK_OVERRIDE, FontData, FontStyle as Slant, FontWeight, Layout,
    LayoutContext, LineBreak, PositionedLayoutItem, TextStyle, TextWrapMode, WhiteSpaceCollapse,
};

use skrifa::raw::{FontRef, TableProvider as _};

use super::{cursive::cursive_ranges, emoji::emoji_ranges};
use crate::{
    font_style::{FontStyle, LineHeight},
    fonts::{Fonts, family_list},
    units::{ceil_unit, floor_unit},
};

/// The slant of a font without an italic face: a quarter of its height.
const SLANT: f32 = 14.036_243;

/// Heights of a font at a size, in whole pixels as the reference's browser has
/// them, and of a line of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Heights {
    pub ascent: f64,
    pub descent: f64,
    /// From the top of the line to the baseline.
    pub above: f64,
    /// From the baseline to the bottom of the line.
    pub below: f64,
}

impl Heights {
    /// Ascent and descent are each rounded; half of what the line is taller goes
    /// above, rounded down, and the rest below.
    fn new(ascent: f64, descent: f64, gap: f64, style: &FontStyle) -> Self {
        let round = |length: f64| (length + 0.5).floor();
        let (ascent, descent) = (round(ascent), round(descent));
        let line = match style.line_height {
            LineHeight::Normal => ascent + descent + round(gap),
            LineHeight::Px(px) => floor_unit(px),
            LineHeight::Factor(factor) => floor_unit(factor * style.size),
        };
        let leading = ((line - ascent - descent) / 2.0).floor();
        let above = ascent + leading;
        Self {
            ascent,
            descent,
            above,
            below: line - above,
        }
    }
}

/// Glyphs of one font, from the left end of their piece of text on its baseline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyphs {
    pub font: AssetId,
    pub index: u32,
    pub size: f32,
    pub coords: Vec<i16>,
    pub embolden: f32,
    pub skew: f32,
    pub glyphs: Vec<Glyph>,
}

impl Glyphs {
    /// The glyphs at a place, with nothing that fills or outlines them.
    pub fn run(&self, at: Vec2) -> GlyphRun {
        let moved = |glyph: &Glyph| Glyph {
            id: glyph.id,
            x: (f64::from(glyph.x) + at.x) as f32,
            y: (f64::from(glyph.y) + at.y) as f32,
        };
        GlyphRun {
            font: self.font,
            index: self.index,
            size: self.size,
            coords: self.coords.clone(),
            embolden: self.embolden,
            skew: self.skew,
            glyphs: self.glyphs.iter().map(moved).collect(),
            fill: None,
            stroke: None,
            stroke_first: false,
        }
    }
}

/// A piece of text that belongs to one span on one line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub span: usize,
    pub width: f64,
    /// What each glyph's advance rounded up to a layout unit adds, with the advance.
    pub rounding: Vec<(f64, f64)>,
    pub glyphs: Vec<Glyphs>,
    /// Heights of fonts that the style does not name but glyphs came from.
    pub others: Vec<(f64, f64, f64)>,
}

impl Piece {
    /// A piece without glyphs.
    pub fn gap(span: usize, width: f64) -> Self {
        Self {
            span,
            width,
            rounding: Vec::new(),
            glyphs: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Puts a piece of the same span to the right of this one.
    pub fn append(&mut self, mut other: Self) {
        for glyph in other.glyphs.iter_mut().flat_map(|run| &mut run.glyphs) {
            glyph.x += self.width as f32;
        }
        self.width += other.width;
        self.rounding.extend(other.rounding);
        self.glyphs.extend(other.glyphs);
        self.others.extend(other.others);
    }
}

/// A styled piece of a text to shape.
pub(super) struct Styled<'a> {
    pub range: Range<usize>,
    pub span: usize,
    pub style: &'a FontStyle,
}

type FaceKey = (String, bool, u64);

/// Turns text into glyphs.
#[derive(Default)]
pub(crate) struct Shaper {
    context: LayoutContext<u32>,
    /// Ascent, descent, gap and ascent of the em box of faces at a size of 1.
    heights: HashMap<FaceKey, [f64; 4]>,
    generation: u64,
}

impl Shaper {
    /// The heights of the first font of a style.
    pub fn heights(&mut self, fonts: &mut Fonts, style: &FontStyle) -> Heights {
        let [ascent, descent, gap, _] = self.per_em(fonts, style).map(|length| length * style.size);
        Heights::new(ascent, descent, gap, style)
    }

    /// How far the em box of the first font of a style reaches above the baseline:
    /// where a canvas has the `top` of a text.
    pub fn em_ascent(&mut self, fonts: &mut Fonts, style: &FontStyle) -> f64 {
        let [.., em] = self.per_em(fonts, style);
        em * style.size
    }

    fn per_em(&mut self, fonts: &mut Fonts, style: &FontStyle) -> [f64; 4] {
        const PROBE: f64 = 1024.0;
        if self.generation != fonts.generation {
            self.heights.clear();
            self.generation = fonts.generation;
        }
        let key = (style.family.clone(), style.italic, style.weight.to_bits());
        match self.heights.get(&key) {
            Some(heights) => *heights,
            None => {
                let probe = FontStyle {
                    size: PROBE,
                    letter_spacing: 0.0,
                    ..style.clone()
                };
                let styled = Styled {
                    range: 0..1,
                    span: 0,
                    style: &probe,
                };
                let (layout, _) = self.shape_with_fallbacks(fonts, "x", &[styled], false, false);
                let heights = layout
                    .lines()
                    .next()
                    .and_then(|line| line.runs().next())
                    .map(|run| {
                        let metrics = run.font_metrics();
                        let [ascent, descent, gap] =
                            [metrics.ascent, metrics.descent, metrics.leading]
                                .map(|length| f64::from(length) / PROBE);
                        let em = em_ascent(run.font()).unwrap_or(ascent / (ascent + descent));
                        [ascent, descent, gap, em]
                    })
                    .unwrap_or([0.8, 0.2, 0.0, 0.8]);
                self.heights.insert(key, heights);
                heights
            }
        }
    }

    /// Shapes one line of text whose pieces have these styles. The line is not
    /// broken yet.
    pub(super) fn shape(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        runs: &[Styled<'_>],
        rtl: bool,
        wrap: bool,
    ) -> Layout<u32> {
        let (layout, missing) = self.shape_with_fallbacks(fonts, text, runs, rtl, wrap);
        fonts.lacking.note(missing);
        layout
    }

    /// The shaped line, and the characters that no font has a glyph for.
    fn shape_with_fallbacks(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        runs: &[Styled<'_>],
        rtl: bool,
        wrap: bool,
    ) -> (Layout<u32>, Vec<char>) {
        // Each round finds a font for a character that had none, and asks for none
        // twice.
        loop {
            let layout = self.shape_once(fonts, text, runs, rtl, wrap);
            let missing = missing(&layout, text);
            let mut characters = missing.iter();
            if !characters.any(|character| fonts.find_fallback(*character)) {
                return (layout, missing);
            }
        }
    }

    fn shape_once(
        &mut self,
        fonts: &mut Fonts,
        text: &str,
        runs: &[Styled<'_>],
        rtl: bool,
        wrap: bool,
    ) -> Layout<u32> {
        let pictures = emoji_ranges(text);
        let emoji = if pictures.is_empty() {
            Vec::new()
        } else {
            fonts.emoji()
        };
        let is_spaced = runs.iter().any(|run| run.style.letter_spacing != 0.0);
        let cursive = match is_spaced {
            true => cursive_ranges(text),
            false => Vec::new(),
        };
        let mut pieces = Vec::with_capacity(runs.len());
        for run in runs {
            fonts.complete(run.style.weight);
            let families = fonts.families(&run.style.family);
            let first: Vec<String> = match emoji.is_empty() {
                true => Vec::new(),
                false => emoji.iter().chain(&families).cloned().collect(),
            };
            for (range, picture) in split(&run.range, &pictures) {
                let is_picture = picture && !emoji.is_empty();
                let families = if is_picture { &first } else { &families };
                for (range, hangs_together) in split(&range, &cursive) {
                    let mut style = text_style(run, families, wrap);
                    if hangs_together {
                        style.letter_spacing = 0.0;
                    }
                    pieces.push((range, style));
                }
            }
        }
        let mut builder = self
            .context
            .style_run_builder(&mut fonts.context, text, 1.0, false);
        builder.set_base_direction(if rtl {
            BaseDirection::Rtl
        } else {
            BaseDirection::Ltr
        });
        builder.set_line_break_override(Some(CHROMIUM_LINE_BREAK_OVERRIDE));
        for (range, style) in pieces {
            let index = builder.push_style(style);
            builder.push_style_run(index, range);
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(None);
        layout
    }
}

/// The typographic ascent of a font, as a part of it and the descent; `None` for a font
/// that does not say.
fn em_ascent(font: &FontData) -> Option<f64> {
    let font = FontRef::from_index(font.data.data(), font.index).ok()?;
    let table = font.os2().ok()?;
    let ascent = f64::from(table.s_typo_ascender());
    let height = ascent - f64::from(table.s_typo_descender());
    (ascent > 0.0 && height > 0.0).then(|| ascent / height)
}

/// Parts of `range` and whether they lie in one of `marked`.
fn split(range: &Range<usize>, marked: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let mut at = range.start;
    for mark in marked {
        let start = mark.start.clamp(at, range.end);
        let end = mark.end.clamp(at, range.end);
        if start < end {
            if at < start {
                parts.push((at..start, false));
            }
            parts.push((start..end, true));
            at = end;
        }
    }
    if at < range.end {
        parts.push((at..range.end, false));
    }
    parts
}

fn text_style(
    run: &Styled<'_>,
    families: &[String],
    wrap: bool,
) -> TextStyle<'static, 'static, u32> {
    let style = run.style;
    TextStyle {
        font_family: family_list(families),
        // The shaper divides by the size.
        font_size: style.size.max(1e-3) as f32,
        font_style: if style.italic {
            Slant::Italic
        } else {
            Slant::Normal
        },
        font_weight: FontWeight::new(style.weight as f32),
        brush: u32::try_from(run.span).unwrap_or(u32::MAX),
        letter_spacing: style.letter_spacing as f32,
        // What `line-break: auto` is in the reference's browser.
        line_break: LineBreak::Normal,
        text_wrap_mode: if wrap {
            TextWrapMode::Wrap
        } else {
            TextWrapMode::NoWrap
        },
        white_space_collapse: if wrap {
            WhiteSpaceCollapse::Collapse
        } else {
            WhiteSpaceCollapse::Preserve
        },
        ..TextStyle::default()
    }
}

/// The characters for which no font had a glyph.
fn missing(layout: &Layout<u32>, text: &str) -> Vec<char> {
    let runs: Vec<_> = layout.lines().flat_map(|line| line.runs()).collect();
    let mut missing = Vec::new();
    let mut add = |text: &str| {
        for character in text.chars() {
            if !is_ignorable(character) && !missing.contains(&character) {
                missing.push(character);
            }
        }
    };
    if runs.is_empty() {
        add(text);
    }
    for cluster in runs.iter().flat_map(|run| run.clusters()) {
        if cluster.glyphs().any(|glyph| glyph.id == 0) {
            add(&text[cluster.text_range()]);
        }
    }
    missing
}

/// Whether a character needs no glyph.
fn is_ignorable(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(
            character,
            '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        )
}

/// The pieces of a broken line from left to right, without the spaces that hang
/// over its end, and the fonts that they use.
pub(super) fn pieces(line: &parley::Line<'_, u32>, fonts: &Fonts, rtl: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for item in line.items() {
        let PositionedLayoutItem::GlyphRun(run) = item else {
            continue;
        };
        let span = run.style().brush as usize;
        if pieces.last().is_none_or(|piece| piece.span != span) {
            pieces.push(Piece::gap(span, 0.0));
        }
        if let Some(piece) = pieces.last_mut() {
            append(piece, &run, fonts);
        }
    }
    hang(&mut pieces, f64::from(line.metrics().hanging_advance), rtl);
    pieces
}

/// A text that was shaped as one line: its whole advance, and its glyphs.
pub(super) fn whole_line(layout: &Layout<u32>, fonts: &Fonts) -> (f64, Vec<Glyphs>) {
    let mut all = Piece::gap(0, 0.0);
    for item in layout
        .lines()
        .flat_map(|line| line.items().collect::<Vec<_>>())
    {
        if let PositionedLayoutItem::GlyphRun(run) = item {
            append(&mut all, &run, fonts);
        }
    }
    (all.width, all.glyphs)
}

fn append(piece: &mut Piece, glyph_run: &parley::GlyphRun<'_, u32>, fonts: &Fonts) {
    let run = glyph_run.run();
    let mut at = piece.width as f32;
    let glyphs: Vec<Glyph> = glyph_run
        .glyphs()
        .map(|glyph| {
            let x = at + glyph.x;
            at += glyph.advance;
            piece
                .rounding
                .push((f64::from(glyph.advance), rounding(glyph.advance)));
            Glyph {
                id: glyph.id,
                x,
                y: glyph.y,
            }
        })
        .collect();
    piece.width += f64::from(glyph_run.advance());
    let metrics = run.font_metrics();
    piece.others.push((
        f64::from(metrics.ascent),
        f64::from(metrics.descent),
        f64::from(metrics.leading),
    ));
    let Some(font) = fonts.file(run.font()) else {
        return;
    };
    let synthesis = run.synthesis();
    let size = run.font_size();
    let next = Glyphs {
        font,
        index: run.font().index,
        size,
        coords: run
            .normalized_coords()
            .iter()
            .map(|coord| coord.to_bits())
            .collect(),
        embolden: if synthesis.embolden() {
            size * boldness(size)
        } else {
            0.0
        },
        skew: if synthesis.skew().is_some() {
            SLANT
        } else {
            0.0
        },
        glyphs,
    };
    match piece.glyphs.last_mut() {
        Some(last)
            if (Glyphs {
                glyphs: Vec::new(),
                ..last.clone()
            }) == (Glyphs {
                glyphs: Vec::new(),
                ..next.clone()
            }) =>
        {
            last.glyphs.extend(next.glyphs);
        }
        _ => piece.glyphs.push(next),
    }
}

/// How much an advance grows when it is rounded up to a layout unit.
fn rounding(advance: f32) -> f64 {
    let advance = f64::from(advance);
    ceil_unit(advance.max(0.0)) - advance.max(0.0)
}

/// How much a broken line grows when each of its glyphs is rounded up; the spaces
/// that hang over its end count too.
pub(super) fn line_rounding(line: &parley::Line<'_, u32>) -> f64 {
    let runs = line.items().filter_map(|item| match item {
        PositionedLayoutItem::GlyphRun(run) => Some(run),
        PositionedLayoutItem::InlineBox(_) => None,
    });
    runs.map(|run| {
        run.glyphs()
            .map(|glyph| rounding(glyph.advance))
            .sum::<f64>()
    })
    .sum()
}

/// How much a font without a bold face is thickened, per em: from a 24th at
/// 9 pixels and below to a 32nd at 36 and above.
fn boldness(size: f32) -> f32 {
    let along = ((size - 9.0) / (36.0 - 9.0)).clamp(0.0, 1.0);
    1.0 / 24.0 + along * (1.0 / 32.0 - 1.0 / 24.0)
}

/// Takes hanging white space off the end of a line (the left one if `rtl`).
fn hang(pieces: &mut [Piece], hanging: f64, rtl: bool) {
    let mut left = hanging;
    let mut index = if rtl { 0 } else { pieces.len() };
    while left > 0.0 {
        if !rtl {
            if index == 0 {
                return;
            }
            index -= 1;
        }
        let Some(piece) = pieces.get_mut(index) else {
            return;
        };
        let cut = left.min(piece.width);
        piece.width -= cut;
        let mut gone = cut;
        while let Some((advance, _)) = piece.rounding.pop_if(|_| gone > 1e-3) {
            gone -= advance;
        }
        left -= cut;
        if rtl {
            for glyph in piece
                .glyphs
                .iter_mut()
                .flat_map(|glyphs| &mut glyphs.glyphs)
            {
                glyph.x -= cut as f32;
            }
            index += 1;
        }
    }
}

/// Heights of a line of another font than the style's own; its line height
/// counts only where the style leaves that to the font.
pub(super) fn other_heights(metrics: (f64, f64, f64), style: &FontStyle) -> Option<Heights> {
    (style.line_height == LineHeight::Normal)
        .then(|| Heights::new(metrics.0, metrics.1, metrics.2, style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_whole_and_leading_is_split_downwards() {
        // Roboto at 48 px: 44.53 and 11.72; a line of 57.6 px is 57 37/64.
        let style = FontStyle::default();
        let heights = Heights::new(44.53125, 11.71875, 0.0, &style);
        assert_eq!((heights.ascent, heights.descent), (45.0, 12.0));
        assert_eq!(heights.above, 45.0);
        assert_eq!(heights.above + heights.below, 57.59375);
        // A line lower than the font: -4.5 goes above as -5.
        let low = FontStyle {
            line_height: LineHeight::Px(48.0),
            ..style
        };
        assert_eq!(Heights::new(44.53125, 11.71875, 0.0, &low).above, 40.0);
    }

    #[test]
    fn ranges_are_split_around_pictures() {
        assert_eq!(
            split(&(2..10), &[0..3, 5..7, 9..12]),
            [
                (2..3, true),
                (3..5, false),
                (5..7, true),
                (7..9, false),
                (9..10, true)
            ]
        );
    }
}
