//! Boxes, lines and drawings, with numbers worked out from the CSS rules.

#![allow(clippy::disallowed_methods)] // tests read fonts and pictures, and look at the clock

mod boxes;
mod canvases;
mod code;
mod drawings;
mod dump;
mod fonts;
mod laws;
mod texts;

use std::sync::Arc;

use kinora_film::AssetId;
use kinora_stage::{FontFile, NoFonts, NodeId, NodeKind, Stage, Value};

/// The font file of Roboto in this style.
pub(crate) fn roboto(style: &str) -> FontFile {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/../script/fonts/Roboto-{style}.ttf");
    let bytes = std::fs::read(path).unwrap();
    FontFile {
        id: AssetId::of(&bytes),
        bytes: Arc::new(bytes),
        family_override: None,
    }
}

/// A stage with Roboto and a view of 1920 by 1080.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) view: NodeId,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let mut stage = Stage::new(Box::new(NoFonts));
        for style in ["Regular", "Bold", "Italic", "BoldItalic"] {
            stage.add_font(roboto(style), None);
        }
        let view = stage.create(NodeKind::View, None, "view");
        Self { stage, view }
    }

    /// A node with properties and children.
    pub(crate) fn node(
        &mut self,
        kind: NodeKind,
        properties: &[(&str, Value)],
        children: &[NodeId],
    ) -> NodeId {
        let id = self.stage.create(kind, Some(self.view), kind.name());
        for (name, value) in properties {
            self.stage.set(id, name, value.clone()).unwrap();
        }
        self.stage.set_children(id, children);
        id
    }

    /// A `Txt` with one leaf.
    pub(crate) fn txt(&mut self, text: &str, properties: &[(&str, Value)]) -> NodeId {
        let leaf = self.leaf(text);
        self.node(NodeKind::Txt, properties, &[leaf])
    }

    pub(crate) fn leaf(&mut self, content: &str) -> NodeId {
        self.node(NodeKind::TxtLeaf, &[("text", text(content))], &[])
    }

    /// Puts nodes into the view.
    pub(crate) fn show(&mut self, nodes: &[NodeId]) {
        self.stage.set_children(self.view, nodes);
    }

    /// x, y, width and height of a node's box.
    pub(crate) fn rect(&mut self, id: NodeId) -> [f64; 4] {
        let found = self.stage.layout_box(id);
        [found.x, found.y, found.width, found.height]
    }

    pub(crate) fn size(&mut self, id: NodeId) -> [f64; 2] {
        let [.., width, height] = self.rect(id);
        [width, height]
    }

    pub(crate) fn set(&mut self, id: NodeId, name: &str, value: Value) {
        self.stage.set(id, name, value).unwrap();
    }
}

pub(crate) fn number(value: f64) -> Value {
    Value::Number(value)
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

pub(crate) fn list(values: &[f64]) -> Value {
    Value::Numbers(values.to_vec())
}

pub(crate) fn yes() -> Value {
    Value::Bool(true)
}

pub(crate) fn no() -> Value {
    Value::Bool(false)
}
