use std::collections::BTreeSet;

use kinora_film::{AssetId, Drawing};
use kurbo::{Affine, Point, Vec2};

use crate::{
    FontFile, FontSource, LayoutBox, NodeId, NodeKind, SetError, TextLine, Value,
    change::Change,
    draw::Placed,
    fonts::Fonts,
    node::{Node, Nodes},
    shape::{Content, CurveProps, Measure},
    text::Shaper,
    value::Input,
};

/// Where a scene's view lies on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewPlacement {
    /// The view.
    pub view: NodeId,
    /// What happens to the view's canvas pixels, on top of its own transform.
    pub transform: Affine,
    /// Its opacity within `0.0..=1.0`.
    pub alpha: f32,
}

impl ViewPlacement {
    /// A view in its own place, opaque.
    pub fn new(view: NodeId) -> Self {
        Self {
            view,
            transform: Affine::IDENTITY,
            alpha: 1.0,
        }
    }
}

/// A tree of nodes that is laid out and drawn as far as it changed.
pub struct Stage {
    pub(crate) nodes: Nodes,
    pub(crate) fonts: Fonts,
    pub(crate) shaper: Shaper,
    pub(crate) taffy: taffy::TaffyTree<NodeId>,
    /// Boxes that may have to be laid out.
    pub(crate) unlaid: Vec<NodeId>,
    /// How many nodes besides views are composite roots.
    pub(crate) composites: usize,
    /// How many nodes have a composite operation of their own.
    pub(crate) blends: usize,
    /// Whether a node was ever left out because its place on the canvas is not
    /// finite.
    pub(crate) unbounded: bool,
    pub(crate) placed: Placed,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

impl Stage {
    /// An empty stage that asks `fonts` for families nobody registered.
    pub fn new(fonts: Box<dyn FontSource>) -> Self {
        let mut taffy = taffy::TaffyTree::new();
        taffy.disable_rounding();
        Self {
            nodes: Nodes::default(),
            fonts: Fonts::new(fonts),
            shaper: Shaper::default(),
            taffy,
            unlaid: Vec::new(),
            composites: 0,
            blends: 0,
            unbounded: false,
            placed: Placed::default(),
        }
    }

    /// Registers a font, under `family` or else under its own name.
    /// Texts that are there already are set again.
    pub fn add_font(&mut self, file: FontFile, family: Option<&str>) {
        self.fonts.add(file, family);
        for id in self.nodes.ids() {
            if self.nodes.get(id).is_some_and(|node| node.text.is_some()) {
                self.mark_layout(id);
            }
        }
    }

    /// Makes a node without a parent. `view` is the view whose scene it belongs
    /// to (`None` for a view itself); `key` is its name in messages.
    pub fn create(&mut self, kind: NodeKind, view: Option<NodeId>, key: &str) -> NodeId {
        let id = self.nodes.insert(Node::new(kind, view, key));
        if kind.has_box() {
            self.unlaid.push(id);
        }
        id
    }

    /// Takes a node out of the tree and forgets it. Its children stay, without
    /// a parent.
    pub fn dispose(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        let (parent, children) = (node.parent, node.children.clone());
        if let Some(parent) = parent {
            self.detach(parent, id);
        }
        for child in children {
            self.detach(id, child);
        }
        if let Some(node) = self.nodes.remove(id) {
            if let Some(taffy) = node.layout.taffy {
                // The tree knows the node, so this cannot fail.
                let _ = self.taffy.remove(taffy);
            }
            self.count(node.counted(), usize::wrapping_sub);
        }
    }

    /// The name that a node was made with.
    pub fn key(&self, id: NodeId) -> Option<&str> {
        self.nodes.get(id).map(|node| node.key.as_str())
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> Option<NodeKind> {
        self.nodes.get(id).map(|node| node.kind)
    }

    /// Makes `children` the children of a node, bottom first. Those that have
    /// another parent leave it; ids of no node, of the node itself or of one that
    /// it is in are left out.
    pub fn set_children(&mut self, id: NodeId, children: &[NodeId]) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        let old = node.children.clone();
        let mut new: Vec<NodeId> = Vec::with_capacity(children.len());
        let mut seen = std::collections::HashSet::with_capacity(children.len());
        let above = self.above(id);
        for child in children {
            let fits = !above.contains(child) && self.nodes.get(*child).is_some();
            if fits && seen.insert(*child) {
                new.push(*child);
            }
        }
        if old == new {
            return;
        }
        for child in &old {
            if !seen.contains(child) {
                self.detach(id, *child);
            }
        }
        for child in &new {
            let parent = self.nodes.get(*child).and_then(|node| node.parent);
            if parent == Some(id) {
                continue;
            }
            if let Some(parent) = parent {
                self.detach(parent, *child);
            }
            if let Some(child) = self.nodes.get_mut(*child) {
                child.parent = Some(id);
            }
            self.moved(*child);
        }
        if let Some(node) = self.nodes.get_mut(id) {
            node.children = new;
        }
        self.children_changed(id);
    }

