use kinora_film::Drawing;
use kurbo::{Affine, Vec2};

use crate::{
    change::Change,
    effects::Effects,
    flex::BoxProps,
    shape::{Content, CurveProps, ShapeProps},
    text::TextBlock,
};

/// The number of a node in its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// A number that came back from the script. Whether a node with it exists
    /// is checked when it is used.
    pub fn from_raw(raw: u32) -> Self {
        Self(raw)
    }

    /// The number, from 1; 0 is never a node.
    pub fn raw(self) -> u32 {
        self.0
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node draws and how it takes part in layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// The root of a scene.
    View,
    /// A group.
    Node,
    /// A box without a picture.
    Layout,
    /// A rectangle.
    Rect,
    /// An ellipse, an arc or a sector.
    Circle,
    /// Joined points.
    Line,
    /// Any outline, given as path commands.
    Path,
    /// A text block or a run in one.
    Txt,
    /// A piece of text inside a `Txt`.
    TxtLeaf,
    /// A still picture.
    Img,
    /// A moving picture.
    Video,
    /// A sound; draws only its children.
    Audio,
}

impl NodeKind {
    const NAMES: [(&'static str, Self); 12] = [
        ("view", Self::View),
        ("node", Self::Node),
        ("layout", Self::Layout),
        ("rect", Self::Rect),
        ("circle", Self::Circle),
        ("line", Self::Line),
        ("path", Self::Path),
        ("txt", Self::Txt),
        ("leaf", Self::TxtLeaf),
        ("img", Self::Img),
        ("video", Self::Video),
        ("audio", Self::Audio),
    ];

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find_map(|(known, kind)| (*known == name).then_some(*kind))
    }

    /// The kind's name.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find_map(|(name, kind)| (*kind == self).then_some(*name))
            .unwrap_or_default()
    }

    /// Whether it has a box.
    pub(crate) fn has_box(self) -> bool {
        !matches!(self, Self::Node | Self::Audio)
    }

    pub(crate) fn has_shape(self) -> bool {
        self.has_box() && !matches!(self, Self::Layout | Self::TxtLeaf)
    }

    pub(crate) fn has_curve(self) -> bool {
        self.has_shape() && !matches!(self, Self::Txt)
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Txt | Self::TxtLeaf)
    }
}

/// A box as laid out, in the node's own units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayoutBox {
    /// Where the node's origin lies, from the centre of the parent's box to the
    /// right; 0 for a node that is placed by its position.
    pub x: f64,
    /// The same downwards.
    pub y: f64,
    /// Width, 0 or more.
    pub width: f64,
    /// Height, 0 or more.
    pub height: f64,
}

/// A node with its properties and what was derived from them last.
pub(crate) struct Node {
    pub kind: NodeKind,
    pub key: String,
    pub view: Option<NodeId>,
    pub parent: Option<NodeId>,
    pub children: Vec<NodeId>,
    pub effects: Effects,
    pub flex: Option<Box<BoxProps>>,
    pub shape: Option<Box<ShapeProps>>,
    pub curve: Option<Box<CurveProps>>,
    pub content: Content,
    pub layout: LayoutState,
    pub text: Option<Box<TextBlock>>,
    pub cache: DrawCache,
}

/// What layout found out about a node.
#[derive(Default)]
pub(crate) struct LayoutState {
    pub taffy: Option<taffy::NodeId>,
    /// Width and height.
    pub size: Vec2,
    /// Centre of the box from the centre of the parent's box.
    pub center: Vec2,
    /// Whether the node is placed by its parent's layout.
    pub in_flow: bool,
    /// The nodes that this one's flex container holds.
    pub flow: Vec<NodeId>,
    pub flow_dirty: bool,
    pub style_dirty: bool,
    /// For a layout root: whether anything inside has to be laid out again.
    pub dirty: bool,
}

/// What drawing found out about a node.
#[derive(Default)]
pub(crate) struct DrawCache {
    /// Whether `drawing` stands for the node as it is.
    pub valid: bool,
    /// Whether something in it was drawn by what is above the node: by the space of
    /// the composite root that a shadow is cast in.
    pub follows: bool,
    /// The node in its parent's space; `None` where it draws nothing.
    pub drawing: Option<Drawing>,
    /// Whether `own` stands for the node's own picture as it is.
    pub own_valid: bool,
    /// The node's own picture in its own space, without its children.
    pub own: Vec<Drawing>,
}

