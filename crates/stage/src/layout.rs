use kurbo::Vec2;
use taffy::{
    AvailableSpace, Dimension, LengthPercentage, LengthPercentageAuto, Position, Size, Style,
};

use crate::{
    NodeId, NodeKind, Stage, flex::Length, flex_style::flex_style, font_style::FontStyle,
    node::Node, shape::Content,
};

/// The browser's layout unit: a 64th of a pixel.
const UNIT: f64 = 64.0;

/// What fits into 32 bits of layout units.
const LONGEST: f64 = 33_554_431.0;

/// A length that a style gives, cut off to whole layout units as the reference's
/// browser does.
pub(crate) fn floor_unit(length: f64) -> f64 {
    (length.clamp(-LONGEST, LONGEST) * UNIT + 1e-6).floor() / UNIT
}

/// The width of a piece of text, rounded up to whole layout units likewise.
pub(crate) fn ceil_unit(length: f64) -> f64 {
    (length.clamp(-LONGEST, LONGEST) * UNIT - 1e-6).ceil() / UNIT
}

/// A computed length to the nearest layout unit: the flex algorithm here works
/// on floats, whose error is far below half a unit.
fn round_unit(length: f32) -> f64 {
    (f64::from(length) * UNIT).round() / UNIT
}

impl Stage {
    /// The nearest box above a node.
    pub(crate) fn parent_box(&self, id: NodeId) -> Option<NodeId> {
        let mut next = self.nodes.get(id)?.parent;
        while let Some(id) = next {
            let node = self.nodes.get(id)?;
            if node.kind.has_box() {
                return Some(id);
            }
            next = node.parent;
        }
        None
    }

