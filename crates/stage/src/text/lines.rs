use std::{ops::Range, rc::Rc};

use parley::Layout;

use super::{
    shaper::{Glyphs, Heights, Piece, Shaper, Styled, line_rounding, other_heights, pieces},
    span::{InlineBox, Span},
    white_space::{HardLine, collapsed, hard_lines},
};
use crate::{font_style::Wrap, fonts::Fonts, units::ceil_unit};

/// A piece of a leaf on a line.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub span: usize,
    /// From the line's left end.
    pub left: f64,
    pub width: f64,
    pub glyphs: Vec<Glyphs>,
}

/// A visual line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// From the top of the block's content.
    pub top: f64,
    pub height: f64,
    /// From the line's top.
    pub baseline: f64,
    pub width: f64,
    pub pieces: Vec<Placed>,
}

/// A block broken into lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Broken {
    pub lines: Vec<Line>,
    pub width: f64,
    pub height: f64,
}

/// A line as the text itself breaks, shaped.
struct Shaped {
    text: String,
    layout: Option<Layout<u32>>,
    /// What comes after each tab of a preformatted line.
    tabbed: Vec<Tabbed>,
    /// A span that stands on it even without glyphs: the one with its break.
    ended_by: Option<usize>,
    /// Glyphs that are drawn in place of those measured.
    drawn: Vec<(usize, Vec<Glyphs>)>,
}

/// A tab, and what is on the line until the next one.
struct Tabbed {
    /// The span that the tab is in.
    span: usize,
    /// How far a space goes there.
    space: f64,
    layout: Option<Layout<u32>>,
}

impl Tabbed {
    /// Where the tab leads that stands `at` so far from the line's start: to the next
    /// multiple of eight spaces that is at least half a space away.
    fn stop(&self, at: f64) -> f64 {
        let stops = 8.0 * self.space;
        if stops <= 0.0 {
            return at;
        }
        let next = ((at / stops).floor() + 1.0) * stops;
        match next - at < self.space / 2.0 {
            true => next + stops,
            false => next,
        }
    }
}

/// A block's shaped text, ready to be broken at any width.
#[derive(Default)]
pub(super) struct Breaker {
    lines: Vec<Shaped>,
    wraps: bool,
    balances: bool,
    rtl: bool,
    min: f64,
    max: f64,
    /// The widths broken at last.
    cache: Vec<(u64, Rc<Broken>)>,
}

/// What a block's lines are made of besides their shaped text.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub boxes: &'a [InlineBox],
    pub spans: &'a [Span],
    pub fonts: &'a Fonts,
}

/// How many widths are remembered: layout asks for a few in turn.
const CACHED: usize = 4;

/// The reference's browser balances blocks of up to this many lines.
const BALANCED: usize = 6;

impl Breaker {
    /// Shapes the texts of a block's spans; `wrap` is how the block itself wraps.
    pub fn new(
        shaper: &mut Shaper,
        fonts: &mut Fonts,
        texts: &[(String, Wrap)],
        (boxes, spans): (&[InlineBox], &[Span]),
        (wrap, rtl): (Wrap, bool),
    ) -> Self {
        let wraps = matches!(wrap, Wrap::Normal | Wrap::Balance);
        let styled = |range, span: usize| Styled {
            range,
            span,
            style: &boxes[spans[span].inside].style,
        };
        let hard = hard_lines(texts.iter().map(|(text, wrap)| (text.as_str(), *wrap)));
        let mut lines = Vec::with_capacity(hard.len());
        for line in hard {
            let mut parts = tab_parts(&line).into_iter();
            let shape = |shaper: &mut Shaper, fonts: &mut Fonts, part: &Part| {
                let text = &line.text[part.range.clone()];
                let within = |(range, span): &(Range<usize>, usize)| {
                    let start = range.start.max(part.range.start);
                    let end = range.end.min(part.range.end);
                    let inside = || start - part.range.start..end - part.range.start;
                    (start < end).then(|| styled(inside(), *span))
                };
                let runs: Vec<Styled<'_>> = line.runs.iter().filter_map(within).collect();
                (!runs.is_empty()).then(|| shaper.shape(fonts, text, &runs, rtl, wraps))
            };
            let first = parts.next();
            let layout = first.and_then(|part| shape(shaper, fonts, &part));
            let mut tabbed = Vec::new();
            for part in parts {
                let layout = shape(shaper, fonts, &part);
                let run = styled(0..1, part.span);
                let space = shaper.shape(fonts, " ", &[run], false, false);
                tabbed.push(Tabbed {
                    span: part.span,
                    space: f64::from(space.full_width()),
                    layout,
                });
            }
            let mut drawn = Vec::new();
            for (range, span) in &line.runs {
                let text = &line.text[range.clone()];
                let single = collapsed(text);
                if texts[*span].1 == Wrap::Pre && single != text {
                    let run = styled(0..single.len(), *span);
                    let layout = shaper.shape(fonts, &single, &[run], rtl, false);
                    let glyphs = layout
                        .lines()
                        .flat_map(|line| pieces(&line, fonts, rtl))
                        .flat_map(|piece| piece.glyphs);
                    drawn.push((*span, glyphs.collect()));
                }
            }
            lines.push(Shaped {
                text: line.text,
                layout,
                tabbed,
                ended_by: line.ended_by,
                drawn,
            });
        }
        let mut breaker = Self {
            lines,
            wraps,
            balances: wrap == Wrap::Balance,
            rtl,
            ..Self::default()
        };
        let parts = Parts {
            boxes,
            spans,
            fonts,
        };
        breaker.max = breaker.break_lines(f64::INFINITY, parts).width;
        breaker.min = if wraps {
            let least = |line: &Shaped| {
                let layout = line.layout.as_ref()?;
                Some(ceil_unit(f64::from(layout.calculate_content_widths().min)))
            };
            breaker.lines.iter().filter_map(least).fold(0.0, f64::max)
        } else {
            breaker.max
        };
        breaker
    }

