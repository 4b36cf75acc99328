//! How the tree is changed.

use crate::{
    canvas::{Custom, Scope},
    change::Change,
    error::SetError,
    id::NodeId,
    kind::NodeKind,
    node::Node,
    tree::Tree,
    value::{Input, Value},
};

impl Tree {
    /// Makes a node without a parent.
    pub fn create(&mut self, kind: NodeKind, view: Option<NodeId>, key: &str) -> NodeId {
        let node = Node::new(kind, view, key);
        let places_texts = node.own.placed_texts().is_some();
        let id = self.nodes.insert(node);
        if places_texts {
            self.placers.push(id);
        }
        if kind.role().has_box() {
            self.unlaid.push(id);
        }
        id
    }

    /// Takes a node out and gives it back. Its children stay, without a parent.
    pub fn dispose(&mut self, id: NodeId) -> Option<Box<Node>> {
        let node = self.nodes.get(id)?;
        let (parent, children) = (node.parent, node.children.clone());
        if let Some(parent) = parent {
            self.detach(parent, id);
        }
        for child in children {
            self.detach(id, child);
        }
        let node = self.nodes.remove(id)?;
        if node.own.placed_texts().is_some() {
            self.placers.retain(|other| *other != id);
        }
        self.count(node.counted(), usize::wrapping_sub);
        self.canvas_weight -= node.custom.as_ref().map_or(0, |custom| custom.weight());
        Some(node)
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

    /// Sets a property and marks what follows from it.
    pub fn set(&mut self, id: NodeId, name: &str, value: &Value) -> Result<(), SetError> {
        let Some(node) = self.nodes.get_mut(id) else {
            return Err(SetError::NoSuchNode {
                name: name.to_owned(),
            });
        };
        let before = node.counted();
        let change = node.set(Input { name, value })?;
        if change == Change::NONE {
            return Ok(());
        }
        let after = node.counted();
        self.count(before, usize::wrapping_sub);
        self.count(after, usize::wrapping_add);
        self.apply(id, name, change);
        Ok(())
    }

    /// Has a script draw a node, or the stage again.
    pub fn customise(&mut self, id: NodeId, scope: Scope, custom: Option<Custom>) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let before = node.counted();
        let customs = node.custom.get_or_insert_default();
        let mut others: Vec<NodeId> = customs.nodes().collect();
        self.canvas_weight -= customs.weight();
        *customs.slot(scope) = custom;
        self.canvas_weight += customs.weight();
        let drawn: Vec<NodeId> = customs.nodes().filter(|other| *other != id).collect();
        let after = node.counted();
        self.count(before, usize::wrapping_sub);
        self.count(after, usize::wrapping_add);
        others.retain(|other| !drawn.contains(other));
        for other in others {
            if let Some(node) = self.nodes.get_mut(other) {
                node.drawn_in.retain(|by| *by != id);
            }
        }
        for other in drawn {
            if let Some(node) = self.nodes.get_mut(other)
                && !node.drawn_in.contains(&id)
            {
                node.drawn_in.push(id);
            }
        }
        self.mark_own(id);
        // Whether there are blends decides how the views are drawn.
        if before != after
            && let Some(view) = self.view_of(id)
        {
            self.mark_draw(view);
        }
    }

    fn view_of(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id)?.view
    }

    /// Adds or subtracts what a node counts as.
    fn count(&mut self, (composite, blend): (bool, bool), by: fn(usize, usize) -> usize) {
        self.composites = by(self.composites, usize::from(composite));
        self.blends = by(self.blends, usize::from(blend));
    }
}
