use kinora_film::{Clip, Drawing, FillRule, Geometry, Group, Node};
use kurbo::Affine;

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

/// One group of all that layers come to, with these children in their places. It
/// has no children where nothing is drawn.
pub(crate) fn filled(layers: &[Layer], children: &[Drawing]) -> Group {
    match layers {
        [Layer::Group(group, layers)] => Group {
            children: drawings(layers, children),
            ..(**group).clone()
        },
        layers => Group::new(Affine::IDENTITY, drawings(layers, children)),
    }
}

fn drawings(layers: &[Layer], children: &[Drawing]) -> Vec<Drawing> {
    let mut drawings = Vec::with_capacity(layers.len() + children.len());
    for layer in layers {
        match layer {
            Layer::Own(drawing) => drawings.push(drawing.clone()),
            Layer::Children => drawings.extend_from_slice(children),
            Layer::Group(group, layers) => {
                let group = Group {
                    children: self::drawings(layers, children),
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
        assert_eq!(filled(&layers, &[square(9.0)]).children, expected);
    }

    #[test]
    fn a_group_without_anything_in_it_is_not_drawn() {
        let clip = Geometry::Rect(Rect::new(0.0, 0.0, 1.0, 1.0));
        let layers = [
            Layer::Own(square(1.0)),
            Layer::clipped(clip, vec![Layer::Children]),
        ];
        assert_eq!(filled(&layers, &[]).children, [square(1.0)]);
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
