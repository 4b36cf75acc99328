use kurbo::{
    BezPath, ParamCurve as _, ParamCurveArclen as _, ParamCurveDeriv as _, PathSeg, Point, Vec2,
};

/// How exactly lengths along curves are measured, in units.
const ACCURACY: f64 = 1e-4;

/// A path by length. Jumps between its parts count as nothing.
pub(crate) struct Measure {
    segments: Vec<(PathSeg, f64)>,
    /// The path's whole length.
    pub length: f64,
}

impl Measure {
    pub fn new(path: &BezPath) -> Self {
        let segments: Vec<(PathSeg, f64)> = path
            .segments()
            .map(|segment| (segment, segment.arclen(ACCURACY)))
            .filter(|(_, length)| *length > 0.0 && length.is_finite())
            .collect();
        let length = segments.iter().map(|(_, length)| length).sum();
        Self { segments, length }
    }

    /// The part between two lengths.
    pub fn part(&self, start: f64, end: f64) -> BezPath {
        let mut path = BezPath::new();
        let mut before = 0.0;
        let mut last = None;
        for (segment, length) in &self.segments {
            let (from, to) = (start - before, end - before);
            before += length;
            if from > *length || to < 0.0 || end <= start {
                continue;
            }
            let parameter = |at: f64| {
                if at <= 0.0 {
                    0.0
                } else if at >= *length {
                    1.0
                } else {
                    segment.inv_arclen(at, ACCURACY)
                }
            };
            let range = parameter(from)..parameter(to);
            if range.start >= range.end {
                continue;
            }
            let piece = if range == (0.0..1.0) {
                *segment
            } else {
                segment.subsegment(range)
            };
            if last.is_none_or(|last: Point| (last - piece.start()).hypot() > 1e-6) {
                path.move_to(piece.start());
            }
            path.push(piece.as_path_el());
            last = Some(piece.end());
        }
        path
    }

    /// The point at a length, and the direction there (of length 1).
    pub fn at(&self, distance: f64) -> (Point, Vec2) {
        let mut before = 0.0;
        let last = self.segments.len().saturating_sub(1);
        for (index, (segment, length)) in self.segments.iter().enumerate() {
            let along = distance - before;
            before += length;
            if along <= *length || index == last {
                let parameter = if along <= 0.0 {
                    0.0
                } else if along >= *length {
                    1.0
                } else {
                    segment.inv_arclen(along, ACCURACY)
                };
                return (segment.eval(parameter), tangent(segment, parameter));
            }
        }
        (Point::ZERO, Vec2::new(1.0, 0.0))
    }
}

fn tangent(segment: &PathSeg, parameter: f64) -> Vec2 {
    let direction = match segment {
        PathSeg::Line(line) => line.p1 - line.p0,
        PathSeg::Quad(quad) => quad.deriv().eval(parameter).to_vec2(),
        PathSeg::Cubic(cubic) => cubic.deriv().eval(parameter).to_vec2(),
    };
    let length = direction.hypot();
    if length > 1e-12 {
        return direction / length;
    }
    // Handles that coincide with an end: the chord's direction.
    let chord = segment.end() - segment.start();
    let length = chord.hypot();
    if length > 0.0 {
        chord / length
    } else {
        Vec2::new(1.0, 0.0)
    }
}
