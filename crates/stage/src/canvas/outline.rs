use std::f64::consts::TAU;

use kinora_film::Geometry;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};

use super::code::Code;
use crate::geometry::arc::append_arc;

/// How far the control points of a quarter of a circle lie from its ends, per radius.
const QUARTER: f64 = 0.552_284_749_830_793_4;

/// A path as a canvas builds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    path: BezPath,
    /// The rectangle that is all there is to it.
    alone: Option<Rect>,
    /// Where the present subpath began and where it is; `None` without one.
    ends: Option<(Point, Point)>,
    /// Whether the subpath has been closed: what follows begins another.
    closed: bool,
}

impl Outline {
    pub fn is_empty(&self) -> bool {
        self.path.elements().is_empty()
    }

    /// Adds a segment; tells whether the call is one.
    pub fn call(&mut self, code: Code, n: &[f64]) -> bool {
        let point = |at: usize| Point::new(n[at], n[at + 1]);
        match code {
            Code::MoveTo => self.move_to(point(0)),
            Code::LineTo => self.line_to(point(0)),
            Code::QuadTo => {
                self.begin(point(0));
                self.path.quad_to(point(0), point(2));
                self.reach(point(2));
            }
            Code::CubicTo => {
                self.begin(point(0));
                self.path.curve_to(point(0), point(2), point(4));
                self.reach(point(4));
            }
            Code::Ellipse => self.ellipse(n),
            Code::ArcTo => self.arc_to(point(0), point(2), n[4]),
            Code::Rect => self.rect(n[0], n[1], n[2], n[3]),
            Code::RoundRect => self.round_rect(n),
            Code::ClosePath => {
                if let Some((start, _)) = self.ends
                    && !self.closed
                {
                    self.path.close_path();
                    self.ends = Some((start, start));
                    self.closed = true;
                }
            }
            _ => return false,
        }
        true
    }

    /// Takes the calls of a path, in which others may lie under transforms.
    pub fn calls(&mut self, numbers: &[f64]) {
        let mut rest = numbers;
        while let Some((code, arguments, after)) = next(rest) {
            rest = after;
            if !arguments.iter().all(|number| number.is_finite()) {
                continue;
            }
            match code {
                Code::AddPath => self.calls_of(arguments),
                _ => {
                    self.call(code, arguments);
                }
            }
        }
    }

    /// Takes a transform, and the calls of a path that lies under it.
    pub fn calls_of(&mut self, numbers: &[f64]) {
        if let Some((matrix, inner)) = numbers.split_first_chunk::<6>() {
            let mut other = Self::default();
            other.calls(inner);
            other.transform(Affine::new(*matrix));
            self.append(other);
        }
    }

    pub fn into_path(self) -> BezPath {
        self.path
    }

    fn append(&mut self, other: Self) {
        if other.is_empty() {
            return;
        }
        self.alone = match self.is_empty() {
            true => other.alone,
            false => None,
        };
        self.path.extend(other.path);
        self.ends = other.ends;
        self.closed = other.closed;
    }

    /// Has all that there is lie elsewhere.
    pub fn transform(&mut self, by: Affine) {
        self.path.apply_affine(by);
        self.alone = self.alone.filter(|_| is_upright(by));
        self.alone = self.alone.map(|rect| by.transform_rect_bbox(rect));
        self.ends = self.ends.map(|(start, last)| (by * start, by * last));
    }

    /// What a renderer takes.
    pub fn geometry(&self) -> Geometry {
        match self.alone {
            Some(rect) => Geometry::Rect(rect),
            None => Geometry::Path(self.path.clone()),
        }
    }

    fn move_to(&mut self, to: Point) {
        self.alone = None;
        self.path.move_to(to);
        self.ends = Some((to, to));
        self.closed = false;
    }

    fn line_to(&mut self, to: Point) {
        if self.ends.is_none() {
            self.move_to(to);
            return;
        }
        self.begin(to);
        self.path.line_to(to);
        self.reach(to);
    }

    /// Makes sure that there is a subpath for what follows.
    fn begin(&mut self, first: Point) {
        self.alone = None;
        match self.ends {
            None => self.move_to(first),
            Some((start, _)) if self.closed => self.move_to(start),
            Some(_) => {}
        }
    }

    fn reach(&mut self, to: Point) {
        self.ends = self.ends.map(|(start, _)| (start, to));
    }

