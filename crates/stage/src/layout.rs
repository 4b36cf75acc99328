use kurbo::Vec2;
use taffy::{
    AvailableSpace, Dimension, FlexDirection, LengthPercentage, LengthPercentageAuto, Position,
    Size, Style, TaffyTree,
};

use crate::{
    flex::{BoxProps, Length},
    flex_style::flex_style,
    font_style::FontStyle,
    fonts::Fonts,
    id::NodeId,
    inline,
    kind::Role,
    node::Node,
    text::{shaped::ShapedTexts, shaper::Shaper},
    tree::Tree,
    units::{floor_unit, round_unit},
};

/// Where the boxes lie: the flex tree beside the nodes, and what shapes texts.
pub(crate) struct Layout {
    flex: TaffyTree<NodeId>,
    shaper: Shaper,
    shaped: ShapedTexts,
}

impl Layout {
    pub fn new() -> Self {
        let mut flex = TaffyTree::new();
        flex.disable_rounding();
        Self {
            flex,
            shaper: Shaper::default(),
            shaped: ShapedTexts::default(),
        }
    }

    /// Forgets a node that is gone.
    pub fn forget(&mut self, node: &Node) {
        if let Some(taffy) = node.layout.taffy {
            // The tree knows the node, so this cannot fail.
            let _ = self.flex.remove(taffy);
        }
    }

    /// What shapes texts.
    pub fn shaper(&mut self) -> &mut Shaper {
        &mut self.shaper
    }

    /// Lays out everything that changed.
    pub fn all(&mut self, tree: &mut Tree, fonts: &mut Fonts) {
        let mut pass = self.pass(tree, fonts);
        while let Some(id) = pass.tree.unlaid.pop() {
            pass.lay_out(id);
        }
    }

    /// Lays out the boxes that a node is laid out with, if any changed.
    pub fn node(&mut self, tree: &mut Tree, fonts: &mut Fonts, id: NodeId) {
        self.pass(tree, fonts).lay_out(id);
    }

    /// Gives the nodes that put texts at places themselves those that changed, in their
    /// fonts.
    pub fn place_texts(&mut self, tree: &mut Tree, fonts: &mut Fonts) {
        for id in tree.placers.clone() {
            let Some(node) = tree.nodes.get(id).filter(|node| !node.cache.own_valid) else {
                continue;
            };
            let style = tree.font_style(id);
            let texts = node.own.placed_texts().unwrap_or_default().iter();
            let shaped: Vec<_> = texts
                .map(|placed| {
                    let tools = (&mut self.shaper, &mut *fonts);
                    self.shaped.get(tools, &style, &placed.text)
                })
                .collect();
            let glyphs = shaped.iter().flat_map(|shaped| &shaped.glyphs);
            fonts.used.extend(glyphs.map(|glyphs| glyphs.font));
            fonts.lacking.shaped(&node.key);
            if let Some(node) = tree.nodes.get_mut(id) {
                node.own.take_shaped(shaped);
            }
        }
    }

    /// How high texts of a style are, and how wide these are, each on one line.
    pub fn measure_texts<'t>(
        &mut self,
        fonts: &mut Fonts,
        style: &FontStyle,
        texts: impl Iterator<Item = &'t str>,
    ) -> TextMeasure {
        let heights = self.shaper.heights(fonts, style);
        let em_ascent = self.shaper.em_ascent(fonts, style);
        let widths = texts
            .map(|text| {
                let tools = (&mut self.shaper, &mut *fonts);
                self.shaped.get(tools, style, text).width
            })
            .collect();
        TextMeasure {
            ascent: heights.ascent,
            descent: heights.descent,
            em_ascent,
            line: heights.above + heights.below,
            widths,
        }
    }

    fn pass<'a>(&'a mut self, tree: &'a mut Tree, fonts: &'a mut Fonts) -> Pass<'a> {
        Pass {
            flex: &mut self.flex,
            shaper: &mut self.shaper,
            tree,
            fonts,
        }
    }
}

/// What texts of one style measure, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct TextMeasure {
    /// From the top of the font to the baseline.
    pub ascent: f64,
    /// From the baseline to the bottom of the font.
    pub descent: f64,
    /// From the top of the em box to the baseline.
    pub em_ascent: f64,
    /// Height of a line.
    pub line: f64,
    /// How far each text advances.
    pub widths: Vec<f64>,
}

