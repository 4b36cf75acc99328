use kurbo::Rect;

/// A rectangle of whole canvas pixels, half open: `x0..x1` by `y0..y1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PixelRect {
    pub x0: i32,
    pub y0: i32,
    pub x1: i32,
    pub y1: i32,
}

impl PixelRect {
    pub const fn new(x0: i32, y0: i32, x1: i32, y1: i32) -> Self {
        Self { x0, y0, x1, y1 }
    }

    /// The smallest rectangle of whole pixels around `rect`. Coordinates are
    /// limited to ±10⁸, far outside of any canvas.
    pub fn around(rect: Rect) -> Self {
        const LIMIT: f64 = 1e8;
        let whole = |value: f64| value.clamp(-LIMIT, LIMIT) as i32;
        Self {
            x0: whole(rect.x0.floor()),
            y0: whole(rect.y0.floor()),
            x1: whole(rect.x1.ceil()),
            y1: whole(rect.y1.ceil()),
        }
    }

    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    pub fn width(self) -> usize {
        (self.x1 - self.x0).max(0) as usize
    }

    pub fn height(self) -> usize {
        (self.y1 - self.y0).max(0) as usize
    }

    pub fn intersect(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    pub fn meets(self, other: Self) -> bool {
        !self.intersect(other).is_empty()
    }

    /// The smallest rectangle around both; an empty one adds nothing.
    pub fn union(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub fn contains(self, other: Self) -> bool {
        self.intersect(other) == other
    }

    pub fn grown(self, by: i32) -> Self {
        if self.is_empty() {
            return self;
        }
        Self::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }

    /// Grown to even coordinates.
    pub fn even(self) -> Self {
        Self::new(
            self.x0 & !1,
            self.y0 & !1,
            (self.x1 + 1) & !1,
            (self.y1 + 1) & !1,
        )
    }

    pub fn to_rect(self) -> Rect {
        Rect::new(
            self.x0.into(),
            self.y0.into(),
            self.x1.into(),
            self.y1.into(),
        )
    }
}
