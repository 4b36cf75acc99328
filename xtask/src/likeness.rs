//! How alike two pictures are, by structure and by colour.
//!
//! Both are laid over mid-grey first. Structure is the mean structural
//! similarity of luma (Wang et al. 2004; 8x8 windows, every 4 pixels) over the
//! whole frame and over the part that either picture draws on. Colour is the
//! share of drawn pixels that have no counterpart within one pixel of their
//! place in the other picture: edges may be softened differently, a wrong colour
//! or a shape two pixels off may not.

use crate::picture::Picture;

const WINDOW: usize = 8;
const STEP: usize = 4;
/// Levels of 255 by which a pixel may lie outside of its counterparts.
const SLACK: i32 = 24;

/// Least similarity of the whole frame.
pub const FRAME: f64 = 0.98;
/// Least similarity of the drawn part.
pub const DRAWN: f64 = 0.90;
/// Greatest share of drawn pixels without a counterpart.
pub const STRAY: f64 = 0.01;

/// What [`compare`] found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Mean structural similarity of the frame, 1 for equal pictures.
    pub frame: f64,
    /// The same over the drawn part.
    pub drawn: f64,
    /// Share of the drawn part whose colour has no counterpart, 0 to 1.
    pub stray: f64,
}

impl Likeness {
    /// Whether all three measures are within the allowance.
    pub fn passes(&self) -> bool {
        self.frame >= FRAME && self.drawn >= DRAWN && self.stray <= STRAY
    }
}

/// Compares two pictures; `None` when their sizes differ.
pub fn compare(want: &Picture, got: &Picture) -> Option<Likeness> {
    if (want.width, want.height) != (got.width, got.height) {
        return None;
    }
    let part = Part::drawn(want).union(Part::drawn(got)).padded(want);
    let (want, got) = (want.over_grey(), got.over_grey());
    let (a, b) = (luma(&want), luma(&got));
    let whole = Part {
        left: 0,
        top: 0,
        right: want.width,
        bottom: want.height,
    };
    Some(Likeness {
        frame: similarity(&a, &b, want.width, whole),
        drawn: similarity(&a, &b, want.width, part),
        stray: stray(&want, &got, part).max(stray(&got, &want, part)),
    })
}

/// A rectangle of pixels, right and bottom exclusive.
#[derive(Clone, Copy)]
struct Part {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Part {
    /// The box of all pixels that differ from the top left corner's; empty when none does.
    fn drawn(picture: &Picture) -> Self {
        let ground = picture.pixel(0, 0);
        let mut part = Part {
            left: picture.width,
            top: picture.height,
            right: 0,
            bottom: 0,
        };
        for y in 0..picture.height {
            for x in 0..picture.width {
                let pixel = picture.pixel(x, y);
                // The colour of a clear pixel means nothing.
                if pixel != ground && (pixel[3] > 0 || ground[3] > 0) {
                    part.left = part.left.min(x);
                    part.top = part.top.min(y);
                    part.right = part.right.max(x + 1);
                    part.bottom = part.bottom.max(y + 1);
                }
            }
        }
        part
    }

    fn union(self, other: Self) -> Self {
        Part {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Two pixels wider on each side; the whole picture when nothing is drawn.
    fn padded(self, picture: &Picture) -> Self {
        if self.right <= self.left || self.bottom <= self.top {
            return Part {
                left: 0,
                top: 0,
                right: picture.width,
                bottom: picture.height,
            };
        }
        Part {
            left: self.left.saturating_sub(2),
            top: self.top.saturating_sub(2),
            right: (self.right + 2).min(picture.width),
            bottom: (self.bottom + 2).min(picture.height),
        }
    }
}

fn luma(picture: &Picture) -> Vec<f64> {
    let weigh =
        |p: &[u8]| 0.2126 * f64::from(p[0]) + 0.7152 * f64::from(p[1]) + 0.0722 * f64::from(p[2]);
    picture.rgba.chunks_exact(4).map(weigh).collect()
}

/// Mean over the windows of a part; a part smaller than a window is one window.
fn similarity(a: &[f64], b: &[f64], stride: usize, part: Part) -> f64 {
    let starts = |from: usize, to: usize| {
        let last = to.saturating_sub(WINDOW).max(from);
        (from..last).step_by(STEP).chain([last])
    };
    let mut sum = 0.0;
    let mut count = 0.0;
    for top in starts(part.top, part.bottom) {
        for left in starts(part.left, part.right) {
            let window = Part {
                left,
                top,
                right: (left + WINDOW).min(part.right),
                bottom: (top + WINDOW).min(part.bottom),
            };
            sum += window_similarity(a, b, stride, window);
            count += 1.0;
        }
    }
    sum / count
}

fn window_similarity(a: &[f64], b: &[f64], stride: usize, window: Part) -> f64 {
    let (mut sa, mut sb, mut saa, mut sbb, mut sab, mut n) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for y in window.top..window.bottom {
        for at in y * stride + window.left..y * stride + window.right {
            let (u, v) = (a[at], b[at]);
            sa += u;
            sb += v;
            saa += u * u;
            sbb += v * v;
            sab += u * v;
            n += 1.0;
        }
    }
    let (ma, mb) = (sa / n, sb / n);
    let (va, vb, vab) = (saa / n - ma * ma, sbb / n - mb * mb, sab / n - ma * mb);
    let (c1, c2) = ((0.01f64 * 255.0).powi(2), (0.03f64 * 255.0).powi(2));
    (2.0 * ma * mb + c1) * (2.0 * vab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
}

/// Share of `of`'s pixels that lie outside of the range which `by` has around the same place.
fn stray(of: &Picture, by: &Picture, part: Part) -> f64 {
    let mut count = 0usize;
    for y in part.top..part.bottom {
        for x in part.left..part.right {
            let pixel = of.pixel(x, y);
            let (low, high) = range_around(by, x, y);
            let outside = (0..3).any(|c| {
                let value = i32::from(pixel[c]);
                value < i32::from(low[c]) - SLACK || value > i32::from(high[c]) + SLACK
            });
            count += usize::from(outside);
        }
    }
    count as f64 / ((part.right - part.left) * (part.bottom - part.top)) as f64
}

fn range_around(picture: &Picture, x: usize, y: usize) -> ([u8; 3], [u8; 3]) {
    let (mut low, mut high) = ([255; 3], [0; 3]);
    for ny in y.saturating_sub(1)..(y + 2).min(picture.height) {
        for nx in x.saturating_sub(1)..(x + 2).min(picture.width) {
            let pixel = picture.pixel(nx, ny);
            for c in 0..3 {
                low[c] = low[c].min(pixel[c]);
                high[c] = high[c].max(pixel[c]);
            }
        }
    }
    (low, high)
}
