use kurbo::{BezPath, Point, Rect, Shape as _, Vec2};

use super::{
    own::{Natural, Own},
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    geometry::outline::Outline,
    value::{Input, Value},
};

/// Any outline, given as path commands.
pub(super) const KIND: KindRow = KindRow {
    name: "path",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Path::default()),
};

/// An outline given as path commands.
///
/// Property `path`: a flat list of commands, each a number and its coordinates:
/// 0 move (x, y), 1 line (x, y), 2 quadratic (x1, y1, x, y), 3 cubic
/// (x1, y1, x2, y2, x, y), 4 close. Property `bounds` `[x0, y0, x1, y1]` replaces
/// the box that the path has of itself.
#[derive(Debug, Default)]
struct Path {
    numbers: Vec<f64>,
    path: BezPath,
    bounds: Option<[f64; 4]>,
    own_bounds: Rect,
}

impl Path {
    fn bounds(&self) -> Rect {
        self.bounds.map_or(self.own_bounds, |[x0, y0, x1, y1]| {
            Rect::new(x0, y0, x1, y1)
        })
    }
}

impl Own for Path {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        match input.name {
            "path" => {
                let numbers = match input.value {
                    Value::Null => Vec::new(),
                    _ => input.numbers()?,
                };
                let path = parse(&numbers).ok_or_else(|| input.wrong("path commands"))?;
                self.own_bounds = if path.elements().is_empty() {
                    Rect::ZERO
                } else {
                    path.bounding_box()
                };
                self.path = path;
                Ok(C::put(&mut self.numbers, numbers, C::OWN | C::LAYOUT))
            }
            "bounds" => {
                let bounds = input.optional(Input::four)?;
                Ok(C::put(&mut self.bounds, bounds, C::OWN | C::LAYOUT))
            }
            _ => Ok(None),
        }
    }

    fn natural(&self) -> Natural {
        Natural::fixed(self.bounds().size().to_vec2())
    }

    fn center(&self) -> Vec2 {
        self.bounds().center().to_vec2()
    }

    fn outline(&self, _: Vec2, _: bool) -> Outline {
        Outline::Path(self.path.clone())
    }
}

fn parse(numbers: &[f64]) -> Option<BezPath> {
    let mut path = BezPath::new();
    let mut rest = numbers;
    while let Some((command, after)) = rest.split_first() {
        let count = match *command as i64 {
            0 | 1 => 2,
            2 => 4,
            3 => 6,
            4 => 0,
            _ => return None,
        };
        let (coordinates, after) = after.split_at_checked(count)?;
        let point = |index: usize| Point::new(coordinates[index], coordinates[index + 1]);
        if path.elements().is_empty() && count > 0 && *command != 0.0 {
            path.move_to(point(0));
        }
        match count {
            2 if *command == 0.0 => path.move_to(point(0)),
            2 => path.line_to(point(0)),
            4 => path.quad_to(point(0), point(2)),
            6 => path.curve_to(point(0), point(2), point(4)),
            _ if !path.elements().is_empty() => path.close_path(),
            _ => {}
        }
        rest = after;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_become_a_path() {
        let path = parse(&[0.0, 1.0, 2.0, 1.0, 3.0, 4.0, 2.0, 5.0, 6.0, 7.0, 8.0, 4.0]).unwrap();
        assert_eq!(path.to_svg(), "M1,2 L3,4 Q5,6 7,8 Z");
    }

    #[test]
    fn commands_that_are_cut_off_or_unknown_are_refused() {
        assert_eq!(parse(&[0.0, 1.0]), None);
        assert_eq!(parse(&[9.0]), None);
    }
}
