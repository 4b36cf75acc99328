use std::{collections::HashMap, rc::Rc};

use kurbo::{Rect, Vec2};
use taffy::AvailableSpace;

use super::{
    lines::{Breaker, Broken, Parts},
    shaper::{Glyphs, Heights, Shaper},
    span::{InlineBox, Span},
};
use crate::{
    font_style::{Align, FontStyle, Wrap},
    fonts::Fonts,
    id::NodeId,
    units::{ceil_unit, floor_unit},
};

/// One visual line of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Its characters.
    pub text: String,
    /// Left edge from the centre of the text's box.
    pub x: f64,
    /// Top edge of the line box from the centre of the text's box.
    pub y: f64,
    /// Width of its characters.
    pub width: f64,
    /// Height of the line box.
    pub height: f64,
    /// Where its characters stand, from the centre of the text's box.
    pub baseline: f64,
}

/// What is in a block, in order.
#[derive(Default)]
pub(crate) struct Gathered {
    pub boxes: Vec<InlineBox>,
    pub spans: Vec<Span>,
    /// The spans' texts.
    pub texts: Vec<String>,
}

/// Where a text inside a block lies, from the centre of the one that it is in.
pub(crate) struct Placement {
    pub id: NodeId,
    pub size: Vec2,
    pub center: Vec2,
}

/// A `Txt` that is laid out as a block, with all that is in it.
#[derive(Default)]
pub(crate) struct TextBlock {
    /// Whether the text, a style or the fonts may have changed since it was shaped.
    pub dirty: bool,
    generation: u64,
    boxes: Vec<InlineBox>,
    spans: Vec<Span>,
    breaker: Breaker,
    align: Align,
    rtl: bool,
    /// The lines as they were placed last, and from where in the block's box.
    placed: Rc<Broken>,
    lefts: Vec<f64>,
    corner: Vec2,
    leaves: HashMap<NodeId, Leaf>,
}

/// What a leaf has on the placed lines.
#[derive(Default)]
struct Leaf {
    /// Numbers of lines and of pieces in them.
    pieces: Vec<(usize, usize)>,
    /// What they cover, from the block's centre.
    rect: Rect,
}

/// A block's size without its padding.
pub(crate) struct Measured {
    pub size: Vec2,
    /// Of the first line, from the top.
    pub baseline: Option<f64>,
}

impl TextBlock {
    /// A block that is not shaped yet.
    pub fn new() -> Self {
        Self {
            dirty: true,
            ..Self::default()
        }
    }

    /// Whether it has to be shaped before it is measured.
    pub fn is_stale(&self, fonts: &Fonts) -> bool {
        self.dirty || self.generation != fonts.generation
    }

    /// Shapes what is in the block; `style` is the block's own.
    pub fn shape(
        &mut self,
        shaper: &mut Shaper,
        fonts: &mut Fonts,
        style: &FontStyle,
        inside: Gathered,
    ) {
        self.align = style.align;
        self.rtl = style.rtl;
        self.boxes = inside.boxes;
        self.spans = inside.spans;
        for inline in &mut self.boxes {
            inline.heights = shaper.heights(fonts, &inline.style);
        }
        let wraps = self
            .spans
            .iter()
            .map(|span| self.boxes[span.inside].style.wrap);
        let texts: Vec<(String, Wrap)> = inside.texts.into_iter().zip(wraps).collect();
        self.breaker = Breaker::new(
            shaper,
            fonts,
            &texts,
            (&self.boxes, &self.spans),
            (style.wrap, self.rtl),
        );
        self.dirty = false;
        self.generation = fonts.generation;
    }

    /// Places the lines in the block's box, `width` wide from `corner` on.
    pub fn place(&mut self, fonts: &Fonts, size: Vec2, corner: Vec2, width: f64) {
        self.placed = self.break_at(fonts, width);
        self.corner = corner;
        let lines = &self.placed.lines;
        self.lefts = lines
            .iter()
            .map(|line| self.line_left(width, line.width))
            .collect();
        self.find_leaves(size);
    }

    /// The glyphs on the placed lines.
    pub fn glyphs(&self) -> impl Iterator<Item = &Glyphs> {
        let pieces = self.placed.lines.iter().flat_map(|line| &line.pieces);
        pieces.flat_map(|piece| &piece.glyphs)
    }

    /// What the texts inside the block cover as placed, those that others are in
    /// first.
    pub fn boxes(&self, size: Vec2) -> Vec<Placement> {
        let mut centers = vec![Vec2::ZERO; self.boxes.len()];
        let mut placements = Vec::with_capacity(self.boxes.len() + self.spans.len());
        for (index, inline) in self.boxes.iter().enumerate().skip(1) {
            let rect = self.covered(size, &inline.heights, self.inside(index));
            centers[index] = rect.center().to_vec2();
            let above = inline.parent.map_or(Vec2::ZERO, |parent| centers[parent]);
            placements.push(Placement {
                id: inline.id,
                size: rect.size().to_vec2(),
                center: centers[index] - above,
            });
        }
        for span in &self.spans {
            let leaf = self.leaves.get(&span.leaf);
            let rect = leaf.map_or(Rect::ZERO, |leaf| leaf.rect);
            placements.push(Placement {
                id: span.leaf,
                size: rect.size().to_vec2(),
                center: rect.center().to_vec2() - centers[span.inside],
            });
        }
        placements
    }