    /// Whether a box takes part in layout, as it says or as the box above does.
    fn layout_enabled(&self, id: NodeId) -> bool {
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(node) = self.nodes.get(id) else {
                return false;
            };
            if node.kind.is_text() {
                return true;
            }
            if let Some(layout) = node.flex.as_ref().and_then(|flex| flex.layout) {
                return layout;
            }
            next = self.parent_box(id);
        }
        false
    }

    /// Whether a box is placed by its position and not by a layout above.
    fn is_root(&self, id: NodeId) -> bool {
        let Some(parent) = self.parent_box(id) else {
            return true;
        };
        let kind = |id| self.nodes.get(id).map(|node: &Node| node.kind);
        if kind(parent) == Some(NodeKind::Txt) {
            return !kind(id).is_some_and(NodeKind::is_text);
        }
        !self.layout_enabled(id) || !self.layout_enabled(parent)
    }

    /// Whether a `Txt` or leaf flows inside another `Txt`.
    pub(crate) fn is_inline(&self, id: NodeId) -> bool {
        let is_text = |id| self.nodes.get(id).is_some_and(|node| node.kind.is_text());
        is_text(id)
            && self.parent_box(id).is_some_and(|parent| {
                self.nodes
                    .get(parent)
                    .is_some_and(|p| p.kind == NodeKind::Txt)
            })
    }

    /// The text styles of a box: its own, then those of the boxes that lay it
    /// out, then the view's.
    pub(crate) fn font_style(&self, id: NodeId) -> FontStyle {
        let Some(node) = self.nodes.get(id) else {
            return FontStyle::default();
        };
        let base = if !self.is_root(id)
            && let Some(parent) = self.parent_box(id)
        {
            self.font_style(parent)
        } else {
            match node
                .view
                .filter(|view| *view != id)
                .and_then(|view| self.nodes.get(view))
            {
                Some(view) => {
                    let own = view.flex.as_ref().map(|flex| flex.font.clone());
                    FontStyle::default().with(&own.unwrap_or_default())
                }
                None => FontStyle::default(),
            }
        };
        match &node.flex {
            Some(flex) => base.with(&flex.font),
            None => base,
        }
    }

    /// The size of the scene that a node belongs to.
    fn scene_size(&self, id: NodeId) -> Vec2 {
        let Some(node) = self.nodes.get(id) else {
            return Vec2::ZERO;
        };
        let view = match node.kind {
            NodeKind::View => Some(node),
            _ => node.view.and_then(|view| self.nodes.get(view)),
        };
        match view.map(|view| &view.content) {
            Some(Content::View(view)) => view.size,
            _ => Vec2::new(1920.0, 1080.0),
        }
    }

    /// Something about the layout of a node, or of what is in it, changed.
    pub(crate) fn mark_layout(&mut self, id: NodeId) {
        let mut id = id;
        loop {
            let root = self.is_root(id);
            let parent = self.parent_box(id);
            let Some(node) = self.nodes.get_mut(id) else {
                return;
            };
            if let Some(text) = &mut node.text {
                text.dirty = true;
            }
            if let Some(taffy) = node.layout.taffy {
                // The tree knows the node, so this cannot fail.
                let _ = self.taffy.mark_dirty(taffy);
            }
            if root {
                if !node.layout.dirty {
                    node.layout.dirty = true;
                    self.unlaid.push(id);
                }
                return;
            }
            match parent {
                Some(parent) => id = parent,
                None => return,
            }
        }
    }

    /// As [`Stage::mark_layout`], for a node whose own style is another.
    pub(crate) fn mark_style(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id)
            && node.kind.has_box()
        {
            node.layout.style_dirty = true;
            self.mark_layout(id);
        }
    }

    /// Which nodes the box around `id` (or `id` itself) lays out may be others.
    pub(crate) fn mark_flow(&mut self, id: NodeId) {
        let container = match self.nodes.get(id) {
            Some(node) if node.kind.has_box() => Some(id),
            _ => self.parent_box(id),
        };
        if let Some(container) = container {
            if let Some(node) = self.nodes.get_mut(container) {
                node.layout.flow_dirty = true;
            }
            self.mark_layout(container);
        }
    }

    /// A node came to another place in the tree, or takes part in layout
    /// otherwise: everything that it takes from above may be different.
    pub(crate) fn moved(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            let Some(node) = self.nodes.get_mut(id) else {
                continue;
            };
            node.cache.valid = false;
            if !node.kind.has_box() {
                continue;
            }
            node.layout.flow_dirty = true;
            node.layout.style_dirty = true;
            if node.kind.is_text() {
                node.cache.own_valid = false;
            }
            if let Some(text) = &mut node.text {
                text.dirty = true;
            }
            if !node.layout.dirty {
                node.layout.dirty = true;
                self.unlaid.push(id);
            }
        }
        if let Some(node) = self.nodes.get_mut(id) {
            // `mark_draw` stops at what is marked already.
            node.cache.valid = true;
        }
        self.mark_draw(id);
    }

    /// The text styles of a node changed.
    pub(crate) fn fonts_changed(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            if self
                .nodes
                .get(id)
                .is_some_and(|node| node.kind == NodeKind::Txt)
            {
                self.mark_layout(id);
            }
        }
        // A view's style also reaches texts that are not attached.
        if self
            .nodes
            .get(id)
            .is_some_and(|node| node.kind == NodeKind::View)
        {
            for other in self.nodes.ids() {
                let node = self.nodes.get(other);
                if node.is_some_and(|n| n.kind == NodeKind::Txt && n.view == Some(id)) {
                    self.mark_layout(other);
                }
            }
        }
    }

    /// Lays out everything that changed.
    pub(crate) fn lay_out_all(&mut self) {
        while let Some(id) = self.unlaid.pop() {
            self.lay_out(id);
        }
    }

    /// Lays out the tree that a node is in, if it changed.
    pub(crate) fn lay_out(&mut self, id: NodeId) {
        let mut root = id;
        while !self.is_root(root) {
            match self.parent_box(root) {
                Some(parent) => root = parent,
                None => break,
            }
        }
        let Some(node) = self.nodes.get(root) else {
            return;
        };
        if !node.kind.has_box() {
            return;
        }
        if node.layout.dirty {
            self.lay_out_root(root);
        }
        // A node inside may still be marked from a time when it was a root.
        if let Some(node) = self.nodes.get_mut(id) {
            node.layout.dirty = false;
        }
    }

    fn lay_out_root(&mut self, root: NodeId) {
        if let Some(node) = self.nodes.get_mut(root) {
            node.layout.dirty = false;
            if node.layout.in_flow {
                node.layout.in_flow = false;
                node.layout.style_dirty = true;
            }
            node.layout.center = Vec2::ZERO;
        }
        if self
            .nodes
            .get(root)
            .is_some_and(|node| node.kind == NodeKind::TxtLeaf)
        {
            // A leaf outside of any text has no box.
            self.settle(root, Vec2::ZERO, Vec2::ZERO);
            return;
        }
        let scene = self.scene_size(root);
        self.sync(root, true);
        let Some(taffy) = self.nodes.get(root).and_then(|node| node.layout.taffy) else {
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
        let (nodes, fonts) = (&mut self.nodes, &self.fonts);
        let computed =
            self.taffy
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
                                let measured = text.measure(fonts, known.width, available.width);
                                baseline = measured.baseline;
                                Size {
                                    width: measured.size.x as f32,
                                    height: measured.size.y as f32,
                                }
                            }
                            None => transferred(style, known),
                        },
                    );
                    if let Some(baseline) = baseline {
                        let padding = match style.padding.top.expand() {
                            taffy::ExpandedLengthPercentage::Length(length) => length,
                            taffy::ExpandedLengthPercentage::Percent(_) => 0.0,
                        };
                        output.baselines.first = Some(baseline as f32 + padding);
                    }
                    output
                });
        debug_assert!(computed.is_ok(), "the tree knows all its nodes");
    }

    /// Brings the flex tree below a box up to what the nodes say.
    fn sync(&mut self, id: NodeId, root: bool) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let taffy = match node.layout.taffy {
            Some(taffy) => taffy,
            None => {
                let Ok(taffy) = self.taffy.new_leaf_with_context(Style::DEFAULT, id) else {
                    return;
                };
                node.layout.taffy = Some(taffy);
                node.layout.style_dirty = true;
                taffy
            }
        };
        if node.kind == NodeKind::Txt {
            self.sync_text(id);
        } else if std::mem::take(&mut node.layout.flow_dirty) {
            self.sync_flow(id, taffy);
        }
        let flow = self.nodes.get(id).map(|node| node.layout.flow.clone());
        for child in flow.unwrap_or_default() {
            self.sync(child, false);
        }
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        if std::mem::take(&mut node.layout.style_dirty) {
            let style = flex_style(node, root);
            // The tree knows the node, so this cannot fail.
            let _ = self.taffy.set_style(taffy, style);
            self.resolve_keywords(id, taffy);
        }
    }

    /// Finds out again which nodes a box lays out.
    fn sync_flow(&mut self, id: NodeId, taffy: taffy::NodeId) {
        let flow = if self.layout_enabled(id) {
            self.flow_children(id)
        } else {
            Vec::new()
        };
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let old = std::mem::replace(&mut node.layout.flow, flow.clone());
        let mut children = Vec::with_capacity(flow.len());
        for child in &flow {
            let Some(node) = self.nodes.get_mut(*child) else {
                continue;
            };
            if !node.layout.in_flow {
                node.layout.in_flow = true;
                node.layout.style_dirty = true;
            }
            node.layout.dirty = false;
            let known = match node.layout.taffy {
                Some(taffy) => Some(taffy),
                None => self
                    .taffy
                    .new_leaf_with_context(Style::DEFAULT, *child)
                    .ok(),
            };
            node.layout.taffy = known;
            children.extend(known);
        }
        for child in old.iter().filter(|child| !flow.contains(child)) {
            if self.is_root(*child)
                && let Some(node) = self.nodes.get_mut(*child)
                && node.layout.in_flow
            {
                node.layout.in_flow = false;
                node.layout.style_dirty = true;
                if !node.layout.dirty {
                    node.layout.dirty = true;
                    self.unlaid.push(*child);
                }
            }
        }
        // The tree knows all of them, so this cannot fail.
        let _ = self.taffy.set_children(taffy, &children);
    }

    /// The boxes that a box lays out: those below it that take part, through
    /// groups, but not through other boxes.
    fn flow_children(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut rest: Vec<NodeId> = self
            .nodes
            .get(id)
            .map(|node| node.children.iter().rev().copied().collect())
            .unwrap_or_default();
        while let Some(id) = rest.pop() {
            let Some(node) = self.nodes.get(id) else {
                continue;
            };
            if !node.kind.has_box() {
                rest.extend(node.children.iter().rev());
            } else if node.kind != NodeKind::TxtLeaf && self.layout_enabled(id) {
                found.push(id);
            }
        }
        found
    }

    /// Turns `min-content` and `max-content` as least or greatest sizes into
    /// lengths, which is all that the flex tree knows there.
    fn resolve_keywords(&mut self, id: NodeId, taffy: taffy::NodeId) {
        let Some(flex) = self.nodes.get(id).and_then(|node| node.flex.as_ref()) else {
            return;
        };
        let limits = [
            flex.min_width,
            flex.min_height,
            flex.max_width,
            flex.max_height,
        ];
        let is_keyword =
            |limit: &Option<Length>| matches!(limit, Some(Length::MinContent | Length::MaxContent));
        if !limits.iter().any(is_keyword) {
            return;
        }
        let Ok(style) = self.taffy.style(taffy).cloned() else {
            return;
        };
        let mut free = style.clone();
        free.position = Position::Relative;
        free.size = Size::auto();
        free.min_size = Size::auto();
        free.max_size = Size::auto();
        let _ = self.taffy.set_style(taffy, free);
        let mut measure = |available| {
            self.compute(
                taffy,
                Size {
                    width: available,
                    height: AvailableSpace::MaxContent,
                },
            );
            self.taffy.unrounded_layout(taffy).size
        };
        let least = measure(AvailableSpace::MinContent);
        let most = measure(AvailableSpace::MaxContent);
        let mut style = style;
        let resolved = |limit: Option<Length>, least: f32, most: f32| match limit {
            Some(Length::MinContent) => Some(LengthPercentageAuto::length(least)),
            Some(Length::MaxContent) => Some(LengthPercentageAuto::length(most)),
            _ => None,
        };
        let [min_width, min_height, max_width, max_height] = limits;
        let slots = [
            (
                &mut style.min_size.width,
                min_width,
                least.width,
                most.width,
            ),
            (
                &mut style.min_size.height,
                min_height,
                most.height,
                most.height,
            ),
            (
                &mut style.max_size.width,
                max_width,
                least.width,
                most.width,
            ),
            (
                &mut style.max_size.height,
                max_height,
                most.height,
                most.height,
            ),
        ];
        for (slot, limit, least, most) in slots {
            if let Some(length) = resolved(limit, least, most) {
                *slot = length;
            }
        }
        let _ = self.taffy.set_style(taffy, style);
    }

    /// Takes the computed boxes over into the nodes.
    fn take_over(&mut self, id: NodeId, parent: Option<Vec2>) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let Some(taffy) = node.layout.taffy else {
            return;
        };
        let layout = self.taffy.unrounded_layout(taffy);
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
        self.settle(id, size, center);
        let flow = match self.nodes.get_mut(id) {
            Some(node) if node.kind == NodeKind::Txt => {
                self.place_text(id, padding, inner.x);
                Vec::new()
            }
            Some(node) => node.layout.flow.clone(),
            None => Vec::new(),
        };
        for child in flow {
            self.take_over(child, Some(size));
        }
        if parent.is_some()
            && let Some(above) = self.nodes.get(id).and_then(|node| node.parent)
        {
            self.follow_children(above);
        }
    }

    /// Stores a node's box; a new one asks for drawing.
    pub(crate) fn settle(&mut self, id: NodeId, size: Vec2, center: Vec2) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let layout = &mut node.layout;
        let resized = layout.size != size;
        let moved = layout.center != center;
        layout.size = size;
        layout.center = center;
        if resized {
            self.mark_own(id);
        } else if moved {
            self.mark_draw(id);
        }
        if resized || moved {
            self.replaced(id);
        }
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
        let padding = |side: LengthPercentage| match side.expand() {
            taffy::ExpandedLengthPercentage::Length(length) => length,
            taffy::ExpandedLengthPercentage::Percent(_) => 0.0,
        };
        (length - padding(start) - padding(end)).max(0.0)
    };
    let padding = style.padding;
    let width = side(known.height, style.size.height).map(|height| height * ratio);
    let height = side(known.width, style.size.width).map(|width| width / ratio);
    Size {
        width: width.map_or(0.0, |width| inside(width, [padding.left, padding.right])),
        height: height.map_or(0.0, |height| inside(height, [padding.top, padding.bottom])),
    }
}

