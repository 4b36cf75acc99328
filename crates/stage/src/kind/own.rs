use std::rc::Rc;

use kinora_film::{Drawing, Geometry};
use kurbo::{Point, Rect, Vec2};

use super::corners::Corners;
use crate::{
    change::Change,
    error::SetError,
    geometry::{
        outline::Outline,
        trim::{CurveProps, trimmed},
    },
    layer::Layer,
    shape::{self, Lines, ShapeProps},
    text::{placed::PlacedText, shaped::ShapedText},
    value::Input,
};

/// What a node is drawn with besides what its kind knows.
pub(crate) struct Look<'a> {
    /// Width and height of its box.
    pub size: Vec2,
    /// Whether its outline is closed.
    pub closed: bool,
    /// Whether the children are drawn within its outline only.
    pub clips: bool,
    pub shape: Option<&'a ShapeProps>,
    pub curve: Option<&'a CurveProps>,
    /// The glyphs of a leaf.
    pub glyphs: Vec<Drawing>,
}

/// What nodes of one kind have and do that others do not. A kind says what differs
/// from a box that draws nothing.
pub(crate) trait Own: std::fmt::Debug {
    /// Sets a property of this kind; `None` for a name that it does not know.
    fn set(&mut self, _: Input<'_>) -> Result<Option<Change>, SetError> {
        Ok(None)
    }

    /// The size and proportions that the node has of itself.
    fn natural(&self) -> Natural {
        Natural::default()
    }

    /// Where the middle of the box lies from the node's origin.
    fn center(&self) -> Vec2 {
        Vec2::ZERO
    }

    /// The corners, of a kind whose outline is its box.
    fn corners(&self) -> Option<&Corners> {
        None
    }

    /// Whether the outline is closed where the node does not say.
    fn is_closed(&self) -> bool {
        self.corners().is_some()
    }

    /// The whole outline for a box of this size, in the node's own space.
    fn outline(&self, size: Vec2, _closed: bool) -> Outline {
        match self.corners() {
            Some(corners) => corners.outline(size, 0.0),
            None => Outline::empty(),
        }
    }

    /// The outline of a ripple that has spread by `spread`, if the kind has one.
    fn ripple(&self, size: Vec2, _closed: bool, spread: f64) -> Option<Outline> {
        Some(self.corners()?.outline(size, spread))
    }

    /// What the node draws in its own space without its children, bottom first.
    fn draw(&self, look: &Look<'_>) -> Vec<Drawing> {
        self.draw_shape(look)
    }

    /// The outline, filled and stroked as the node says.
    fn draw_shape(&self, look: &Look<'_>) -> Vec<Drawing> {
        let Some(props) = look.shape else {
            return Vec::new();
        };
        // A box without a size has no outline; those with a size of their own may be a
        // line that runs straight across or down.
        let is_empty = look.size == Vec2::ZERO && !self.natural().is_fixed;
        let lines = Lines {
            curve: look.curve,
            outline: || (!is_empty).then(|| self.outline(look.size, look.closed)),
            ripple: |spread| self.ripple(look.size, look.closed, spread),
        };
        shape::drawings(props, lines)
    }

    /// What bounds the children of a node that clips.
    fn clip(&self, look: &Look<'_>) -> Geometry {
        match look.curve {
            Some(curve) => trimmed(self.outline(look.size, look.closed), curve, false)
                .outline
                .into_geometry(),
            None => Geometry::Rect(Rect::from_center_size(Point::ZERO, look.size.to_size())),
        }
    }

    /// All that the node draws, bottom first, and where its children go in it.
    fn layers(&self, look: &Look<'_>) -> Vec<Layer> {
        let mut layers: Vec<Layer> = self.draw(look).into_iter().map(Layer::Own).collect();
        layers.push(match look.clips {
            true => Layer::clipped(self.clip(look), vec![Layer::Children]),
            false => Layer::Children,
        });
        layers
    }

    /// The scene, of a view.
    fn scene(&self) -> Option<&Scene> {
        None
    }

    /// The text, of a leaf.
    fn text(&self) -> Option<&str> {
        None
    }

    /// The texts that the node puts at places itself, of a kind that does:
    /// [`Own::take_shaped`] gets them in the node's font before it draws.
    fn placed_texts(&self) -> Option<&[PlacedText]> {
        None
    }

    /// Takes the texts of [`Own::placed_texts`] in the node's font.
    fn take_shaped(&mut self, _shaped: Vec<Rc<ShapedText>>) {}

    /// Whether the children's positions matter to it: [`Own::follow`] gets them.
    fn follows_children(&self) -> bool {
        false
    }

    /// Takes the children's positions; tells whether any is new.
    fn follow(&mut self, _positions: Vec<Point>) -> bool {
        false
    }
}

/// The size that a node has of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Natural {
    /// Width and height.
    pub size: Option<Vec2>,
    /// Whether nothing else decides the size.
    pub is_fixed: bool,
    /// Width to height, where the node does not say.
    pub ratio: Option<f64>,
}

impl Natural {
    /// A picture's size, with its proportions unless it is empty.
    pub fn of_size(size: Vec2) -> Self {
        Self {
            size: Some(size),
            is_fixed: false,
            ratio: (size.x > 0.0 && size.y > 0.0).then(|| size.x / size.y),
        }
    }

    /// A size that nothing else decides.
    pub fn fixed(size: Vec2) -> Self {
        Self {
            size: Some(size),
            is_fixed: true,
            ratio: None,
        }
    }
}

/// The scene's own size.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// In scene units.
    pub size: Vec2,
    /// Canvas pixels per scene unit.
    pub scale: f64,
}
