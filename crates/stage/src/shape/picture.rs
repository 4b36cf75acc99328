use kinora_film::{AssetId, Node, Picture, PictureSource};
use kurbo::{Point, Rect, Vec2};

use super::Corners;
use crate::{SetError, change::Change, value::Input};

/// A still or moving picture in a rectangle.
#[derive(Clone, Debug)]
pub(crate) struct PictureProps {
    pub corners: Corners,
    pub asset: Option<AssetId>,
    /// Pixels; zero while unknown.
    pub natural: Vec2,
    pub alpha: f64,
    pub smoothing: bool,
    /// Seconds; `None` for a still.
    pub time: Option<f64>,
}

impl PictureProps {
    pub fn still() -> Self {
        Self {
            corners: Corners::default(),
            asset: None,
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

    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "asset" => C::put(&mut self.asset, input.optional(asset)?, C::OWN),
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

    /// The picture stretched over a box of this size.
    pub fn drawing(&self, size: Vec2) -> Option<Node> {
        if self.alpha <= 0.0 || size.x <= 0.0 || size.y <= 0.0 {
            return None;
        }
        Some(Node::Picture(Picture {
            asset: self.asset?,
            source: match self.time {
                Some(time) => PictureSource::Video { time },
                None => PictureSource::Still,
            },
            rect: Rect::from_center_size(Point::ZERO, size.to_size()),
            opacity: self.alpha as f32,
            smoothing: self.smoothing,
        }))
    }

    /// Width to height, where known.
    pub fn ratio(&self) -> Option<f64> {
        (self.natural.x > 0.0 && self.natural.y > 0.0).then(|| self.natural.x / self.natural.y)
    }
}

fn asset(input: Input<'_>) -> Result<AssetId, SetError> {
    input.keyword("the 64 digits of an asset", |text| text.parse().ok())
}
