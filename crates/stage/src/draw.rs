//! Drawings of the nodes, put together as far as something changed.

use kinora_film::{
    Blend, Clip, Drawing, FillRule, Filter, Geometry, Group, Node as DrawingNode, Shadow,
};
use kurbo::{Affine, Rect};

use crate::{
    canvas::{Played, Reading, Scope},
    effects::Effects,
    fade::fade,
    id::NodeId,
    inline,
    layer::{Fillings, Hole, Part, filled, kept},
    tree::Tree,
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

/// The whole canvas as it was drawn last.
#[derive(Default)]
pub(crate) struct Canvas {
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

impl Canvas {
    /// Draws the views and puts them on the canvas.
    pub fn draw(&mut self, tree: &mut Tree, views: &[ViewPlacement]) -> Drawing {
        let mut drawings = Vec::with_capacity(views.len());
        for placement in views.iter().filter(|placement| placement.alpha > 0.0) {
            if let Some(drawing) = view(tree, placement.view) {
                drawings.push((*placement, drawing));
            }
        }
        if let Some(all) = &self.all
            && self.views.len() == drawings.len()
            && self
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
        let all = keep(self.all.as_ref(), all);
        self.views = drawings;
        self.all = Some(all.clone());
        all
    }
}

fn view(tree: &mut Tree, id: NodeId) -> Option<Drawing> {
    let node = tree.nodes.get(id)?;
    let around = Around {
        scale: node.own.scene().map_or(1.0, |scene| scene.scale),
        parent: Affine::IDENTITY,
        composite: node.transform(),
    };
    render(tree, id, around)
}

/// A node in its parent's space; `None` where it draws nothing.
fn render(tree: &mut Tree, id: NodeId, around: Around) -> Option<Drawing> {
    let node = tree.nodes.get(id)?;
    if node.cache.valid {
        return node.cache.drawing.clone();
    }
    if node.cache.busy {
        return None;
    }
    tree.nodes.get_mut(id)?.cache.busy = true;
    let drawing = whole(tree, id, around);
    let follows = follows(tree, id, around);
    let node = tree.nodes.get_mut(id)?;
    node.cache.busy = false;
    let drawing = drawing.map(|drawing| keep(node.cache.drawing.as_ref(), drawing));
    node.cache.valid = true;
    node.cache.follows = follows;
    node.cache.drawing.clone_from(&drawing);
    drawing
}

/// Whether the drawing of a node, or of one in it, takes its looks from the
/// spaces above. Those in it that were not drawn this time count as well.
fn follows(tree: &mut Tree, id: NodeId, around: Around) -> bool {
    let Some(node) = tree.nodes.get(id) else {
        return false;
    };
    let is_bounded = (around.parent * node.transform()).is_finite();
    tree.unbounded |= !is_bounded;
    let below = |child: &NodeId| tree.nodes.get(*child).is_some_and(|c| c.cache.follows);
    !is_bounded || node.effects.has_shadow() || node.children.iter().any(below)
}

/// A node as its script draws it, or else as the stage does.
fn whole(tree: &mut Tree, id: NodeId, around: Around) -> Option<Drawing> {
    let Some(played) = take_played(tree, id, Scope::Whole) else {
        return compose(tree, id, around, true);
    };
    let content = fill(tree, Some(id), &played, around);
    put_played(tree, id, Scope::Whole, played);
    (!content.children.is_empty()).then(|| group(content))
}

/// A node as the stage draws it, in its place or not.
fn compose(tree: &mut Tree, id: NodeId, around: Around, is_placed: bool) -> Option<Drawing> {
    let node = tree.nodes.get(id)?;
    let transform = node.transform();
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
    let mut content = content(tree, id, inner);
    if content.children.is_empty() {
        return None;
    }
    let node = tree.nodes.get(id)?;
    // Composite operations act on the scene's picture, not on what is below it.
    content.isolated = node.is_view() && tree.blends > 0;
    let transform = match is_placed {
        true => transform,
        false => Affine::IDENTITY,
    };
    Some(composited(
        &node.effects,
        transform,
        content,
        around.scale,
        composite,
    ))
}

/// What a node draws in its own space, its children too.
fn content(tree: &mut Tree, id: NodeId, inner: Around) -> Group {
    if let Some(played) = take_played(tree, id, Scope::Content) {
        let content = fill(tree, Some(id), &played, inner);
        put_played(tree, id, Scope::Content, played);
        return content;
    }
    let children = children(tree, id, inner);
    refresh_own(tree, id);
    let layers = tree.nodes.get(id).map(|node| &node.cache.layers[..]);
    let fillings = Fillings {
        children: &children,
        ..Fillings::default()
    };
    filled(layers.unwrap_or_default(), &fillings)
}

/// What a script drew on a canvas outside of the film, with what the stage draws in its
/// places.
pub(crate) fn picture(tree: &mut Tree, played: &Played, reading: &Reading) -> Drawing {
    let place = Affine::new(reading.place);
    let around = Around {
        scale: 1.0,
        parent: place,
        composite: place,
    };
    // What takes its looks from the spaces above does not from those on the film.
    let forget = |tree: &mut Tree| {
        for hole in &played.holes {
            tree.mark_followers(hole.node);
        }
    };
    forget(tree);
    let content = fill(tree, reading.by, played, around);
    forget(tree);
    let content = group(Group {
        isolated: played.blends,
        ..content
    });
    let bounds = reading.size.map(|(width, height)| Clip {
        geometry: Geometry::Rect(Rect::new(0.0, 0.0, width, height)),
        rule: FillRule::NonZero,
    });
    let (x, y) = reading.corner;
    group(Group {
        clip: bounds,
        ..Group::new(
            Affine::translate((-x, -y)),
            vec![group(Group::new(place, vec![content]))],
        )
    })
}

/// What the script of a node draws, with what the stage draws in its places.
fn fill(tree: &mut Tree, by: Option<NodeId>, played: &Played, around: Around) -> Group {
    let mut fillings = Fillings::default();
    for hole in &played.holes {
        let drawings = part(tree, by, *hole, around);
        fillings.holes.insert(*hole, drawings);
    }
    filled(&played.layers, &fillings)
}

/// What the stage draws of a node where the script of the node `by` has it.
fn part(tree: &mut Tree, by: Option<NodeId>, hole: Hole, around: Around) -> Vec<Drawing> {
    let id = hole.node;
    match hole.part {
        Part::Whole if Some(id) == by => compose(tree, id, around, true).into_iter().collect(),
        Part::Whole => render(tree, id, around).into_iter().collect(),
        Part::Unplaced => compose(tree, id, around, false).into_iter().collect(),
        Part::Children => children(tree, id, around),
        Part::Content => {
            let content = content(tree, id, around);
            match content.children.is_empty() {
                true => Vec::new(),
                false => vec![group(content)],
            }
        }
        Part::Shape | Part::Own | Part::Rest => {
            let Some(node) = tree.nodes.get(id) else {
                return Vec::new();
            };
            let look = node.look(inline::glyphs(tree, id));
            match hole.part {
                Part::Own => node.own.draw(&look),
                Part::Shape => node.own.draw_shape(&look),
                _ => {
                    let shape = node.own.draw_shape(&look).len();
                    node.own.draw(&look).split_off(shape)
                }
            }
        }
    }
}

/// Takes what a script draws of a node out while it is being drawn: it cannot draw
/// itself.
fn take_played(tree: &mut Tree, id: NodeId, scope: Scope) -> Option<Played> {
    let custom = tree.nodes.get_mut(id)?.custom.as_mut()?;
    let custom = custom.slot(scope).as_mut()?;
    Some(std::mem::take(&mut custom.played))
}

fn put_played(tree: &mut Tree, id: NodeId, scope: Scope, played: Played) {
    let customs = tree.nodes.get_mut(id).and_then(|node| node.custom.as_mut());
    if let Some(custom) = customs.and_then(|customs| customs.slot(scope).as_mut()) {
        custom.played = played;
    }
}

/// The children that draw something, bottom first.
fn children(tree: &mut Tree, id: NodeId, around: Around) -> Vec<Drawing> {
    let Some(node) = tree.nodes.get(id) else {
        return Vec::new();
    };
    let z_index = |id: NodeId| tree.nodes.get(id).map_or(0.0, |node| node.effects.z_index);
    let mut children: Vec<(f64, NodeId)> = node
        .children
        .iter()
        .map(|child| (z_index(*child), *child))
        .collect();
    children.sort_by(|a, b| a.0.total_cmp(&b.0));
    children
        .into_iter()
        .filter_map(|(_, child)| render(tree, child, around))
        .collect()
}

/// Makes the node's own picture again if it is another.
fn refresh_own(tree: &mut Tree, id: NodeId) {
    let Some(node) = tree.nodes.get(id) else {
        return;
    };
    if node.cache.own_valid {
        return;
    }
    let look = node.look(inline::glyphs(tree, id));
    let layers = node.own.layers(&look);
    if let Some(node) = tree.nodes.get_mut(id) {
        node.cache.own_valid = true;
        node.cache.layers = kept(layers, &node.cache.layers);
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
    Drawing::new(DrawingNode::Group(group))
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