/// One bringing up to date of the boxes.
struct Pass<'a> {
    flex: &'a mut TaffyTree<NodeId>,
    shaper: &'a mut Shaper,
    tree: &'a mut Tree,
    fonts: &'a mut Fonts,
}

impl Pass<'_> {
    /// Lays out the tree that a node is in, if it changed.
    fn lay_out(&mut self, id: NodeId) {
        let mut root = id;
        while !self.tree.is_root(root) {
            match self.tree.parent_box(root) {
                Some(parent) => root = parent,
                None => break,
            }
        }
        let Some(node) = self.tree.nodes.get(root) else {
            return;
        };
        if !node.role().has_box() {
            return;
        }
        if node.layout.dirty {
            self.lay_out_root(root);
        }
        // A node inside may still be marked from a time when it was a root.
        if let Some(node) = self.tree.nodes.get_mut(id) {
            node.layout.dirty = false;
        }
    }

    fn lay_out_root(&mut self, root: NodeId) {
        if let Some(node) = self.tree.nodes.get_mut(root) {
            node.layout.dirty = false;
            if node.layout.in_flow {
                node.layout.in_flow = false;
                node.layout.style_dirty = true;
            }
            node.layout.center = Vec2::ZERO;
        }
        let node = self.tree.nodes.get(root);
        if node.is_some_and(|node| node.role() == Role::Leaf) {
            // A leaf outside of any text has no box.
            self.tree.settle(root, Vec2::ZERO, Vec2::ZERO);
            return;
        }
        let scene = self.tree.scene_size(root);
        self.sync(root, None);
        let Some(taffy) = self.tree.nodes.get(root).and_then(|node| node.layout.taffy) else {
            return;
        };
        let available = Size {
            width: AvailableSpace::Definite(floor_unit(scene.x) as f32),
            height: AvailableSpace::Definite(floor_unit(scene.y) as f32),
        };
        self.compute(taffy, available);
        self.take_over(root, None);
    }

    fn compute(&mut self, root: taffy::NodeId, available: Size<AvailableSpace>) {
        let (nodes, fonts) = (&mut self.tree.nodes, &*self.fonts);
        let computed =
            self.flex
                .compute_layout_with_measure(root, available, |inputs, _, id, style| {
                    let text = id
                        .and_then(|id| nodes.get_mut(*id))
                        .and_then(|node| node.text.as_mut());
                    let mut baseline = None;
                    let mut output = taffy::compute_leaf_layout(
                        inputs,
                        style,
                        |_, _| 0.0,
                        |known, available| match text {
                            Some(text) => {
                                let most = inner_most(style);
                                let mut measured =
                                    text.measure(fonts, known.width, available.width);
                                if known.width.is_none() && measured.size.x as f32 > most.width {
                                    measured =
                                        text.measure(fonts, Some(most.width), available.width);
                                }
                                baseline = measured.baseline;
                                Size {
                                    width: measured.size.x as f32,
                                    height: (measured.size.y as f32).min(most.height),
                                }
                            }
                            None => transferred(style, known),
                        },
                    );
                    if let Some(baseline) = baseline {
                        output.baselines.first =
                            Some(baseline as f32 + length_of(style.padding.top));
                    }
                    output
                });
        debug_assert!(computed.is_ok(), "the tree knows all its nodes");
    }

    /// Brings the flex tree below a box up to what the nodes say; `row` is whether
    /// the box stands in a row, and `None` for one that nobody lays out.
    fn sync(&mut self, id: NodeId, row: Option<bool>) {
        let Some(node) = self.tree.nodes.get_mut(id) else {
            return;
        };
        let taffy = match node.layout.taffy {
            Some(taffy) => taffy,
            None => {
                let Ok(taffy) = self.flex.new_leaf_with_context(Style::DEFAULT, id) else {
                    return;
                };
                node.layout.taffy = Some(taffy);
                node.layout.style_dirty = true;
                taffy
            }
        };
        if node.layout.row != row {
            node.layout.row = row;
            node.layout.style_dirty = true;
        }
        let is_measured_anew = std::mem::take(&mut node.layout.measure_dirty);
        if is_measured_anew {
            // The tree knows the node, so this cannot fail.
            let _ = self.flex.mark_dirty(taffy);
        }
        if node.role() == Role::Text {
            node.layout.flow_dirty = false;
            inline::shape(self.tree, self.fonts, self.shaper, id);
        } else if std::mem::take(&mut node.layout.flow_dirty) {
            self.sync_flow(id, taffy);
        }
        let Some(node) = self.tree.nodes.get(id) else {
            return;
        };
        let direction = node.flex.as_ref().map(|flex| flex.direction);
        let lays_row = !matches!(
            direction,
            Some(FlexDirection::Column | FlexDirection::ColumnReverse)
        );
        for child in node.layout.flow.clone() {
            self.sync(child, Some(lays_row));
        }
        let Some(node) = self.tree.nodes.get_mut(id) else {
            return;
        };
        let default = BoxProps::default();
        let flex = node.flex.as_deref().unwrap_or(&default);
        let limits = Limits::new(flex);
        let is_bounded = row == Some(true) && !node.layout.flow.is_empty();
        let bound = limits.bound(flex).filter(|_| is_bounded);
        let by_content = limits.has_keyword() || bound.is_some();
        if std::mem::take(&mut node.layout.style_dirty) || (is_measured_anew && by_content) {
            let style = flex_style(flex, node.own.natural(), row.is_none());
            // The tree knows the node, so this cannot fail.
            let _ = self.flex.set_style(taffy, style);
            if by_content {
                self.resolve_limits(taffy, limits, bound);
            }
        }
    }

    /// Finds out again which nodes a box lays out.
    fn sync_flow(&mut self, id: NodeId, taffy: taffy::NodeId) {
        let flow = if self.tree.layout_enabled(id) {
            self.tree.flow_children(id)
        } else {
            Vec::new()
        };
        let Some(node) = self.tree.nodes.get_mut(id) else {
            return;
        };
        let old = std::mem::replace(&mut node.layout.flow, flow.clone());
        let mut children = Vec::with_capacity(flow.len());
        for child in &flow {
            let Some(node) = self.tree.nodes.get_mut(*child) else {
                continue;
            };
            if !node.layout.in_flow {
                node.layout.in_flow = true;
                node.layout.style_dirty = true;
            }
            node.layout.dirty = false;
            let known = match node.layout.taffy {
                Some(taffy) => Some(taffy),
                None => self.flex.new_leaf_with_context(Style::DEFAULT, *child).ok(),
            };
            node.layout.taffy = known;
            children.extend(known);
        }
        for child in old.iter().filter(|child| !flow.contains(child)) {
            if self.tree.is_root(*child)
                && let Some(node) = self.tree.nodes.get_mut(*child)
                && node.layout.in_flow
            {
                node.layout.in_flow = false;
                node.layout.style_dirty = true;
                if !node.layout.dirty {
                    node.layout.dirty = true;
                    self.tree.unlaid.push(*child);
                }
            }
        }
        // The tree knows all of them, so this cannot fail.
        let _ = self.flex.set_children(taffy, &children);
    }

    /// Turns `min-content` and `max-content` as least or greatest sizes into
    /// lengths, which is all that the flex tree knows there; and lets a box whose
    /// contents are wider than it may be start from what it may be: the flex tree
    /// counts the contents when it sizes the box around.
    fn resolve_limits(&mut self, taffy: taffy::NodeId, limits: Limits, bound: Option<f64>) {
        let Ok(mut style) = self.flex.style(taffy).cloned() else {
            return;
        };
        let mut free = style.clone();
        free.position = Position::Relative;
        free.size = Size::auto();
        free.min_size = Size::auto();
        free.max_size = Size::auto();
        let _ = self.flex.set_style(taffy, free);
        let mut measure = |available| {
            self.compute(
                taffy,
                Size {
                    width: available,
                    height: AvailableSpace::MaxContent,
                },
            );
            self.flex.unrounded_layout(taffy).size
        };
        let least = measure(AvailableSpace::MinContent);
        let most = measure(AvailableSpace::MaxContent);
        let resolve = |slot: &mut LengthPercentageAuto, limit: Option<Length>, least, most| {
            *slot = match limit {
                Some(Length::MinContent) => LengthPercentageAuto::length(least),
                Some(Length::MaxContent) => LengthPercentageAuto::length(most),
                _ => *slot,
            };
        };
        let (widths, height) = ((least.width, most.width), most.height);
        resolve(&mut style.min_size.width, limits.min[0], widths.0, widths.1);
        resolve(&mut style.max_size.width, limits.max[0], widths.0, widths.1);
        resolve(&mut style.min_size.height, limits.min[1], height, height);
        resolve(&mut style.max_size.height, limits.max[1], height, height);
        if let Some(bound) = bound.map(|bound| floor_unit(bound.max(0.0)) as f32)
            && most.width > bound
        {
            style.flex_basis = Dimension::length(bound);
        }
        let _ = self.flex.set_style(taffy, style);
    }

    /// Takes the computed boxes over into the nodes.
    fn take_over(&mut self, id: NodeId, parent: Option<Vec2>) {
        let Some(node) = self.tree.nodes.get_mut(id) else {
            return;
        };
        let Some(taffy) = node.layout.taffy else {
            return;
        };
        let layout = self.flex.unrounded_layout(taffy);
        let size = Vec2::new(
            round_unit(layout.size.width),
            round_unit(layout.size.height),
        );
        let center = match parent {
            Some(parent) => {
                let corner =
                    Vec2::new(round_unit(layout.location.x), round_unit(layout.location.y));
                corner + size / 2.0 - parent / 2.0
            }
            None => Vec2::ZERO,
        };
        let padding = Vec2::new(
            f64::from(layout.padding.left),
            f64::from(layout.padding.top),
        );
        let inner = size
            - padding
            - Vec2::new(
                f64::from(layout.padding.right),
                f64::from(layout.padding.bottom),
            );
        self.tree.settle(id, size, center);
        let flow = match self.tree.nodes.get_mut(id) {
            Some(node) if node.role() == Role::Text => {
                inline::place(self.tree, self.fonts, id, padding, inner.x);
                Vec::new()
            }
            Some(node) => node.layout.flow.clone(),
            None => Vec::new(),
        };
        for child in flow {
            self.take_over(child, Some(size));
        }
        if parent.is_some()
            && let Some(above) = self.tree.nodes.get(id).and_then(|node| node.parent)
        {
            self.tree.follow_children(above);
        }
    }
}