    /// A node and all that it is in.
    fn above(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = vec![id];
        let mut next = self.nodes.get(id).and_then(|node| node.parent);
        while let Some(id) = next {
            found.push(id);
            next = self.nodes.get(id).and_then(|node| node.parent);
        }
        found
    }

    fn detach(&mut self, parent: NodeId, child: NodeId) {
        if let Some(node) = self.nodes.get_mut(parent) {
            node.children.retain(|other| *other != child);
        }
        if let Some(node) = self.nodes.get_mut(child) {
            node.parent = None;
        }
        self.children_changed(parent);
        self.moved(child);
    }

    fn children_changed(&mut self, id: NodeId) {
        self.mark_flow(id);
        self.mark_draw(id);
        self.follow_children(id);
    }

    /// Sets a property.
    ///
    /// # Errors
    /// When the node does not exist, its kind has no such property, or the value
    /// is of the wrong type or not finite.
    pub fn set(&mut self, id: NodeId, name: &str, value: Value) -> Result<(), SetError> {
        let Some(node) = self.nodes.get_mut(id) else {
            return Err(SetError::NoSuchNode {
                name: name.to_owned(),
            });
        };
        let before = node.counted();
        let change = node.set(Input {
            name,
            value: &value,
        })?;
        if change == Change::NONE {
            return Ok(());
        }
        let after = node.counted();
        self.count(before, usize::wrapping_sub);
        self.count(after, usize::wrapping_add);
        self.apply(id, name, change);
        Ok(())
    }

    /// Adds or subtracts what a node counts as.
    fn count(&mut self, (composite, blend): (bool, bool), by: fn(usize, usize) -> usize) {
        self.composites = by(self.composites, usize::from(composite));
        self.blends = by(self.blends, usize::from(blend));
    }

    fn apply(&mut self, id: NodeId, name: &str, change: Change) {
        if change.has(Change::SCENE) {
            self.scene_changed(id);
        }
        if change.has(Change::FLOW) {
            self.moved(id);
            if let Some(parent) = self.nodes.get(id).and_then(|node| node.parent) {
                self.mark_flow(parent);
            }
        }
        if change.has(Change::LAYOUT) {
            if let Some(node) = self.nodes.get_mut(id) {
                node.layout.style_dirty = true;
            }
            self.mark_layout(id);
            self.replaced(id);
        }
        if change.has(Change::FONT) {
            self.fonts_changed(id);
        }
        if change.has(Change::TEXT) {
            self.mark_layout(id);
        }
        if change.has(Change::PAINT) {
            self.paint_changed(id);
        }
        if change.has(Change::OWN) {
            self.mark_own(id);
        }
        if change.has(Change::ROOT) {
            self.mark_followers(id);
        }
        if change.has(Change::PLACE) {
            self.mark_draw(id);
            self.replaced(id);
            if name == "position"
                && let Some(parent) = self.nodes.get(id).and_then(|node| node.parent)
            {
                self.follow_children(parent);
            }
        }
    }

    /// A line without points of its own takes its children's positions.
    pub(crate) fn follow_children(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        let Content::Line(line) = &node.content else {
            return;
        };
        if !line.follows_children() {
            return;
        }
        let positions: Vec<Point> = node
            .children
            .iter()
            .filter_map(|child| self.nodes.get(*child))
            .map(|child| match child.layout.in_flow {
                true => child.origin_in_flow().to_point(),
                false => child.effects.position.unwrap_or_default().to_point(),
            })
            .collect();
        if let Some(node) = self.nodes.get_mut(id)
            && let Content::Line(line) = &mut node.content
            && line.follow(positions)
        {
            node.layout.style_dirty = true;
            self.mark_layout(id);
            self.mark_own(id);
            self.replaced(id);
        }
    }

    fn paint_changed(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            if self.nodes.get(id).is_some_and(|node| node.kind.is_text()) {
                self.mark_own(id);
            }
        }
    }

