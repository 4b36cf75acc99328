use std::collections::HashMap;

use kinora_film::{Clip, Drawing, FillRule, Geometry, Group, Node};
use kurbo::Affine;

use crate::{fade::fade_one, id::NodeId};

/// A part of a node's picture, in its own space. The layers of a node say in which
/// order it draws, and where among its drawings its children go.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Layer {
    /// A drawing of the node's own.
    Own(Drawing),
    /// The node's children, in their order.
    Children,
    /// Layers within a group, which has no children of itself.
    Group(Box<Group>, Vec<Layer>),
    /// What the stage draws of a node, each thing in it at this alpha.
    Hole(Hole, f32),
}

/// The place of something that the stage draws, among what a script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Hole {
    pub part: Part,
    pub node: NodeId,
}

/// What of a node is drawn in a [`Hole`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// All of it in its parent's space, its place and effects too.
    Whole,
    /// What it draws in its own space, its children too.
    Content,
    /// Its outline, filled and stroked.
    Shape,
    /// What its kind draws, without its children.
    Own,
    /// The same without the outline.
    Rest,
    /// Its children.
    Children,
    /// All of it with its effects, but not in its place.
    Unplaced,
}

impl Part {
    /// The part of this number, as the runtime's canvas writes it.
    pub fn from_number(number: f64) -> Option<Self> {
        Some(match number as i64 {
            0 => Self::Whole,
            1 => Self::Content,
            2 => Self::Shape,
            3 => Self::Own,
            4 => Self::Rest,
            5 => Self::Children,
            6 => Self::Unplaced,
            _ => return None,
        })
    }
}

/// What goes into a node's layers.
#[derive(Default)]
pub(crate) struct Fillings<'a> {
    pub children: &'a [Drawing],
    pub holes: HashMap<Hole, Vec<Drawing>>,
}

impl Layer {
    /// Layers of which only what lies inside `geometry` is seen.
    pub fn clipped(geometry: Geometry, layers: Vec<Self>) -> Self {
        Self::Group(Box::new(clip(geometry)), layers)
    }

    /// As this, with the drawings of `old` where they are the same, so that they are
    /// stored once.
    pub fn kept(self, old: Option<&Self>) -> Self {
        match (self, old) {
            (Self::Own(new), Some(Self::Own(old))) if new == *old => Self::Own(old.clone()),
            (Self::Group(group, layers), Some(Self::Group(_, old))) => {
                Self::Group(group, kept(layers, old))
            }
            (layer, _) => layer,
        }
    }
}

/// A group of drawings of which only what lies inside `geometry` is seen.
pub(crate) fn clipped(geometry: Geometry, children: Vec<Drawing>) -> Drawing {
    Drawing::new(Node::Group(Group {
        children,
        ..clip(geometry)
    }))
}

fn clip(geometry: Geometry) -> Group {
    let rule = FillRule::NonZero;
    Group {
        clip: Some(Clip { geometry, rule }),
        ..Group::new(Affine::IDENTITY, Vec::new())
    }
}

/// Layers with the drawings of `old` where they are the same.
pub(crate) fn kept(layers: Vec<Layer>, old: &[Layer]) -> Vec<Layer> {
    let mut old = old.iter();
    let layers = layers.into_iter();
    layers.map(|layer| layer.kept(old.next())).collect()
}

/// One group of all that layers come to, with these fillings in their places, which has
/// neither a transform nor effects. It has no children where nothing is drawn.
pub(crate) fn filled(layers: &[Layer], fillings: &Fillings<'_>) -> Group {
    match layers {
        [Layer::Group(group, layers)] if is_clip(group) => Group {
            children: drawings(layers, fillings),
            ..(**group).clone()
        },
        layers => Group::new(Affine::IDENTITY, drawings(layers, fillings)),
    }
}

/// Whether a group does nothing but bound what is in it.
fn is_clip(group: &Group) -> bool {
    group.transform == Affine::IDENTITY && !group.is_isolated()
}

fn drawings(layers: &[Layer], fillings: &Fillings<'_>) -> Vec<Drawing> {
    let mut drawings = Vec::with_capacity(layers.len() + fillings.children.len());
    for layer in layers {
        match layer {
            Layer::Own(drawing) => drawings.push(drawing.clone()),
            Layer::Children => drawings.extend_from_slice(fillings.children),
            Layer::Hole(hole, alpha) => {
                let found = fillings.holes.get(hole).into_iter().flatten();
                drawings.extend(found.map(|drawing| match *alpha < 1.0 {
                    true => fade_one(drawing, *alpha),
                    false => drawing.clone(),
                }));
            }
            Layer::Group(group, layers) => {
                let group = Group {
                    children: self::drawings(layers, fillings),
                    ..(**group).clone()
                };
                if !group.children.is_empty() {
                    drawings.push(Drawing::new(Node::Group(group)));
                }
            }
        }
    }
    drawings
}

#[cfg(test)]
mod tests {
    use kinora_film::{Color, Paint, Shape};
    use kurbo::Rect;

    use super::*;

    fn square(size: f64) -> Drawing {
        let geometry = Geometry::Rect(Rect::new(0.0, 0.0, size, size));
        let paint = Paint::Solid(Color::WHITE);
        Drawing::new(Node::Shape(Shape::filled(geometry, paint)))
    }

    #[test]
    fn children_go_where_the_layers_say_even_more_than_once() {
        let moved = Group::new(Affine::translate((5.0, 0.0)), Vec::new());
        let layers = [
            Layer::Children,
            Layer::Own(square(1.0)),
            Layer::Group(
                Box::new(moved.clone()),
                vec![Layer::Own(square(2.0)), Layer::Children],
            ),
        ];
        let inner = Drawing::new(Node::Group(Group {
            children: vec![square(2.0), square(9.0)],
            ..moved
        }));
        let expected = vec![square(9.0), square(1.0), inner];
        let fillings = Fillings {
            children: &[square(9.0)],
            ..Fillings::default()
        };
        assert_eq!(filled(&layers, &fillings).children, expected);
    }

    #[test]
    fn a_group_without_anything_in_it_is_not_drawn() {
        let clip = Geometry::Rect(Rect::new(0.0, 0.0, 1.0, 1.0));
        let layers = [
            Layer::Own(square(1.0)),
            Layer::clipped(clip, vec![Layer::Children]),
        ];
        assert_eq!(
            filled(&layers, &Fillings::default()).children,
            [square(1.0)]
        );
    }

    #[test]
    fn what_draws_the_same_is_stored_once() {
        let clip = || Geometry::Rect(Rect::new(0.0, 0.0, 1.0, 1.0));
        let layers = |size| vec![Layer::clipped(clip(), vec![Layer::Own(square(size))])];
        let old = layers(1.0);
        let same = |new: &[Layer]| match (&old[..], new) {
            ([Layer::Group(_, a)], [Layer::Group(_, b)]) => match (&a[..], &b[..]) {
                ([Layer::Own(a)], [Layer::Own(b)]) => a.same(b),
                _ => false,
            },
            _ => false,
        };
        assert!(same(&kept(layers(1.0), &old)));
        assert!(!same(&kept(layers(2.0), &old)));
    }
}