    /// The width without soft breaks.
    pub fn max_content(&self) -> f64 {
        self.max
    }

    /// The width with all soft breaks.
    pub fn min_content(&self) -> f64 {
        self.min.min(self.max)
    }

    /// The block broken at a width.
    pub fn break_at(&mut self, width: f64, parts: Parts<'_>) -> Rc<Broken> {
        // All widths from the longest line's on are as good as unlimited.
        let width = if !self.wraps || width >= self.max {
            f64::INFINITY
        } else {
            width
        };
        let key = width.to_bits();
        if let Some((_, broken)) = self.cache.iter().find(|(known, _)| *known == key) {
            return broken.clone();
        }
        let broken = if self.balances && width.is_finite() {
            self.balance(width, parts)
        } else {
            self.break_lines(width, parts)
        };
        let broken = Rc::new(broken);
        if self.cache.len() >= CACHED {
            self.cache.remove(0);
        }
        self.cache.push((key, broken.clone()));
        broken
    }

    /// The narrowest block with as many lines as one of this width.
    fn balance(&mut self, width: f64, parts: Parts<'_>) -> Broken {
        let count = |breaker: &mut Self, width| breaker.break_lines(width, parts).lines.len();
        let lines = count(self, width);
        if !(2..=BALANCED).contains(&lines) {
            return self.break_lines(width, parts);
        }
        let (mut low, mut high) = (width / lines as f64, width);
        while high - low > 1.0 {
            let middle = (low + high) / 2.0;
            if count(self, middle) > lines {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.break_lines(high, parts)
    }

    fn break_lines(&mut self, width: f64, parts: Parts<'_>) -> Broken {
        let mut broken = Broken::default();
        for shaped in &mut self.lines {
            if !shaped.tabbed.is_empty() {
                let pieces = shaped.tabbed_pieces(parts, self.rtl);
                broken.push(line(shaped.text.clone(), pieces, None, parts));
                continue;
            }
            let Some(layout) = &mut shaped.layout else {
                broken.push(line(String::new(), Vec::new(), shaped.ended_by, parts));
                continue;
            };
            break_layout(layout, width, self.wraps);
            for visual in layout.lines() {
                let text = shaped.text.get(visual.text_range()).unwrap_or_default();
                let text = if self.wraps { text.trim_end() } else { text };
                let mut pieces = pieces(&visual, parts.fonts, self.rtl);
                for piece in &mut pieces {
                    draw_otherwise(piece, &shaped.drawn);
                    if self.wraps {
                        piece.width += piece.rounding.iter().map(|(_, more)| more).sum::<f64>();
                    }
                }
                broken.push(line(text.to_owned(), pieces, None, parts));
            }
        }
        broken
    }
}

impl Shaped {
    /// The pieces of a line with tabs: what is drawn of a span with one has a space in
    /// its place, so that only its width matters here.
    fn tabbed_pieces(&self, parts: Parts<'_>, rtl: bool) -> Vec<Piece> {
        let of = |layout: &Option<Layout<u32>>| -> Vec<Piece> {
            let lines = layout.iter().flat_map(Layout::lines);
            lines
                .flat_map(|line| pieces(&line, parts.fonts, rtl))
                .collect()
        };
        let mut all = of(&self.layout);
        for tab in &self.tabbed {
            let at = all.iter().map(|piece| piece.width).sum();
            let gap = Piece::gap(tab.span, tab.stop(at) - at);
            for piece in std::iter::once(gap).chain(of(&tab.layout)) {
                match all.last_mut() {
                    Some(last) if last.span == piece.span => last.append(piece),
                    _ => all.push(piece),
                }
            }
        }
        for piece in &mut all {
            draw_otherwise(piece, &self.drawn);
        }
        all
    }
}

/// Gives a piece the glyphs that are drawn in place of those measured.
fn draw_otherwise(piece: &mut Piece, drawn: &[(usize, Vec<Glyphs>)]) {
    if let Some((_, glyphs)) = drawn.iter().find(|(span, _)| *span == piece.span) {
        piece.glyphs.clone_from(glyphs);
    }
}

/// A part of a line between tabs.
struct Part {
    range: Range<usize>,
    /// The span of the tab before it.
    span: usize,
}

/// A line cut at its tabs.
fn tab_parts(line: &HardLine) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut next = Part {
        range: 0..0,
        span: 0,
    };
    for (at, _) in line.text.match_indices('\t') {
        next.range.end = at;
        let run = line.runs.iter().find(|(range, _)| range.contains(&at));
        let span = run.map_or(0, |(_, span)| *span);
        let range = at + 1..at + 1;
        parts.push(std::mem::replace(&mut next, Part { range, span }));
    }
    next.range.end = line.text.len();
    parts.push(next);
    parts
}

/// Breaks a shaped line. The reference makes each character of a wrapping text a
/// text of its own, and its browser rounds the width of each up to a layout unit: a
/// line that fits by less than that breaks.
fn break_layout(layout: &mut Layout<u32>, width: f64, wraps: bool) {
    if !width.is_finite() {
        return layout.break_all_lines(None);
    }
    let mut limit = width;
    for _ in 0..4 {
        layout.break_all_lines(Some(limit as f32));
        if !wraps {
            return;
        }
        let over = |visual: parley::Line<'_, u32>| {
            let metrics = visual.metrics();
            let natural = f64::from(metrics.advance - metrics.hanging_advance);
            let rounded = natural + line_rounding(&visual);
            (natural <= limit).then_some(rounded - width - UNIT_LENGTH)
        };
        let most = layout.lines().filter_map(over).fold(0.0, f64::max);
        if most <= 0.0 {
            return;
        }
        limit -= most;
    }
}

