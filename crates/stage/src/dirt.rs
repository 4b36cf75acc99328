//! What has to be done again when a node changes.

use kurbo::{Point, Vec2};

use crate::{change::Change, id::NodeId, kind::Role, node::Node, tree::Tree};

impl Tree {
    /// Marks what follows from setting a property.
    pub fn apply(&mut self, id: NodeId, name: &str, change: Change) {
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

    /// A node that its children's positions matter to (a line without points of its
    /// own) takes them.
    pub fn follow_children(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        if !node.own.follows_children() {
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
            && node.own.follow(positions)
        {
            node.layout.style_dirty = true;
            self.mark_layout(id);
            self.mark_own(id);
            self.replaced(id);
        }
    }

    fn paint_changed(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            if self.nodes.get(id).is_some_and(|node| node.role().is_text()) {
                self.mark_own(id);
            }
        }
    }

    /// Asks for the node's own picture to be made again.
    pub fn mark_own(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.cache.own_valid = false;
        }
        self.mark_draw(id);
    }

    /// Asks for the node to be composed again, and so for all that contain it.
    pub fn mark_draw(&mut self, id: NodeId) {
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.nodes.get_mut(id)) {
            if !node.cache.valid {
                return;
            }
            node.cache.valid = false;
            next = node.parent;
            if !node.drawn_in.is_empty() {
                for other in node.drawn_in.clone() {
                    self.mark_draw(other);
                }
            }
        }
    }

    /// A node lies otherwise on the canvas, and with it the composite roots in it:
    /// what takes its looks from their space has to be composed again.
    pub fn replaced(&mut self, id: NodeId) {
        let is_view = self.nodes.get(id).is_some_and(Node::is_view);
        if is_view || self.composites > 0 || self.unbounded {
            self.mark_followers(id);
        }
    }

    /// What takes its looks from the spaces above is composed again, down to the first
    /// nodes that do not.
    pub fn mark_followers(&mut self, id: NodeId) {
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

    /// Something about the layout of a node, or of what is in it, changed.
    pub fn mark_layout(&mut self, id: NodeId) {
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
            node.layout.measure_dirty = true;
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

    /// As [`Tree::mark_layout`], for a node whose own style is another.
    pub fn mark_style(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id)
            && node.role().has_box()
        {
            node.layout.style_dirty = true;
            self.mark_layout(id);
        }
    }

    /// Which nodes the box around `id` (or `id` itself) lays out may be others.
    pub fn mark_flow(&mut self, id: NodeId) {
        let container = match self.nodes.get(id) {
            Some(node) if node.role().has_box() => Some(id),
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
    pub fn moved(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            let Some(node) = self.nodes.get_mut(id) else {
                continue;
            };
            node.cache.valid = false;
            if !node.role().has_box() {
                continue;
            }
            node.layout.flow_dirty = true;
            node.layout.style_dirty = true;
            if node.role().is_text() || node.own.placed_texts().is_some() {
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
    pub fn fonts_changed(&mut self, id: NodeId) {
        for id in self.subtree(id) {
            self.font_changed(id);
        }
        // A view's style also reaches texts that are not attached.
        if self.nodes.get(id).is_some_and(Node::is_view) {
            for other in self.nodes.ids() {
                if self.nodes.get(other).is_some_and(|n| n.view == Some(id)) {
                    self.font_changed(other);
                }
            }
        }
    }

    /// The text style of one node may be another.
    fn font_changed(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        if node.role() == Role::Text {
            self.mark_layout(id);
        } else if node.own.placed_texts().is_some() {
            self.mark_own(id);
        }
    }

    /// Stores a node's box; a new one asks for drawing.
    pub fn settle(&mut self, id: NodeId, size: Vec2, center: Vec2) {
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
