//! The nodes of a text: gathered into a block, and placed by it.

use kinora_film::{Color, Drawing, GlyphRun, Node as DrawingNode, Paint};
use kurbo::Vec2;

use crate::{
    font_style::FontStyle,
    fonts::Fonts,
    id::NodeId,
    kind::Role,
    shape::ShapeProps,
    text::{
        block::{Gathered, TextBlock},
        shaper::{Glyphs, Heights, Shaper},
        span::{InlineBox, Span},
    },
    tree::Tree,
};

/// Shapes a text block again if anything in it changed.
pub(crate) fn shape(tree: &mut Tree, fonts: &mut Fonts, shaper: &mut Shaper, id: NodeId) {
    let Some(node) = tree.nodes.get_mut(id) else {
        return;
    };
    let mut block = match node.text.take() {
        Some(block) => block,
        None => Box::new(TextBlock::new()),
    };
    if block.is_stale(fonts) {
        let style = tree.font_style(id);
        let mut inside = Gathered::default();
        gather(tree, id, None, style.clone(), &mut inside);
        block.shape(shaper, fonts, &style, inside);
        let key = tree.nodes.get(id).map(|node| node.key.as_str());
        fonts.lacking.shaped(key.unwrap_or_default());
    }
    if let Some(node) = tree.nodes.get_mut(id) {
        node.text = Some(block);
    }
}

fn gather(tree: &Tree, id: NodeId, parent: Option<usize>, style: FontStyle, inside: &mut Gathered) {
    let index = inside.boxes.len();
    inside.boxes.push(InlineBox {
        id,
        parent,
        style: style.clone(),
        heights: Heights::default(),
    });
    let children = tree.nodes.get(id).map(|node| node.children.as_slice());
    for child in children.unwrap_or_default() {
        let Some(node) = tree.nodes.get(*child) else {
            continue;
        };
        match (node.role(), &node.flex) {
            (Role::Leaf, _) => {
                inside.spans.push(Span {
                    leaf: *child,
                    inside: index,
                });
                inside
                    .texts
                    .push(node.own.text().unwrap_or_default().to_owned());
            }
            (Role::Text, Some(flex)) => {
                gather(tree, *child, Some(index), style.with(&flex.font), inside);
            }
            _ => {}
        }
    }
}

/// Places the lines of a block in its box, and all that is in it.
pub(crate) fn place(tree: &mut Tree, fonts: &mut Fonts, id: NodeId, corner: Vec2, width: f64) {
    let Some(node) = tree.nodes.get_mut(id) else {
        return;
    };
    let size = node.layout.size;
    let Some(mut block) = node.text.take() else {
        return;
    };
    block.place(fonts, size, corner, width);
    for glyphs in block.glyphs() {
        fonts.used.insert(glyphs.font);
    }
    for placement in block.boxes(size) {
        let mut is_leaf = false;
        if let Some(node) = tree.nodes.get_mut(placement.id) {
            node.layout.in_flow = true;
            node.layout.dirty = false;
            // What it was as a block of its own is over.
            node.text = None;
            is_leaf = node.role() == Role::Leaf;
        }
        tree.settle(placement.id, placement.size, placement.center);
        if is_leaf {
            tree.mark_own(placement.id);
        }
    }
    if let Some(node) = tree.nodes.get_mut(id) {
        node.text = Some(block);
    }
}

/// The glyphs of a leaf in its own space, painted as the texts around it are; none
/// of other nodes.
pub(crate) fn glyphs(tree: &Tree, id: NodeId) -> Vec<Drawing> {
    if !tree
        .nodes
        .get(id)
        .is_some_and(|node| node.role() == Role::Leaf)
    {
        return Vec::new();
    }
    let mut chain = Vec::new();
    let mut next = tree.parent_box(id);
    let mut block = None;
    while let Some(above) = next {
        let node = tree.nodes.get(above);
        let Some(node) = node.filter(|node| node.role() == Role::Text) else {
            break;
        };
        chain.extend(node.shape.as_deref());
        if !tree.is_inline(above) {
            block = node.text.as_deref().map(|text| (text, node.layout.size));
        }
        next = tree.parent_box(above);
    }
    let Some((block, size)) = block else {
        return Vec::new();
    };
    let paint = chain
        .iter()
        .rev()
        .fold(ShapeProps::default(), |above, props| props.inherit(&above));
    let runs = block.leaf(id, size);
    runs.filter_map(|(glyphs, at)| glyph_run(glyphs, at, &paint))
        .collect()
}

/// Glyphs with fill and stroke; what was never set is a canvas's black.
fn glyph_run(glyphs: &Glyphs, at: Vec2, paint: &ShapeProps) -> Option<Drawing> {
    if glyphs.size < 0.01 || glyphs.glyphs.is_empty() {
        return None;
    }
    let black = Paint::Solid(Color::BLACK);
    let stroke = paint.stroke.clone().unwrap_or_else(|| black.clone());
    Some(Drawing::new(DrawingNode::Glyphs(GlyphRun {
        fill: Some(paint.fill.clone().unwrap_or(black)),
        stroke: paint.stroke_of(stroke),
        stroke_first: paint.stroke_first.unwrap_or(false),
        ..glyphs.run(at)
    })))
}