    fn ellipse(&mut self, n: &[f64]) {
        let center = Point::new(n[0], n[1]);
        let radii = Vec2::new(n[2], n[3]);
        let (turn, from) = (n[4], n[5]);
        let sweep = sweep(from, n[6], n[7] != 0.0);
        let place = Affine::translate(center.to_vec2()) * rotation(turn);
        let at = |angle: f64| {
            let (sin, cos) = libm::sincos(angle);
            place * Point::new(radii.x * cos, radii.y * sin)
        };
        self.line_to(at(from));
        if sweep == 0.0 || radii == Vec2::ZERO {
            return;
        }
        self.begin(at(from));
        let mut arc = BezPath::new();
        arc.move_to(Point::new(0.0, 0.0));
        append_arc(&mut arc, Point::ZERO, radii, from, sweep);
        for element in arc.elements().iter().skip(1) {
            self.path.push(place * *element);
        }
        self.reach(at(from + sweep));
    }

    fn arc_to(&mut self, through: Point, to: Point, radius: f64) {
        let Some((_, from)) = self.ends else {
            self.move_to(through);
            return;
        };
        let (back, forth) = (from - through, to - through);
        let cross = back.cross(forth);
        let lengths = length(back) * length(forth);
        if lengths == 0.0 || radius == 0.0 || cross.abs() <= 1e-9 * lengths {
            self.line_to(through);
            return;
        }
        let (back, forth) = (back / length(back), forth / length(forth));
        // The tangent of half the angle between the two lines.
        let cosine = back.dot(forth);
        let half = ((1.0 - cosine) / (1.0 + cosine)).sqrt();
        let reach = radius / half;
        let (start, end) = (through + back * reach, through + forth * reach);
        self.line_to(start);
        let middle = (back + forth) / length(back + forth);
        let center = through + middle * libm::hypot(reach, radius);
        let angle = |point: Point| {
            let v = point - center;
            libm::atan2(v.y, v.x)
        };
        let clockwise = cross < 0.0;
        let from = angle(start);
        let sweep = sweep(from, angle(end), !clockwise);
        self.begin(start);
        append_arc(
            &mut self.path,
            center,
            Vec2::new(radius, radius),
            from,
            sweep,
        );
        self.reach(end);
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let is_first = self.is_empty();
        self.move_to(Point::new(x, y));
        self.path.line_to((x + width, y));
        self.path.line_to((x + width, y + height));
        self.path.line_to((x, y + height));
        self.path.close_path();
        self.closed = true;
        let is_plain = width > 0.0 && height > 0.0;
        self.alone = (is_first && is_plain).then(|| Rect::new(x, y, x + width, y + height));
    }

    fn round_rect(&mut self, n: &[f64]) {
        let [x, y, width, height] = [n[0], n[1], n[2], n[3]];
        let mut radii = [4, 6, 8, 10].map(|at| Vec2::new(n[at], n[at + 1]));
        // A side of negative length runs the other way, and its corners with it.
        if width < 0.0 {
            radii = [radii[1], radii[0], radii[3], radii[2]];
        }
        if height < 0.0 {
            radii = [radii[3], radii[2], radii[1], radii[0]];
        }
        let rect = Rect::new(x, y, x + width, y + height).abs();
        let fits = |side: f64, sum: f64| if sum > side { side / sum } else { 1.0 };
        let [tl, tr, br, bl] = radii;
        let scale = fits(rect.width(), tl.x + tr.x)
            .min(fits(rect.width(), bl.x + br.x))
            .min(fits(rect.height(), tl.y + bl.y))
            .min(fits(rect.height(), tr.y + br.y));
        let [tl, tr, br, bl] = radii.map(|radius| radius * scale);
        self.move_to(Point::new(rect.x0 + tl.x, rect.y0));
        let path = &mut self.path;
        let mut corner = |from: Point, to: Point, tip: Point| {
            path.line_to(from);
            if from != to {
                path.curve_to(from.lerp(tip, QUARTER), to.lerp(tip, QUARTER), to);
            }
        };
        let Rect { x0, y0, x1, y1 } = rect;
        let p = Point::new;
        corner(p(x1 - tr.x, y0), p(x1, y0 + tr.y), p(x1, y0));
        corner(p(x1, y1 - br.y), p(x1 - br.x, y1), p(x1, y1));
        corner(p(x0 + bl.x, y1), p(x0, y1 - bl.y), p(x0, y1));
        corner(p(x0, y0 + tl.y), p(x0 + tl.x, y0), p(x0, y0));
        self.path.close_path();
        self.closed = true;
    }

    /// Whether anything of it can be seen when it is filled or stroked.
    pub fn is_drawn(&self) -> bool {
        let is_segment = |element: &PathEl| !matches!(element, PathEl::MoveTo(_));
        self.path.elements().iter().any(is_segment)
    }
}

fn length(vector: Vec2) -> f64 {
    libm::hypot(vector.x, vector.y)
}

/// A turn by radians, the same on every machine.
fn rotation(angle: f64) -> Affine {
    let (sin, cos) = libm::sincos(angle);
    Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
}

