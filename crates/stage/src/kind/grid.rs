use kinora_film::{Color, Drawing, Paint};
use kurbo::{BezPath, Point, Vec2};

use super::{
    own::{Look, Own},
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    geometry::outline::Outline,
    shape::{self, Lines, ShapeProps},
    value::Input,
};

/// Lines at equal distances, counted from the middle of the box.
pub(super) const KIND: KindRow = KindRow {
    name: "grid",
    role: Role::Box,
    styles: Styles::Shape,
    make: || Box::new(Grid::default()),
};

/// How many lines are drawn at most on either side of the middle.
const MOST: f64 = 10_000.0;

#[derive(Debug)]
struct Grid {
    spacing: Vec2,
    /// Where each line begins and ends: fractions of the box.
    start: f64,
    end: f64,
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            spacing: Vec2::new(80.0, 80.0),
            start: 0.0,
            end: 1.0,
        }
    }
}

impl Own for Grid {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "spacing" => {
                let spacing = input.or(Self::default().spacing, Input::vec2)?;
                if spacing.x == 0.0 || spacing.y == 0.0 {
                    return Err(input.wrong("two distances greater than 0"));
                }
                C::put(&mut self.spacing, spacing, C::OWN)
            }
            "start" => C::put(&mut self.start, input.or(0.0, Input::number)?, C::OWN),
            "end" => C::put(&mut self.end, input.or(1.0, Input::number)?, C::OWN),
            _ => None,
        })
    }

    fn outline(&self, size: Vec2, _: bool) -> Outline {
        let half = size / 2.0;
        let [from, to] = [self.start, self.end].map(|at| size * at - half);
        let mut path = BezPath::new();
        for x in positions(half.x, self.spacing.x) {
            path.move_to(Point::new(x, from.y));
            path.line_to(Point::new(x, to.y));
        }
        for y in positions(half.y, self.spacing.y) {
            path.move_to(Point::new(from.x, y));
            path.line_to(Point::new(to.x, y));
        }
        Outline::Path(path)
    }

    /// The lines alone. A canvas that is told neither colour nor width draws black
    /// lines of one pixel.
    fn draw(&self, look: &Look<'_>) -> Vec<Drawing> {
        let Some(props) = look.shape else {
            return Vec::new();
        };
        let props = ShapeProps {
            fill: None,
            stroke: Some(props.stroke.clone().unwrap_or(Paint::Solid(Color::BLACK))),
            line_width: props.line_width.filter(|width| *width != 0.0).or(Some(1.0)),
            ripple: 0.0,
            ..props.clone()
        };
        let lines = Lines {
            curve: None,
            outline: || Some(self.outline(look.size, false)),
            ripple: |_| None,
        };
        shape::drawings(&props, lines)
    }
}

/// Multiples of `spacing` up to `reach` on either side of 0.
fn positions(reach: f64, spacing: f64) -> impl Iterator<Item = f64> {
    let steps = (reach / spacing).floor().clamp(-1.0, MOST) as i32;
    (-steps..=steps).map(move |step| f64::from(step) * spacing)
}