/// A layout unit: a space that hangs over a line's end may add as much.
const UNIT_LENGTH: f64 = 1.0 / 64.0;

impl Broken {
    fn push(&mut self, line: Line) {
        self.width = self.width.max(line.width);
        let top = self.height;
        self.height += line.height;
        self.lines.push(Line { top, ..line })
    }
}

/// A line box: as high as everything that stands on it asks for, and at least as
/// the block's own style does.
fn line(text: String, pieces: Vec<Piece>, ended_by: Option<usize>, parts: Parts<'_>) -> Line {
    let (mut above, mut below) = (f64::MIN, f64::MIN);
    let mut stand = |heights: &Heights| {
        above = above.max(heights.above);
        below = below.max(heights.below);
    };
    if let Some(block) = parts.boxes.first() {
        stand(&block.heights);
    }
    for span in pieces.iter().map(|piece| piece.span).chain(ended_by) {
        let mut inside = Some(parts.spans[span].inside);
        while let Some(index) = inside {
            stand(&parts.boxes[index].heights);
            inside = parts.boxes[index].parent;
        }
    }
    for piece in &pieces {
        let style = &parts.boxes[parts.spans[piece.span].inside].style;
        for metrics in &piece.others {
            if let Some(heights) = other_heights(*metrics, style) {
                stand(&heights);
            }
        }
    }
    let mut width = 0.0;
    let pieces = pieces
        .into_iter()
        .map(|piece| {
            let left = width;
            let piece_width = ceil_unit((piece.width - 1e-4).max(0.0));
            width += piece_width;
            Placed {
                span: piece.span,
                left,
                width: piece_width,
                glyphs: piece.glyphs,
            }
        })
        .collect();
    Line {
        text,
        top: 0.0,
        height: above + below,
        baseline: above,
        width,
        pieces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_less_than_half_a_space_away_is_passed_by() {
        let tab = Tabbed {
            span: 0,
            space: 10.0,
            layout: None,
        };
        let stops = [0.0, 74.0, 76.0, 80.0].map(|at| tab.stop(at));
        assert_eq!(stops, [80.0, 80.0, 160.0, 160.0]);
    }
}
