use kinora_film::{self as film, AssetId, Color, Drawing, Geometry, Group, Paint, PictureSource};
use kurbo::{Affine, Point, Rect, Vec2};

use super::{
    corners::Corners,
    own::{Look, Natural, Own},
};
use crate::{
    change::Change,
    error::SetError,
    layer::clipped,
    value::{Input, Value},
};

/// A still or moving picture in a rectangle.
#[derive(Debug)]
pub(super) struct Picture {
    corners: Corners,
    shown: Option<Shown>,
    /// Pixels; zero while unknown.
    natural: Vec2,
    alpha: f64,
    smoothing: bool,
    /// Seconds; `None` for a still.
    time: Option<f64>,
}

/// Where the picture comes from.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// A file.
    File(AssetId),
    /// A drawing of the natural size, from its top left corner.
    Vector(Drawing),
    /// Nothing but black, in place of a file that there is not.
    Black,
}

impl Picture {
    pub fn still() -> Self {
        Self {
            corners: Corners::default(),
            shown: None,
            natural: Vec2::ZERO,
            alpha: 1.0,
            smoothing: true,
            time: None,
        }
    }

    pub fn video() -> Self {
        Self {
            time: Some(0.0),
            ..Self::still()
        }
    }

    /// What is shown, stretched over a box of this size.
    fn drawing(&self, size: Vec2) -> Option<film::Node> {
        if self.alpha <= 0.0 || size.x <= 0.0 || size.y <= 0.0 {
            return None;
        }
        let asset = match self.shown.as_ref()? {
            Shown::File(asset) => *asset,
            Shown::Vector(drawing) => return self.vector(drawing, size),
            Shown::Black => return Some(self.black(size)),
        };
        Some(film::Node::Picture(film::Picture {
            asset,
            source: match self.time {
                Some(time) => PictureSource::Video { time },
                None => PictureSource::Still,
            },
            rect: Rect::from_center_size(Point::ZERO, size.to_size()),
            opacity: self.alpha as f32,
            smoothing: self.smoothing,
        }))
    }

    fn black(&self, size: Vec2) -> film::Node {
        let box_ = Rect::from_center_size(Point::ZERO, size.to_size());
        let black = film::Shape::filled(Geometry::Rect(box_), Paint::Solid(Color::BLACK));
        film::Node::Group(Group {
            opacity: self.alpha as f32,
            ..Group::new(Affine::IDENTITY, vec![film::Node::Shape(black).into()])
        })
    }

    fn vector(&self, drawing: &Drawing, size: Vec2) -> Option<film::Node> {
        if self.natural.x <= 0.0 || self.natural.y <= 0.0 {
            return None;
        }
        let scale = Affine::scale_non_uniform(size.x / self.natural.x, size.y / self.natural.y);
        Some(film::Node::Group(Group {
            opacity: self.alpha as f32,
            ..Group::new(
                Affine::translate(size / -2.0) * scale,
                vec![drawing.clone()],
            )
        }))
    }
}

impl Own for Picture {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "asset" => C::put(&mut self.shown, input.optional(shown)?, C::OWN),
            "natural" => {
                let natural = input.or(Vec2::ZERO, Input::vec2)?;
                C::put(&mut self.natural, natural, C::LAYOUT)
            }
            "alpha" => {
                let alpha = input.or(1.0, Input::number)?.clamp(0.0, 1.0);
                C::put(&mut self.alpha, alpha, C::OWN)
            }
            "smoothing" => C::put(&mut self.smoothing, input.or(true, Input::bool)?, C::OWN),
            "time" if self.time.is_some() => {
                let time = input.or(0.0, Input::number)?.max(0.0);
                C::put(&mut self.time, Some(time), C::OWN)
            }
            _ => return self.corners.set(input),
        })
    }

    /// Where neither side is set, the picture's own pixels.
    fn natural(&self) -> Natural {
        Natural::of_size(self.natural)
    }

    fn corners(&self) -> Option<&Corners> {
        Some(&self.corners)
    }

    /// The shape, and the picture within its outline; the outline of a plain
    /// rectangle is the picture's own.
    fn draw(&self, look: &Look<'_>) -> Vec<Drawing> {
        let mut drawings = self.draw_shape(look);
        if let Some(picture) = self.drawing(look.size) {
            let picture = Drawing::new(picture);
            drawings.push(match self.clip(look) {
                Geometry::Rect(_) => picture,
                geometry => clipped(geometry, vec![picture]),
            });
        }
        drawings
    }
}

fn shown(input: Input<'_>) -> Result<Shown, SetError> {
    match input.value {
        Value::Drawing(drawing) => Ok(Shown::Vector(drawing.clone())),
        Value::Text(text) if text == "black" => Ok(Shown::Black),
        _ => match input.text()?.parse() {
            Ok(id) => Ok(Shown::File(id)),
            Err(_) => Err(input.wrong("the 64 digits of an asset")),
        },
    }
}