    /// The glyphs of a leaf, each run with where it stands in the leaf's own space.
    pub fn leaf(&self, id: NodeId, size: Vec2) -> impl Iterator<Item = (&Glyphs, Vec2)> {
        let leaf = self.leaves.get(&id);
        let origin = leaf.map(|leaf| self.corner - size / 2.0 - leaf.rect.center().to_vec2());
        let pieces = leaf.into_iter().flat_map(|leaf| &leaf.pieces);
        pieces.flat_map(move |(line, piece)| {
            let left = self.lefts[*line];
            let line = &self.placed.lines[*line];
            let piece = &line.pieces[*piece];
            let from = Vec2::new(left + piece.left, line.top + line.baseline);
            let at = origin.unwrap_or_default() + from;
            piece.glyphs.iter().map(move |glyphs| (glyphs, at))
        })
    }

    /// The size at a width, or the width that suits the space there is.
    pub fn measure(
        &mut self,
        fonts: &Fonts,
        known: Option<f32>,
        available: AvailableSpace,
    ) -> Measured {
        let width = match (known, available) {
            (Some(width), _) => f64::from(width),
            (None, AvailableSpace::MaxContent) => self.breaker.max_content(),
            (None, AvailableSpace::MinContent) => self.breaker.min_content(),
            (None, AvailableSpace::Definite(space)) => self
                .breaker
                .max_content()
                .min(f64::from(space).max(self.breaker.min_content())),
        };
        let broken = self.break_at(fonts, width);
        Measured {
            size: Vec2::new(ceil_unit(width), broken.height),
            baseline: broken.lines.first().map(|line| line.baseline),
        }
    }

    fn break_at(&mut self, fonts: &Fonts, width: f64) -> Rc<Broken> {
        let parts = Parts {
            boxes: &self.boxes,
            spans: &self.spans,
            fonts,
        };
        self.breaker.break_at(width, parts)
    }

    /// The visual lines, from the centre of a box of this size.
    pub fn lines(&self, size: Vec2) -> Vec<TextLine> {
        let origin = self.corner - size / 2.0;
        self.placed
            .lines
            .iter()
            .zip(&self.lefts)
            .map(|(line, left)| TextLine {
                text: line.text.clone(),
                x: origin.x + left,
                y: origin.y + line.top,
                width: line.width,
                height: line.height,
                baseline: origin.y + line.top + line.baseline,
            })
            .collect()
    }

    /// Where a line of `width` begins in a block of `room`, as the reference's
    /// browser has it: lines that are too wide stick to the side they start at.
    fn line_left(&self, room: f64, width: f64) -> f64 {
        let rest = room - width;
        let to_right = match self.align {
            Align::Start | Align::Justify => self.rtl,
            Align::End => !self.rtl,
            Align::Left => false,
            Align::Right => true,
            Align::Center => {
                return match self.rtl && rest < 0.0 {
                    true => rest,
                    false => floor_unit(rest.max(0.0) / 2.0),
                };
            }
        };
        match (to_right, self.rtl) {
            (false, false) => 0.0,
            (false, true) => rest.min(0.0),
            (true, false) => rest.max(0.0),
            (true, true) => rest,
        }
    }

    /// What pieces of text cover on the placed lines, from the block's centre.
    /// Pieces without a width count only where there are no others.
    fn covered(
        &self,
        size: Vec2,
        heights: &Heights,
        pieces: impl Iterator<Item = (usize, usize)>,
    ) -> Rect {
        let origin = self.corner - size / 2.0;
        let mut covered: Option<Rect> = None;
        let mut empty = None;
        for (line, piece) in pieces {
            let left = origin.x + self.lefts[line];
            let line = &self.placed.lines[line];
            let piece = &line.pieces[piece];
            let baseline = origin.y + line.top + line.baseline;
            let rect = Rect::new(
                left + piece.left,
                baseline - heights.ascent,
                left + piece.left + piece.width,
                baseline + heights.descent,
            );
            if piece.width > 0.0 {
                covered = Some(covered.map_or(rect, |all| all.union(rect)));
            } else {
                empty.get_or_insert(rect);
            }
        }
        let nothing = Rect::from_origin_size(origin.to_point(), kurbo::Size::ZERO);
        covered.or(empty).unwrap_or(nothing)
    }

    /// Finds out again where each leaf has its pieces and what it covers.
    fn find_leaves(&mut self, size: Vec2) {
        self.leaves.clear();
        for span in &self.spans {
            self.leaves.insert(span.leaf, Leaf::default());
        }
        for (line_index, line) in self.placed.lines.iter().enumerate() {
            for (piece_index, piece) in line.pieces.iter().enumerate() {
                if let Some(leaf) = self.leaves.get_mut(&self.spans[piece.span].leaf) {
                    leaf.pieces.push((line_index, piece_index));
                }
            }
        }
        let mut leaves = std::mem::take(&mut self.leaves);
        for span in &self.spans {
            if let Some(leaf) = leaves.get_mut(&span.leaf) {
                let heights = &self.boxes[span.inside].heights;
                leaf.rect = self.covered(size, heights, leaf.pieces.iter().copied());
            }
        }
        self.leaves = leaves;
    }

    /// The pieces of all leaves that are somewhere inside a box.
    fn inside(&self, index: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let within = move |span: &&Span| {
            let mut at = Some(span.inside);
            while let Some(current) = at {
                if current == index {
                    return true;
                }
                at = self.boxes[current].parent;
            }
            false
        };
        self.spans
            .iter()
            .filter(within)
            .filter_map(|span| self.leaves.get(&span.leaf))
            .flat_map(|leaf| leaf.pieces.iter().copied())
    }
}
