//! Text blocks: white space, shaping, lines, and where every piece lies.

mod emoji;
mod lines;
mod shaper;
mod white_space;

use std::{collections::HashMap, rc::Rc};

use kinora_film::{Color, Drawing, Glyph, GlyphRun, Node as Film, Paint};
use kurbo::{Rect, Vec2};
use taffy::AvailableSpace;

pub(crate) use shaper::Shaper;

use crate::{
    NodeId, NodeKind, Stage,
    font_style::{Align, FontStyle, Wrap},
    fonts::Fonts,
    layout::ceil_unit,
    shape::{Content, ShapeProps},
};
use lines::{Breaker, Broken, Parts};
use shaper::Heights;

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

/// An element that texts are in: the block itself (the first) or a `Txt` inside.
#[derive(Clone, Debug)]
pub(super) struct InlineBox {
    id: NodeId,
    parent: Option<usize>,
    style: FontStyle,
    heights: Heights,
}

/// A leaf of the block.
#[derive(Clone, Debug)]
pub(super) struct Span {
    leaf: NodeId,
    inside: usize,
}

/// A `Txt` that is laid out as a block, with all that is in it.
#[derive(Default)]
pub(crate) struct TextBlock {
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
                    false => crate::layout::floor_unit(rest.max(0.0) / 2.0),
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

impl Stage {
    /// Shapes a text block again if anything in it changed.
    pub(crate) fn sync_text(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        node.layout.flow_dirty = false;
        let mut block = node.text.take().unwrap_or_else(|| {
            Box::new(TextBlock {
                dirty: true,
                ..TextBlock::default()
            })
        });
        if block.dirty || block.generation != self.fonts.generation {
            self.shape_block(id, &mut block);
        }
        if let Some(node) = self.nodes.get_mut(id) {
            node.text = Some(block);
        }
    }

    fn shape_block(&mut self, id: NodeId, block: &mut TextBlock) {
        let style = self.font_style(id);
        block.align = style.align;
        block.rtl = style.rtl;
        block.boxes.clear();
        block.spans.clear();
        let wrap = style.wrap;
        self.gather(id, None, style, block);
        for inline in &mut block.boxes {
            inline.heights = self.shaper.heights(&mut self.fonts, &inline.style);
        }
        let texts: Vec<(String, Wrap)> = block
            .spans
            .iter()
            .map(|span| {
                let text = match self.nodes.get(span.leaf).map(|node| &node.content) {
                    Some(Content::Leaf(text)) => text.clone(),
                    _ => String::new(),
                };
                (text, block.boxes[span.inside].style.wrap)
            })
            .collect();
        block.breaker = Breaker::new(
            &mut self.shaper,
            &mut self.fonts,
            &texts,
            (&block.boxes, &block.spans),
            (wrap, block.rtl),
        );
        block.dirty = false;
        block.generation = self.fonts.generation;
    }

    fn gather(&self, id: NodeId, parent: Option<usize>, style: FontStyle, block: &mut TextBlock) {
        let index = block.boxes.len();
        block.boxes.push(InlineBox {
            id,
            parent,
            style: style.clone(),
            heights: Heights::default(),
        });
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        for child in &node.children {
            let Some(node) = self.nodes.get(*child) else {
                continue;
            };
            match (node.kind, &node.flex) {
                (NodeKind::TxtLeaf, _) => block.spans.push(Span {
                    leaf: *child,
                    inside: index,
                }),
                (NodeKind::Txt, Some(flex)) => {
                    self.gather(*child, Some(index), style.with(&flex.font), block);
                }
                _ => {}
            }
        }
    }

    /// Places the lines of a block in its box, and all that is in it.
    pub(crate) fn place_text(&mut self, id: NodeId, corner: Vec2, width: f64) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let size = node.layout.size;
        let Some(mut block) = node.text.take() else {
            return;
        };
        block.placed = block.break_at(&self.fonts, width);
        block.corner = corner;
        block.lefts = block
            .placed
            .lines
            .iter()
            .map(|line| block.line_left(width, line.width))
            .collect();
        block.find_leaves(size);
        for glyphs in block
            .placed
            .lines
            .iter()
            .flat_map(|line| &line.pieces)
            .flat_map(|piece| &piece.glyphs)
        {
            self.fonts.used.insert(glyphs.font);
        }
        self.place_inline(&block, size);
        if let Some(node) = self.nodes.get_mut(id) {
            node.text = Some(block);
        }
    }