#[cfg(test)]
mod tests {
    use crate::{NoFonts, Value, ViewPlacement};

    use super::*;

    #[test]
    fn only_what_affects_layout_asks_for_layout() {
        let mut stage = Stage::new(Box::new(NoFonts));
        let view = stage.create(NodeKind::View, None, "view");
        let inner = stage.create(NodeKind::Rect, Some(view), "inner");
        let outer = stage.create(NodeKind::Rect, Some(view), "outer");
        let other = stage.create(NodeKind::Rect, Some(view), "other");
        stage.set(outer, "layout", Value::Bool(true)).unwrap();
        stage.set_children(outer, &[inner]);
        stage.set_children(view, &[outer, other]);
        stage.draw(&[ViewPlacement::new(view)]);
        assert_eq!(stage.unlaid, []);
        for (name, value) in [
            ("position", Value::Numbers(vec![1.0, 2.0])),
            ("rotation", Value::Number(3.0)),
            ("opacity", Value::Number(0.5)),
            ("fill", Value::Numbers(vec![1.0; 4])),
            ("radius", Value::Number(4.0)),
            ("end", Value::Number(0.5)),
        ] {
            stage.set(inner, name, value).unwrap();
            assert_eq!(stage.unlaid, [], "{name}");
        }
        stage.set(inner, "width", Value::Number(7.0)).unwrap();
        assert_eq!(stage.unlaid, [outer]);
    }
}
