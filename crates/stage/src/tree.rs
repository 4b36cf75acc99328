use kurbo::Vec2;

use crate::{
    font_style::FontStyle,
    id::NodeId,
    kind::Role,
    node::{Node, Nodes},
};

/// The nodes and who is below whom.
#[derive(Default)]
pub(crate) struct Tree {
    pub nodes: Nodes,
    /// Boxes that may have to be laid out.
    pub unlaid: Vec<NodeId>,
    /// The nodes that put texts at places themselves.
    pub placers: Vec<NodeId>,
    /// How many nodes besides views are composite roots.
    pub composites: usize,
    /// How many nodes have a composite operation of their own.
    pub blends: usize,
    /// How much of what scripts drew is kept.
    pub canvas_weight: usize,
    /// Whether a node was ever left out because its place on the canvas is not
    /// finite.
    pub unbounded: bool,
}

impl Tree {
    /// A node and all that it is in.
    pub fn above(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = vec![id];
        let mut next = self.nodes.get(id).and_then(|node| node.parent);
        while let Some(id) = next {
            found.push(id);
            next = self.nodes.get(id).and_then(|node| node.parent);
        }
        found
    }

    /// A node and all below it, parents first.
    pub fn subtree(&self, id: NodeId) -> Vec<NodeId> {
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

    /// The nearest box above a node.
    pub fn parent_box(&self, id: NodeId) -> Option<NodeId> {
        let mut next = self.nodes.get(id)?.parent;
        while let Some(id) = next {
            let node = self.nodes.get(id)?;
            if node.role().has_box() {
                return Some(id);
            }
            next = node.parent;
        }
        None
    }

    /// Whether a box takes part in layout, as it says or as the box above does.
    pub fn layout_enabled(&self, id: NodeId) -> bool {
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(node) = self.nodes.get(id) else {
                return false;
            };
            if node.role().is_text() {
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
    pub fn is_root(&self, id: NodeId) -> bool {
        let Some(parent) = self.parent_box(id) else {
            return true;
        };
        if self.role(parent) == Some(Role::Text) {
            return !self.role(id).is_some_and(Role::is_text);
        }
        !self.layout_enabled(id) || !self.layout_enabled(parent)
    }

    /// Whether a run or piece of text flows inside a text.
    pub fn is_inline(&self, id: NodeId) -> bool {
        self.role(id).is_some_and(Role::is_text)
            && self.parent_box(id).and_then(|parent| self.role(parent)) == Some(Role::Text)
    }

    /// How a node takes part in layout.
    fn role(&self, id: NodeId) -> Option<Role> {
        self.nodes.get(id).map(Node::role)
    }

    /// The text styles of a box: its own, then those of the boxes that lay it
    /// out, then the view's.
    pub fn font_style(&self, id: NodeId) -> FontStyle {
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
    pub fn scene_size(&self, id: NodeId) -> Vec2 {
        let node = self.nodes.get(id);
        let view = node.and_then(|node| match node.is_view() {
            true => Some(node),
            false => self.nodes.get(node.view?),
        });
        let scene = view.and_then(|view| view.own.scene());
        scene.map_or(Vec2::new(1920.0, 1080.0), |scene| scene.size)
    }

    /// The boxes that a box lays out: those below it that take part, through
    /// groups, but not through other boxes.
    pub fn flow_children(&self, id: NodeId) -> Vec<NodeId> {
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
            if !node.role().has_box() {
                rest.extend(node.children.iter().rev());
            } else if node.role() != Role::Leaf && self.layout_enabled(id) {
                found.push(id);
            }
        }
        found
    }
}
