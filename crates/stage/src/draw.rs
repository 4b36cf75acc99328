use kinora_film::{
    Blend, Clip, Color, Drawing, FillRule, Filter, Geometry, Group, Node as Film, Paint, Shadow,
    Shape,
};
use kurbo::{Affine, Point, Rect, Vec2};

use crate::{
    NodeId, NodeKind, Stage, ViewPlacement,
    effects::Effects,
    fade::fade,
    node::Node,
    paint::faded,
    shape::{Content, CurveProps, Outline, ShapeProps, trimmed},
};

/// The whole canvas as it was drawn last.
#[derive(Default)]
pub(crate) struct Placed {
    views: Vec<(ViewPlacement, Drawing)>,
    all: Option<Drawing>,
}

/// What a node's drawing takes from the nodes around it.
#[derive(Clone, Copy)]
struct Around {
    /// Canvas pixels per scene unit.
    scale: f64,
    /// The parent's space to canvas pixels.
    parent: Affine,
    /// The space of the nearest composite root to canvas pixels.
    composite: Affine,
}

impl Stage {
    /// Draws the views and puts them on the canvas.
    pub(crate) fn place(&mut self, views: &[ViewPlacement]) -> Drawing {
        let mut drawings = Vec::with_capacity(views.len());
        for placement in views.iter().filter(|placement| placement.alpha > 0.0) {
            if let Some(drawing) = self.view(placement.view) {
                drawings.push((*placement, drawing));
            }
        }
        if let Some(all) = &self.placed.all
            && self.placed.views.len() == drawings.len()
            && self
                .placed
                .views
                .iter()
                .zip(&drawings)
                .all(|(old, new)| old.0 == new.0 && old.1.same(&new.1))
        {
            return all.clone();
        }
        let mut children: Vec<Drawing> = drawings.iter().map(place_view).collect();
        let all = if children.len() == 1 {
            children.remove(0)
        } else {
            group(Group::new(Affine::IDENTITY, children))
        };
        let all = keep(self.placed.all.as_ref(), all);
        self.placed = Placed {
            views: drawings,
            all: Some(all.clone()),
        };
        all
    }

    fn view(&mut self, id: NodeId) -> Option<Drawing> {
        let node = self.nodes.get(id)?;
        let scale = match &node.content {
            Content::View(view) => view.scale,
            _ => 1.0,
        };
        let around = Around {
            scale,
            parent: Affine::IDENTITY,
            composite: transform(node),
        };
        self.render(id, around)
    }

    /// A node in its parent's space; `None` where it draws nothing.
    fn render(&mut self, id: NodeId, around: Around) -> Option<Drawing> {
        let node = self.nodes.get(id)?;
        if node.cache.valid {
            return node.cache.drawing.clone();
        }
        let drawing = self.compose(id, around);
        let follows = self.follows(id, around);
        let node = self.nodes.get_mut(id)?;
        let drawing = drawing.map(|drawing| keep(node.cache.drawing.as_ref(), drawing));
        node.cache.valid = true;
        node.cache.follows = follows;
        node.cache.drawing.clone_from(&drawing);
        drawing
    }

    /// Whether the drawing of a node, or of one in it, takes its looks from the
    /// spaces above. Those in it that were not drawn this time count as well.
    fn follows(&mut self, id: NodeId, around: Around) -> bool {
        let Some(node) = self.nodes.get(id) else {
            return false;
        };
        let is_bounded = (around.parent * transform(node)).is_finite();
        self.unbounded |= !is_bounded;
        let below = |child: &NodeId| self.nodes.get(*child).is_some_and(|c| c.cache.follows);
        !is_bounded || node.effects.has_shadow() || node.children.iter().any(below)
    }

    fn compose(&mut self, id: NodeId, around: Around) -> Option<Drawing> {
        let node = self.nodes.get(id)?;
        let transform = transform(node);
        let world = around.parent * transform;
        let flat = transform.determinant() == 0.0;
        if node.effects.opacity <= 0.0 || flat || !world.is_finite() {
            return None;
        }
        let composite = if node.effects.composite {
            world
        } else {
            around.composite
        };
        let inner = Around {
            scale: around.scale,
            parent: world,
            composite,
        };
        let mut children: Vec<(f64, NodeId)> = node
            .children
            .iter()
            .map(|child| {
                (
                    self.nodes.get(*child).map_or(0.0, |c| c.effects.z_index),
                    *child,
                )
            })
            .collect();
        children.sort_by(|a, b| a.0.total_cmp(&b.0));
        let children: Vec<Drawing> = children
            .into_iter()
            .filter_map(|(_, child)| self.render(child, inner))
            .collect();
        self.refresh_own(id);
        let node = self.nodes.get(id)?;
        let mut content = content(node, children);
        if content.children.is_empty() {
            return None;
        }
        // Composite operations act on the scene's picture, not on what is below it.
        content.isolated = node.kind == NodeKind::View && self.blends > 0;
        Some(composited(
            &node.effects,
            transform,
            content,
            around.scale,
            composite,
        ))
    }