    /// A node and all below it, parents first.
    pub(crate) fn subtree(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = vec![id];
        let mut next = 0;
        while let Some(id) = found.get(next) {
            if let Some(node) = self.nodes.get(*id) {
                found.extend_from_slice(&node.children);
            }
            next += 1;
        }
        found
    }

    /// Asks for the node's own picture to be made again.
    pub(crate) fn mark_own(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.cache.own_valid = false;
        }
        self.mark_draw(id);
    }

    /// Asks for the node to be composed again, and so for all that contain it.
    pub(crate) fn mark_draw(&mut self, id: NodeId) {
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.nodes.get_mut(id)) {
            if !node.cache.valid {
                return;
            }
            node.cache.valid = false;
            next = node.parent;
        }
    }

    /// A node lies otherwise on the canvas, and with it the composite roots in it:
    /// what takes its looks from their space has to be composed again.
    pub(crate) fn replaced(&mut self, id: NodeId) {
        let is_view = self
            .nodes
            .get(id)
            .is_some_and(|node| node.kind == NodeKind::View);
        if is_view || self.composites > 0 || self.unbounded {
            self.mark_followers(id);
        }
    }

    fn mark_followers(&mut self, id: NodeId) {
        let mut rest = vec![id];
        while let Some(id) = rest.pop() {
            let Some(node) = self.nodes.get(id) else {
                continue;
            };
            if node.cache.follows {
                rest.extend_from_slice(&node.children);
                self.mark_draw(id);
            }
        }
    }

    fn mark_subtree(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            if let Some(node) = self.nodes.get_mut(id) {
                node.cache.valid = false;
            }
        }
    }

    /// A view got another size or scale.
    fn scene_changed(&mut self, view: NodeId) {
        self.mark_draw(view);
        self.mark_subtree(view);
        if let Some(node) = self.nodes.get_mut(view) {
            node.cache.own_valid = false;
        }
        for id in self.nodes.ids() {
            let scene = self.nodes.get(id).and_then(|node| node.view);
            if id == view || scene == Some(view) {
                self.mark_style(id);
            }
        }
    }

    /// The box of a node, laid out if need be. Nodes without a box have an
    /// empty one.
    pub fn layout_box(&mut self, id: NodeId) -> LayoutBox {
        self.lay_out(id);
        let Some(node) = self.nodes.get(id) else {
            return LayoutBox::default();
        };
        let origin = if node.layout.in_flow {
            node.origin_in_flow()
        } else {
            Vec2::ZERO
        };
        LayoutBox {
            x: origin.x,
            y: origin.y,
            width: node.layout.size.x,
            height: node.layout.size.y,
        }
    }

    /// The visual lines of a `Txt`, top first; empty for other nodes and for a
    /// `Txt` inside another.
    pub fn lines(&mut self, id: NodeId) -> Vec<TextLine> {
        self.lay_out(id);
        let Some(node) = self.nodes.get(id) else {
            return Vec::new();
        };
        node.text
            .as_ref()
            .map_or_else(Vec::new, |text| text.lines(node.layout.size))
    }

    /// The length of a curve's whole outline; 0 for other nodes.
    pub fn arc_length(&mut self, id: NodeId) -> f64 {
        self.measure(id).length
    }

    /// The point at a length along a curve's whole outline, in the node's space,
    /// and the direction there (of length 1).
    pub fn point_at(&mut self, id: NodeId, distance: f64) -> (Point, Vec2) {
        self.measure(id).at(distance)
    }

    fn measure(&mut self, id: NodeId) -> Measure {
        self.lay_out(id);
        let path = self.nodes.get(id).map(|node| {
            let default = CurveProps::default();
            let curve = node.curve.as_deref().unwrap_or(&default);
            let closed = curve.closed.unwrap_or(node.content.closed_by_default());
            node.content.outline(node.layout.size, closed).path()
        });
        Measure::new(&path.unwrap_or_default())
    }

    /// Draws the views, bottom first. What did not change since the last call is
    /// the same drawing again.
    pub fn draw(&mut self, views: &[ViewPlacement]) -> Drawing {
        self.lay_out_all();
        self.place(views)
    }

    /// What went otherwise than the project asked, since the last call: unknown
    /// font families and what is used instead.
    pub fn warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.fonts.warnings)
    }

    /// The font files from which glyphs were taken so far, in the order of their
    /// ids.
    pub fn fonts_used(&self) -> &BTreeSet<AssetId> {
        &self.fonts.used
    }
}
