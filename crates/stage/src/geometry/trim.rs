use kinora_film::Geometry;
use kurbo::{BezPath, PathEl, Point, Vec2};

use super::{measure::Measure, outline::Outline};
use crate::{change::Change, error::SetError, value::Input};

/// Which part of an outline is drawn, and what stands at its ends.
/// `None` is the default, never set.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CurveProps {
    pub closed: Option<bool>,
    pub start: Option<f64>,
    pub end: Option<f64>,
    pub start_offset: Option<f64>,
    pub end_offset: Option<f64>,
    pub start_arrow: bool,
    pub end_arrow: bool,
    pub arrow_size: Option<f64>,
}

impl CurveProps {
    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        let own = C::OWN;
        let number = |input: Input<'_>| input.optional(Input::number);
        Ok(match input.name {
            "closed" => C::put(&mut self.closed, input.optional(Input::bool)?, own),
            "start" => C::put(&mut self.start, number(input)?, own),
            "end" => C::put(&mut self.end, number(input)?, own),
            "startOffset" => C::put(&mut self.start_offset, number(input)?, own),
            "endOffset" => C::put(&mut self.end_offset, number(input)?, own),
            "startArrow" => C::put(&mut self.start_arrow, input.or(false, Input::bool)?, own),
            "endArrow" => C::put(&mut self.end_arrow, input.or(false, Input::bool)?, own),
            "arrowSize" => C::put(&mut self.arrow_size, number(input)?, own),
            _ => None,
        })
    }

    /// Whether the whole outline is drawn, as if no end had ever been set.
    fn is_whole(&self) -> bool {
        let ends = [self.start, self.end, self.start_offset, self.end_offset];
        ends.iter().all(Option::is_none) && !self.start_arrow && !self.end_arrow
    }

    /// Whether a closed outline stays closed.
    fn keeps_closed(&self) -> bool {
        let ends = [self.start, self.end, self.start_offset, self.end_offset];
        ends.iter().all(Option::is_none)
    }

    /// From where to where an outline of this length is drawn.
    fn range(&self, length: f64) -> [f64; 2] {
        let offset = [self.start_offset, self.end_offset].map(|offset| offset.unwrap_or(0.0));
        let usable = length - offset[0] - offset[1];
        let at = |fraction: f64| (offset[0] + usable * fraction).clamp(0.0, length);
        let start = at(self.start.unwrap_or(0.0));
        let end = at(self.end.unwrap_or(1.0));
        [start.min(end), start.max(end)]
    }
}

/// What is drawn of an outline.
pub(crate) struct Trimmed {
    pub outline: Outline,
    /// Triangles at the ends, filled with the stroke's paint.
    pub arrows: BezPath,
}

/// The part of `outline` that `props` asks for. `dashed` asks for a path that
/// begins where dashes begin.
pub(crate) fn trimmed(outline: Outline, props: &CurveProps, dashed: bool) -> Trimmed {
    let plain = |outline| Trimmed {
        outline,
        arrows: BezPath::new(),
    };
    if props.is_whole() {
        return match outline {
            Outline::Simple(Geometry::RoundedRect(_)) if dashed => {
                plain(Outline::Path(outline.path()))
            }
            outline => plain(outline),
        };
    }
    let path = outline.path();
    let closed = path.elements().last() == Some(&PathEl::ClosePath);
    let measure = Measure::new(&path);
    let [mut start, mut end] = props.range(measure.length);
    let arrow = (props.arrow_size.unwrap_or(24.0)).min((end - start) / 2.0);
    if props.start_arrow {
        start += arrow / 2.0;
    }
    if props.end_arrow {
        end -= arrow / 2.0;
    }
    let mut part = measure.part(start, end);
    if closed && props.keeps_closed() && !part.is_empty() {
        part.close_path();
    }
    let mut arrows = BezPath::new();
    if arrow >= 0.001 {
        if props.end_arrow {
            let (point, tangent) = measure.at(end);
            append_arrow(&mut arrows, point, tangent, arrow);
        }
        if props.start_arrow {
            let (point, tangent) = measure.at(start);
            append_arrow(&mut arrows, point, -tangent, arrow);
        }
    }
    Trimmed {
        outline: Outline::Path(part),
        arrows,
    }
}

/// A triangle of length `size` whose tip is half of it beyond `end`.
fn append_arrow(path: &mut BezPath, end: Point, outward: Vec2, size: f64) {
    let tip = end + outward * (size / 2.0);
    let back = tip - outward * size;
    let side = Vec2::new(-outward.y, outward.x) * size;
    path.move_to(tip);
    path.line_to(back + side);
    path.line_to(back - side);
    path.close_path();
}

#[cfg(test)]
mod tests {
    use kurbo::{Rect, Shape as _};

    use super::*;

    fn square() -> Outline {
        Outline::rounded_rect(Rect::new(-50.0, -50.0, 50.0, 50.0), [0.0; 4], None)
    }

    #[test]
    fn an_outline_that_is_not_trimmed_stays_simple() {
        let whole = trimmed(square(), &CurveProps::default(), false);
        assert!(matches!(whole.outline, Outline::Simple(Geometry::Rect(_))));
    }

    #[test]
    fn trimming_is_by_length_and_order_does_not_matter() {
        for (start, end) in [(0.125, 0.375), (0.375, 0.125)] {
            let props = CurveProps {
                start: Some(start),
                end: Some(end),
                ..CurveProps::default()
            };
            // 400 around: from 50 (top middle) to 150 (right middle).
            let path = trimmed(square(), &props, false).outline.path();
            assert_eq!(path.to_svg(), "M0,-50 L50,-50 L50,0");
        }
    }

    #[test]
    fn offsets_are_lengths() {
        let props = CurveProps {
            start_offset: Some(20.0),
            end_offset: Some(360.0),
            ..CurveProps::default()
        };
        let path = trimmed(square(), &props, false).outline.path();
        assert_eq!(path.to_svg(), "M-30,-50 L-10,-50");
    }

    #[test]
    fn an_arrow_takes_half_its_length_from_the_line() {
        let mut line = BezPath::new();
        line.move_to((0.0, 0.0));
        line.line_to((100.0, 0.0));
        let props = CurveProps {
            end_arrow: true,
            arrow_size: Some(20.0),
            ..CurveProps::default()
        };
        let drawn = trimmed(Outline::Path(line), &props, false);
        assert_eq!(drawn.outline.path().to_svg(), "M0,0 L90,0");
        assert_eq!(drawn.arrows.to_svg(), "M100,0 L80,20 L80,-20 Z");
    }

    #[test]
    fn a_part_of_a_circle_has_its_length() {
        let circle = Outline::Simple(Geometry::Ellipse(kurbo::Ellipse::new(
            Point::ZERO,
            (100.0, 100.0),
            0.0,
        )));
        let props = CurveProps {
            end: Some(0.3),
            ..CurveProps::default()
        };
        let length = trimmed(circle, &props, false)
            .outline
            .path()
            .perimeter(1e-6);
        assert!(
            (length - std::f64::consts::TAU * 30.0).abs() < 0.1,
            "{length}"
        );
    }
}