/// Whether rectangles stay upright rectangles.
pub(super) fn is_upright(by: Affine) -> bool {
    let [a, b, c, d, ..] = by.as_coeffs();
    (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0)
}

/// How far an arc turns, as a canvas has it: a whole turn at most.
fn sweep(from: f64, to: f64, counterclockwise: bool) -> f64 {
    // The two ends are sums of fractions of a turn.
    const ALL: f64 = TAU - 1e-6;
    match counterclockwise {
        false if to - from >= ALL => TAU,
        true if from - to >= ALL => -TAU,
        false if from > to => TAU - (from - to) % TAU,
        true if from < to => -(TAU - (to - from) % TAU),
        _ => to - from,
    }
}

/// The first call of a list, its arguments, and what comes after; `None` at the end and
/// where the list is broken.
pub(super) fn next(numbers: &[f64]) -> Option<(Code, &[f64], &[f64])> {
    let (code, rest) = numbers.split_first()?;
    let code = Code::from_number(*code)?;
    let (count, rest) = match code.count() {
        Some(count) => (count, rest),
        None => {
            let (count, rest) = rest.split_first()?;
            (*count as usize, rest)
        }
    };
    let (arguments, after) = rest.split_at_checked(count)?;
    Some((code, arguments, after))
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;

    fn path(calls: &[(Code, &[f64])]) -> Outline {
        let mut outline = Outline::default();
        for (code, arguments) in calls {
            outline.call(*code, arguments);
        }
        outline
    }

    #[test]
    fn arcs_go_round_as_far_as_a_canvas_has_them() {
        assert_eq!(sweep(0.0, TAU, false), TAU);
        assert_eq!(sweep(0.0, TAU, true), -TAU);
        assert_eq!(sweep(0.0, 3.0 * TAU, false), TAU);
        assert!((sweep(1.0, 0.5, false) - (TAU - 0.5)).abs() < 1e-12);
        assert!((sweep(0.5, 1.0, true) + (TAU - 0.5)).abs() < 1e-12);
        assert_eq!(sweep(1.0, 1.0, false), 0.0);
    }

    #[test]
    fn a_full_ellipse_has_its_area_wherever_it_is_turned() {
        for turn in [0.0, 0.7] {
            let outline = path(&[(Code::Ellipse, &[3.0, 4.0, 20.0, 10.0, turn, 0.0, TAU, 0.0])]);
            let area = outline.path.area().abs();
            assert!((area - std::f64::consts::PI * 200.0).abs() < 0.5, "{area}");
        }
    }

    #[test]
    fn a_line_without_a_beginning_begins_where_it_ends() {
        let outline = path(&[(Code::LineTo, &[1.0, 2.0]), (Code::LineTo, &[3.0, 4.0])]);
        assert_eq!(outline.path.to_svg(), "M1,2 L3,4");
    }

    #[test]
    fn what_follows_a_closed_subpath_begins_where_that_began() {
        let outline = path(&[
            (Code::Rect, &[1.0, 1.0, 2.0, 2.0]),
            (Code::LineTo, &[9.0, 9.0]),
        ]);
        assert!(outline.path.to_svg().ends_with("Z M1,1 L9,9"));
        assert!(matches!(outline.geometry(), Geometry::Path(_)));
    }

    #[test]
    fn a_corner_touches_both_lines() {
        let outline = path(&[
            (Code::MoveTo, &[0.0, 0.0]),
            (Code::ArcTo, &[100.0, 0.0, 100.0, 100.0, 30.0]),
        ]);
        let last = outline.path.elements().last().and_then(PathEl::end_point);
        assert!((last.unwrap() - Point::new(100.0, 30.0)).hypot() < 1e-9);
        let bounds = outline.path.bounding_box();
        assert!((bounds.x1 - 100.0).abs() < 1e-6 && (bounds.y1 - 30.0).abs() < 1e-6);
    }

    #[test]
    fn corners_too_large_for_their_sides_shrink_together() {
        let mut n = vec![0.0, 0.0, 100.0, 50.0];
        n.extend([50.0; 8]);
        let outline = path(&[(Code::RoundRect, &n)]);
        let want = 50.0 * 50.0 + std::f64::consts::PI * 25.0 * 25.0;
        assert!((outline.path.area() - want).abs() < 1.0);
    }

    #[test]
    fn a_rectangle_alone_stays_one_under_upright_transforms() {
        let mut outline = path(&[(Code::Rect, &[1.0, 1.0, 2.0, 2.0])]);
        outline.transform(Affine::scale(2.0));
        assert_eq!(
            outline.geometry(),
            Geometry::Rect(Rect::new(2.0, 2.0, 6.0, 6.0))
        );
        outline.transform(Affine::rotate(0.5));
        assert!(matches!(outline.geometry(), Geometry::Path(_)));
    }
}