    fn refresh_own(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get(id) else {
            return;
        };
        if node.cache.own_valid {
            return;
        }
        let own = match node.kind {
            NodeKind::TxtLeaf => self.leaf(id),
            NodeKind::Txt => Vec::new(),
            _ => node
                .shape
                .as_ref()
                .map_or_else(Vec::new, |shape| own_shape(node, shape)),
        };
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        node.cache.own_valid = true;
        let mut old = std::mem::take(&mut node.cache.own).into_iter();
        node.cache.own = own
            .into_iter()
            .map(|drawing| keep(old.next().as_ref(), drawing))
            .collect();
    }
}

/// The drawing that stood before if it draws the same, so that it is stored once.
fn keep(old: Option<&Drawing>, new: Drawing) -> Drawing {
    match old {
        Some(old) if *old == new => old.clone(),
        _ => new,
    }
}

fn group(group: Group) -> Drawing {
    Drawing::new(Film::Group(group))
}

fn place_view((placement, drawing): &(ViewPlacement, Drawing)) -> Drawing {
    if placement.transform == Affine::IDENTITY && placement.alpha >= 1.0 {
        return drawing.clone();
    }
    let drawing = match placement.alpha {
        alpha if alpha < 1.0 => fade(drawing, alpha),
        _ => drawing.clone(),
    };
    group(Group::new(placement.transform, vec![drawing]))
}

/// A node's space to its parent's; a view's to canvas pixels.
fn transform(node: &Node) -> Affine {
    match &node.content {
        Content::View(view) => view_transform(node, view.size, view.scale),
        _ => node.local_to_parent(),
    }
}

/// A scene's space (origin in the middle) to canvas pixels. A view that was
/// moved or scaled has the values it was given.
fn view_transform(node: &Node, size: Vec2, scale: f64) -> Affine {
    let mut effects = node.effects.clone();
    effects.scale.get_or_insert(Vec2::new(scale, scale));
    let origin = effects.position.unwrap_or(size * (scale / 2.0));
    effects.transform_at(origin)
}

/// What a node draws in its own space, before it is placed.
fn content(node: &Node, children: Vec<Drawing>) -> Group {
    let own = &node.cache.own;
    let clips = node.flex.as_ref().is_some_and(|flex| flex.clip) && !children.is_empty();
    if !clips {
        let all = own.iter().cloned().chain(children).collect();
        return Group::new(Affine::IDENTITY, all);
    }
    let clipped = Group {
        clip: Some(Clip {
            geometry: clip_geometry(node),
            rule: FillRule::NonZero,
        }),
        ..Group::new(Affine::IDENTITY, children)
    };
    if own.is_empty() {
        return clipped;
    }
    let all = own.iter().cloned().chain([group(clipped)]).collect();
    Group::new(Affine::IDENTITY, all)
}

fn clip_geometry(node: &Node) -> Geometry {
    let size = node.layout.size;
    match &node.curve {
        Some(curve) => {
            let closed = curve.closed.unwrap_or(node.content.closed_by_default());
            trimmed(node.content.outline(size, closed), curve, false)
                .outline
                .into_geometry()
        }
        None => Geometry::Rect(Rect::from_center_size(Point::ZERO, size.to_size())),
    }
}

/// Places a node's content in its parent's space with its effects.
fn composited(
    effects: &Effects,
    transform: Affine,
    mut content: Group,
    scale: f64,
    composite: Affine,
) -> Drawing {
    let shadow = effects.has_shadow().then(|| shadow(effects, composite));
    let filters: Vec<Filter> = effects
        .filters
        .iter()
        .map(|filter| match filter {
            Filter::Blur(deviation) => Filter::Blur(deviation * scale),
            other => *other,
        })
        .collect();
    let plain = effects.opacity >= 1.0
        && effects.operation == Blend::SourceOver
        && filters.is_empty()
        && shadow.is_none();
    if plain {
        if transform == Affine::IDENTITY
            && content.clip.is_none()
            && content.children.len() == 1
            && !effects.cache
            && !content.isolated
        {
            return content.children.remove(0);
        }
        return group(Group {
            transform,
            isolated: effects.cache || content.isolated,
            ..content
        });
    }
    // A clip bounds the content, not what filters and shadows make of it.
    let children = if content.clip.is_some() {
        vec![group(content)]
    } else {
        content.children
    };
    let mut outer = Group {
        opacity: effects.opacity as f32,
        blend: effects.operation,
        filters,
        shadow,
        ..Group::new(transform, children)
    };
    if effects.overlay <= 0.0 {
        return group(outer);
    }
    if outer.children.len() > 1 {
        outer.children = vec![group(Group::new(Affine::IDENTITY, outer.children))];
    }
    let again = Group {
        opacity: (effects.opacity * effects.overlay) as f32,
        blend: Blend::SourceOver,
        ..outer.clone()
    };
    group(Group::new(
        Affine::IDENTITY,
        vec![group(outer), group(again)],
    ))
}

