use kinora_film::{Blend, Drawing};
use kurbo::{Affine, Vec2};

use crate::{
    canvas::Customs,
    change::Change,
    effects::Effects,
    error::SetError,
    flex::BoxProps,
    geometry::trim::CurveProps,
    id::NodeId,
    kind::{
        NodeKind, Role, Styles,
        own::{Look, Own},
    },
    layer::Layer,
    shape::ShapeProps,
    text::block::TextBlock,
    value::Input,
};

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
    /// What it has and does as one of its kind.
    pub own: Box<dyn Own>,
    pub layout: LayoutState,
    pub text: Option<Box<TextBlock>>,
    /// What a script draws of it instead of the stage.
    pub custom: Option<Box<Customs>>,
    /// The nodes that are no parents of it but whose scripts draw it.
    pub drawn_in: Vec<NodeId>,
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
    /// Whether it stands in a row; `None` for a box that nobody lays out.
    pub row: Option<bool>,
    /// Whether something inside may have another size than the flex tree knows.
    pub measure_dirty: bool,
    /// For a layout root: whether anything inside has to be laid out again.
    pub dirty: bool,
}

/// What drawing found out about a node.
#[derive(Default)]
pub(crate) struct DrawCache {
    /// Whether `drawing` stands for the node as it is.
    pub valid: bool,
    /// Whether it is just being drawn: by itself it cannot draw itself.
    pub busy: bool,
    /// Whether something in it was drawn by what is above the node: by the space of
    /// the composite root that a shadow is cast in.
    pub follows: bool,
    /// The node in its parent's space; `None` where it draws nothing.
    pub drawing: Option<Drawing>,
    /// Whether `layers` stand for the node's own picture as it is.
    pub own_valid: bool,
    /// The node's own picture in its own space, and where its children go in it.
    pub layers: Vec<Layer>,
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
            flex: kind.role().has_box().then(Box::default),
            shape: (kind.styles() != Styles::None).then(Box::default),
            curve: (kind.styles() == Styles::Curve).then(Box::default),
            own: kind.make(),
            layout: LayoutState {
                flow_dirty: true,
                style_dirty: true,
                dirty: true,
                ..LayoutState::default()
            },
            text: None,
            custom: None,
            drawn_in: Vec::new(),
            cache: DrawCache::default(),
        }
    }

    /// How it takes part in layout.
    pub fn role(&self) -> Role {
        self.kind.role()
    }

    /// Whether it is a scene's view.
    pub fn is_view(&self) -> bool {
        self.own.scene().is_some()
    }

    /// Whether it is a composite root besides the view, and whether it has a
    /// composite operation.
    pub fn counted(&self) -> (bool, bool) {
        (
            self.effects.composite && !self.is_view(),
            self.effects.operation != Blend::SourceOver
                || self.custom.as_ref().is_some_and(|custom| custom.blends()),
        )
    }

    /// What the node is drawn with; `glyphs` are those of a leaf.
    pub fn look(&self, glyphs: Vec<Drawing>) -> Look<'_> {
        let closed = self.curve.as_ref().and_then(|curve| curve.closed);
        Look {
            size: self.layout.size,
            closed: closed.unwrap_or(self.own.is_closed()),
            clips: self.flex.as_ref().is_some_and(|flex| flex.clip),
            shape: self.shape.as_deref(),
            curve: self.curve.as_deref(),
            glyphs,
        }
    }

    /// The node's space to its parent's; of a view, to canvas pixels.
    pub fn transform(&self) -> Affine {
        let Some(scene) = self.own.scene() else {
            return self.local_to_parent();
        };
        // A view that was moved or scaled has the values it was given.
        let mut effects = self.effects.clone();
        effects
            .scale
            .get_or_insert(Vec2::new(scene.scale, scene.scale));
        let middle = scene.size * (scene.scale / 2.0);
        effects.transform_at(effects.position.unwrap_or(middle))
    }

    fn local_to_parent(&self) -> Affine {
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
        let center = self.layout.center - self.own.center();
        center + Vec2::new(size.x * offset.x / 2.0, size.y * offset.y / 2.0)
    }

    /// Sets one property and tells what follows from it.
    pub fn set(&mut self, input: Input<'_>) -> Result<Change, SetError> {
        if input.value.has_non_finite() {
            return Err(SetError::NotFinite {
                name: input.name.to_owned(),
            });
        }
        if let Some(change) = self.effects.set(input)? {
            return Ok(change);
        }
        if let Some(change) = self.own.set(input)? {
            return Ok(change);
        }
        if let Some(flex) = &mut self.flex
            && let Some(change) = flex.set(input)?
        {
            return Ok(change);
        }
        if let Some(shape) = &mut self.shape
            && let Some(change) = shape.set(input, self.kind.role() == Role::Text)?
        {
            return Ok(change);
        }
        if let Some(curve) = &mut self.curve
            && let Some(change) = curve.set(input)?
        {
            return Ok(change);
        }
        Err(SetError::Unknown {
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
        self.0.push(Some(Box::new(node)));
        NodeId::new(self.0.len() - 1)
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

    /// The numbers of all nodes.
    pub fn ids(&self) -> Vec<NodeId> {
        let nodes = self.0.iter().enumerate();
        nodes
            .filter_map(|(index, node)| node.is_some().then_some(NodeId::new(index)))
            .collect()
    }
}