    fn place_inline(&mut self, block: &TextBlock, size: Vec2) {
        let mut centers = vec![Vec2::ZERO; block.boxes.len()];
        for (index, inline) in block.boxes.iter().enumerate().skip(1) {
            let rect = block.covered(size, &inline.heights, block.inside(index));
            centers[index] = rect.center().to_vec2();
            let above = inline.parent.map_or(Vec2::ZERO, |parent| centers[parent]);
            self.enter_flow(inline.id);
            self.settle(inline.id, rect.size().to_vec2(), centers[index] - above);
        }
        for span in &block.spans {
            let rect = block
                .leaves
                .get(&span.leaf)
                .map_or(Rect::ZERO, |leaf| leaf.rect);
            let center = rect.center().to_vec2() - centers[span.inside];
            self.enter_flow(span.leaf);
            self.settle(span.leaf, rect.size().to_vec2(), center);
            self.mark_own(span.leaf);
        }
    }

    fn enter_flow(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.layout.in_flow = true;
            node.layout.dirty = false;
            // What it was as a block of its own is over.
            node.text = None;
        }
    }

    /// The glyphs of a leaf in its own space, painted as the texts around it are.
    pub(crate) fn leaf(&self, id: NodeId) -> Vec<Drawing> {
        let mut chain = Vec::new();
        let mut next = self.parent_box(id);
        let mut block = None;
        while let Some(above) = next {
            let Some(node) = self
                .nodes
                .get(above)
                .filter(|node| node.kind == NodeKind::Txt)
            else {
                break;
            };
            chain.extend(node.shape.as_deref());
            if !self.is_inline(above) {
                block = node.text.as_deref().map(|text| (text, node.layout.size));
            }
            next = self.parent_box(above);
        }
        let Some((block, size)) = block else {
            return Vec::new();
        };
        let paint = chain
            .iter()
            .rev()
            .fold(ShapeProps::default(), |above, props| props.inherit(&above));
        let Some(leaf) = block.leaves.get(&id) else {
            return Vec::new();
        };
        let origin = block.corner - size / 2.0 - leaf.rect.center().to_vec2();
        let mut drawings = Vec::new();
        for (line, piece) in &leaf.pieces {
            let left = block.lefts[*line];
            let line = &block.placed.lines[*line];
            let piece = &line.pieces[*piece];
            let at = origin + Vec2::new(left + piece.left, line.top + line.baseline);
            for glyphs in &piece.glyphs {
                drawings.extend(glyph_run(glyphs, at, &paint));
            }
        }
        drawings
    }
}

/// Glyphs with fill and stroke; what was never set is a canvas's black.
fn glyph_run(glyphs: &shaper::Glyphs, at: Vec2, paint: &ShapeProps) -> Option<Drawing> {
    if glyphs.size < 0.01 || glyphs.glyphs.is_empty() {
        return None;
    }
    let black = Paint::Solid(Color::BLACK);
    let stroke = paint.stroke.clone().unwrap_or_else(|| black.clone());
    Some(Drawing::new(Film::Glyphs(GlyphRun {
        font: glyphs.font,
        index: glyphs.index,
        size: glyphs.size,
        coords: glyphs.coords.clone(),
        embolden: glyphs.embolden,
        skew: glyphs.skew,
        glyphs: glyphs
            .glyphs
            .iter()
            .map(|glyph| Glyph {
                id: glyph.id,
                x: (f64::from(glyph.x) + at.x) as f32,
                y: (f64::from(glyph.y) + at.y) as f32,
            })
            .collect(),
        fill: Some(paint.fill.clone().unwrap_or(black)),
        stroke: paint.stroke_of(stroke),
        stroke_first: paint.stroke_first.unwrap_or(false),
    })))
}