impl Node {
    pub fn new(kind: NodeKind, view: Option<NodeId>, key: &str) -> Self {
        Self {
            kind,
            key: key.to_owned(),
            view,
            parent: None,
            children: Vec::new(),
            effects: Effects::default(),
            flex: kind.has_box().then(Box::default),
            shape: kind.has_shape().then(Box::default),
            curve: kind.has_curve().then(Box::default),
            content: Content::new(kind),
            layout: LayoutState {
                flow_dirty: true,
                style_dirty: true,
                dirty: true,
                ..LayoutState::default()
            },
            text: None,
            cache: DrawCache::default(),
        }
    }

    /// Whether it is a composite root besides the view, and whether it has a
    /// composite operation.
    pub fn counted(&self) -> (bool, bool) {
        (
            self.effects.composite && self.kind != NodeKind::View,
            self.effects.operation != kinora_film::Blend::SourceOver,
        )
    }

    /// Children's space to parent's space.
    pub fn local_to_parent(&self) -> Affine {
        let origin = if self.layout.in_flow {
            self.origin_in_flow()
        } else {
            self.effects.position.unwrap_or_default()
        };
        let transform = self.effects.transform_at(origin);
        match &self.flex {
            Some(flex) if flex.offset != Vec2::ZERO => {
                let size = self.layout.size;
                let shift = Vec2::new(-size.x * flex.offset.x / 2.0, -size.y * flex.offset.y / 2.0);
                transform * Affine::translate(shift)
            }
            _ => transform,
        }
    }

    /// Where a node in a layout has its origin, from the centre of the parent's box.
    pub fn origin_in_flow(&self) -> Vec2 {
        let offset = self.flex.as_ref().map_or(Vec2::ZERO, |flex| flex.offset);
        let size = self.layout.size;
        let center = self.layout.center - self.content.bounds_center();
        center + Vec2::new(size.x * offset.x / 2.0, size.y * offset.y / 2.0)
    }

    /// Sets one property and tells what follows from it.
    pub fn set(&mut self, input: crate::value::Input<'_>) -> Result<Change, crate::SetError> {
        if input.value.has_non_finite() {
            return Err(crate::SetError::NotFinite {
                name: input.name.to_owned(),
            });
        }
        if let Some(change) = self.effects.set(input)? {
            return Ok(change);
        }
        if let Some(change) = self.content.set(input)? {
            return Ok(change);
        }
        if let Some(flex) = &mut self.flex
            && let Some(change) = flex.set(input)?
        {
            return Ok(change);
        }
        if let Some(shape) = &mut self.shape
            && let Some(change) = shape.set(input, self.kind == NodeKind::Txt)?
        {
            return Ok(change);
        }
        if let Some(curve) = &mut self.curve
            && let Some(change) = curve.set(input)?
        {
            return Ok(change);
        }
        Err(crate::SetError::Unknown {
            kind: self.kind.name(),
            name: input.name.to_owned(),
        })
    }
}

/// Nodes by number; numbers are never used again.
#[derive(Default)]
pub(crate) struct Nodes(Vec<Option<Box<Node>>>);

impl Nodes {
    pub fn insert(&mut self, node: Node) -> NodeId {
        if self.0.is_empty() {
            self.0.push(None);
        }
        self.0.push(Some(Box::new(node)));
        NodeId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    pub fn remove(&mut self, id: NodeId) -> Option<Box<Node>> {
        self.0.get_mut(id.index()).and_then(Option::take)
    }

    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.0.get(id.index())?.as_deref()
    }

    pub fn get_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.0.get_mut(id.index())?.as_deref_mut()
    }
}

impl Nodes {
    /// The numbers of all nodes.
    pub fn ids(&self) -> Vec<NodeId> {
        (0u32..)
            .zip(&self.0)
            .filter_map(|(raw, node)| node.is_some().then_some(NodeId(raw)))
            .collect()
    }
}