/// The least and greatest sizes of a box, width and height.
#[derive(Clone, Copy)]
struct Limits {
    min: [Option<Length>; 2],
    max: [Option<Length>; 2],
}

impl Limits {
    fn new(flex: &BoxProps) -> Self {
        Self {
            min: [flex.min_width, flex.min_height],
            max: [flex.max_width, flex.max_height],
        }
    }

    /// Whether one of them is that of the contents.
    fn has_keyword(&self) -> bool {
        let mut limits = self.min.iter().chain(&self.max);
        limits.any(|limit| matches!(limit, Some(Length::MinContent | Length::MaxContent)))
    }

    /// The greatest width of a box whose contents alone make its width.
    fn bound(&self, flex: &BoxProps) -> Option<f64> {
        match self.max[0] {
            Some(Length::Px(px)) if flex.width.is_none() && flex.basis.is_none() => Some(px),
            _ => None,
        }
    }
}

/// What a box's greatest size leaves to its contents, where that is a length: the
/// flex tree counts the contents as they are when it sizes the box around.
fn inner_most(style: &Style) -> Size<f32> {
    let most =
        |limit: LengthPercentageAuto, [start, end]: [LengthPercentage; 2]| match limit.expand() {
            taffy::ExpandedLengthPercentageAuto::Length(length) => {
                (length - length_of(start) - length_of(end)).max(0.0)
            }
            _ => f32::INFINITY,
        };
    let padding = style.padding;
    Size {
        width: most(style.max_size.width, [padding.left, padding.right]),
        height: most(style.max_size.height, [padding.top, padding.bottom]),
    }
}

/// A padding that is a length.
fn length_of(padding: LengthPercentage) -> f32 {
    match padding.expand() {
        taffy::ExpandedLengthPercentage::Length(length) => length,
        taffy::ExpandedLengthPercentage::Percent(_) => 0.0,
    }
}

/// The content size of a box without children: what its proportions make of the
/// other side. A flex item does not shrink below that.
fn transferred(style: &Style, known: Size<Option<f32>>) -> Size<f32> {
    let Some(ratio) = style.aspect_ratio else {
        return Size::ZERO;
    };
    let side = |known: Option<f32>, set: Dimension| match set.expand() {
        taffy::ExpandedDimension::Length(length) => Some(known.unwrap_or(length)),
        _ => known,
    };
    let inside = |length: f32, [start, end]: [LengthPercentage; 2]| {
        (length - length_of(start) - length_of(end)).max(0.0)
    };
    let padding = style.padding;
    let width = side(known.height, style.size.height).map(|height| height * ratio);
    let height = side(known.width, style.size.width).map(|width| width / ratio);
    Size {
        width: width.map_or(0.0, |width| inside(width, [padding.left, padding.right])),
        height: height.map_or(0.0, |height| inside(height, [padding.top, padding.bottom])),
    }
}