/// The shadow in canvas pixels, of a node below a composite root in `composite`.
fn shadow(effects: &Effects, composite: Affine) -> Shadow {
    let [a, b, c, d, ..] = composite.as_coeffs();
    let offset = effects.shadow_offset;
    Shadow {
        color: effects.shadow_color,
        deviation: effects.shadow_blur.max(0.0) / 2.0 * libm::hypot(a, b),
        dx: a * offset.x + c * offset.y,
        dy: b * offset.x + d * offset.y,
    }
}

/// Fill, stroke, arrows and picture of a shape.
fn own_shape(node: &Node, shape: &ShapeProps) -> Vec<Drawing> {
    let size = node.layout.size;
    let default = CurveProps::default();
    let curve = node.curve.as_deref().unwrap_or(&default);
    let closed = curve.closed.unwrap_or(node.content.closed_by_default());
    let mut own = Vec::new();
    if shape.ripple > 0.0 {
        own.extend(ripple(node, shape, closed));
    }
    let fill = shape.fill.clone();
    let stroke = shape
        .stroke
        .clone()
        .and_then(|paint| shape.stroke_of(paint));
    let arrows = curve.start_arrow || curve.end_arrow;
    let empty = size == Vec2::ZERO && !matches!(node.content, Content::Line(_) | Content::Path(_));
    if (fill.is_some() || stroke.is_some() || arrows) && !empty {
        let dashed = stroke
            .as_ref()
            .is_some_and(|stroke| !stroke.dash.is_empty());
        let drawn = trimmed(node.content.outline(size, closed), curve, dashed);
        let outline = drawn.outline.into_geometry();
        if (fill.is_some() || stroke.is_some()) && !is_empty(&outline) {
            own.push(Drawing::new(Film::Shape(Shape {
                geometry: outline,
                fill,
                rule: FillRule::NonZero,
                stroke,
                stroke_first: shape.stroke_first.unwrap_or(false),
                antialias: !shape.aliased,
            })));
        }
        if !drawn.arrows.is_empty() {
            let paint = shape.stroke.clone().unwrap_or(Paint::Solid(Color::BLACK));
            own.push(Drawing::new(Film::Shape(Shape {
                antialias: !shape.aliased,
                ..Shape::filled(Geometry::Path(drawn.arrows), paint)
            })));
        }
    }
    if let Content::Picture(picture) = &node.content
        && let Some(drawing) = picture.drawing(size)
    {
        own.push(clipped_picture(node, drawing));
    }
    own
}

fn is_empty(geometry: &Geometry) -> bool {
    matches!(geometry, Geometry::Path(path) if path.elements().len() < 2)
}

/// A picture inside its shape's outline; the outline of a plain rectangle is the
/// picture's own.
fn clipped_picture(node: &Node, picture: Film) -> Drawing {
    let geometry = clip_geometry(node);
    if matches!(geometry, Geometry::Rect(_)) {
        return Drawing::new(picture);
    }
    group(Group {
        clip: Some(Clip {
            geometry,
            rule: FillRule::NonZero,
        }),
        ..Group::new(Affine::IDENTITY, vec![Drawing::new(picture)])
    })
}

/// The spreading, fading copy of a shape's fill.
fn ripple(node: &Node, shape: &ShapeProps, closed: bool) -> Option<Drawing> {
    let strength = shape.ripple.min(1.0);
    // The spread eases out exponentially to 50 units.
    let eased = if strength >= 1.0 {
        1.0
    } else {
        1.0 - libm::exp2(-10.0 * strength)
    };
    let outline: Outline = node
        .content
        .ripple(node.layout.size, closed, 50.0 * eased)?;
    let paint = shape.fill.clone().unwrap_or(Paint::Solid(Color::BLACK));
    let opacity = 0.54 * (1.0 - strength);
    (opacity > 0.0).then(|| {
        Drawing::new(Film::Shape(Shape::filled(
            outline.into_geometry(),
            faded(&paint, opacity as f32),
        )))
    })
}
