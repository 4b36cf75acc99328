use kurbo::{Point, Rect, Vec2};

use super::{
    own::{Natural, Own},
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    geometry::{
        outline::Outline,
        polyline::{closed_polyline, polyline},
    },
    value::Input,
};

/// Joined points.
pub(super) const KIND: KindRow = KindRow {
    name: "line",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Line::default()),
};

#[derive(Debug, Default)]
struct Line {
    /// `None` takes the children's positions.
    points: Option<Vec<Point>>,
    from_children: Vec<Point>,
    radius: f64,
}

impl Line {
    fn points(&self) -> &[Point] {
        self.points.as_deref().unwrap_or(&self.from_children)
    }

    fn bounds(&self) -> Rect {
        let mut points = self.points().iter();
        let Some(first) = points.next() else {
            return Rect::ZERO;
        };
        points.fold(Rect::from_points(*first, *first), |rect, point| {
            rect.union_pt(*point)
        })
    }
}

impl Own for Line {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "points" => {
                let points = input.optional(Input::points)?;
                C::put(&mut self.points, points, C::OWN | C::LAYOUT)
            }
            "radius" => C::put(&mut self.radius, input.or(0.0, Input::number)?, C::OWN),
            _ => None,
        })
    }

    fn natural(&self) -> Natural {
        Natural::fixed(self.bounds().size().to_vec2())
    }

    fn center(&self) -> Vec2 {
        self.bounds().center().to_vec2()
    }

    fn outline(&self, _: Vec2, closed: bool) -> Outline {
        Outline::Path(match closed {
            true => closed_polyline(self.points(), self.radius),
            false => polyline(self.points(), self.radius),
        })
    }

    fn follows_children(&self) -> bool {
        self.points.is_none()
    }

    fn follow(&mut self, positions: Vec<Point>) -> bool {
        let new = self.from_children != positions;
        self.from_children = positions;
        new
    }
}
