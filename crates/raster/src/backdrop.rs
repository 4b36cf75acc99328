use kurbo::{Affine, Rect};

use crate::{
    SimdLevel, VideoPicture, YuvPlanes, kernel,
    kernel::Kernel,
    matrix,
    planes::{Planes, Source},
    rect::PixelRect,
    scale::{Axis, Plane, scale},
};

/// What covers the whole canvas below everything else, and never becomes RGBA.
#[derive(Clone, Debug)]
pub(crate) enum Backdrop {
    /// One colour, in YUV.
    Color([u8; 3]),
    /// A picture of a video.
    Picture(BackdropPicture),
}

/// A picture that covers the canvas, upright.
#[derive(Clone, Debug)]
pub(crate) struct BackdropPicture {
    /// Equal for equal pictures.
    pub id: u64,
    pub picture: VideoPicture,
    /// Where the picture's corners lie on the canvas.
    pub rect: Rect,
    pub smoothing: bool,
}

impl Backdrop {
    pub fn same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Color(a), Self::Color(b)) => a == b,
            (Self::Picture(a), Self::Picture(b)) => {
                a.id == b.id && a.rect == b.rect && a.smoothing == b.smoothing
            }
            _ => false,
        }
    }
}

/// A backdrop, ready to be copied from.
pub(crate) struct BackdropPlanes {
    backdrop: Backdrop,
    /// The picture on the canvas, when it is not usable as the decoder gave it.
    planes: Option<Planes>,
    size: (usize, usize),
}

impl BackdropPlanes {
    pub fn new(backdrop: Backdrop, (width, height): (usize, usize), level: SimdLevel) -> Self {
        let planes = match &backdrop {
            Backdrop::Color(_) => None,
            Backdrop::Picture(picture) => placed(picture, (width, height), level),
        };
        Self {
            backdrop,
            planes,
            size: (width, height),
        }
    }

    pub fn backdrop(&self) -> &Backdrop {
        &self.backdrop
    }

    /// Puts the backdrop into `rect` (even, within the canvas).
    pub fn lay(&self, target: &mut Planes, rect: PixelRect) {
        match (&self.backdrop, &self.planes) {
            (_, Some(planes)) => target.copy(rect, planes.source()),
            (Backdrop::Color(color), None) => target.fill(rect, *color),
            (Backdrop::Picture(picture), None) => {
                if let VideoPicture::Yuv(source) = &picture.picture {
                    let planes = source.planes();
                    target.copy(rect, source_of(&planes));
                }
            }
        }
    }

    /// Puts the backdrop everywhere.
    pub fn lay_all(&self, target: &mut Planes) {
        let (width, height) = self.size;
        self.lay(target, PixelRect::new(0, 0, width as i32, height as i32));
    }
}

fn source_of<'a>(planes: &YuvPlanes<'a>) -> Source<'a> {
    Source {
        y: planes.y,
        y_stride: planes.y_stride,
        u: planes.u,
        v: planes.v,
        uv_stride: planes.uv_stride,
    }
}

/// The picture scaled and converted to the canvas's YUV; none when it is that
/// already.
fn placed(
    picture: &BackdropPicture,
    (width, height): (usize, usize),
    level: SimdLevel,
) -> Option<Planes> {
    let VideoPicture::Yuv(source) = &picture.picture else {
        return None;
    };
    let planes = source.planes();
    let size = (planes.width as usize, planes.height as usize);
    let natural = Rect::new(0.0, 0.0, size.0 as f64, size.1 as f64);
    let (rows, offset) = matrix::yuv_to_yuv(planes.matrix, planes.full_range);
    let converts = planes.full_range || planes.matrix != crate::Matrix::Bt709;
    if picture.rect == natural && size == (width, height) && !converts {
        return None;
    }
    let mut result = Planes::new(width, height);
    let axis = |low: f64, high: f64, samples: usize, by: f64| {
        let step = samples as f64 / (high - low);
        Axis {
            start: -low * step / by,
            step,
        }
    };
    let place = |samples: &[u8], stride: usize, by: usize, out: (&mut [u8], usize)| {
        let plane = Plane {
            samples: samples.into(),
            stride,
            width: size.0.div_ceil(by),
            height: size.1.div_ceil(by),
        };
        let across = axis(picture.rect.x0, picture.rect.x1, size.0, by as f64);
        let down = axis(picture.rect.y0, picture.rect.y1, size.1, by as f64);
        scale(plane, (across, down), picture.smoothing, out, level);
    };
    place(planes.y, planes.y_stride, 1, (&mut result.y, width));
    place(planes.u, planes.uv_stride, 2, (&mut result.u, width / 2));
    place(planes.v, planes.uv_stride, 2, (&mut result.v, width / 2));
    if converts {
        kernel::run(
            level,
            Convert {
                planes: &mut result,
                matrix: matrix::fixed(rows, CONVERT_BITS),
                offset: offset as i32,
            },
        );
    }
    Some(result)
}

const CONVERT_BITS: u32 = 16;

struct Convert<'a> {
    planes: &'a mut Planes,
    matrix: [[i32; 3]; 3],
    offset: i32,
}

impl Kernel for Convert<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let [from_luma, to_u, to_v] = self.matrix;
        let (width, half) = (self.planes.width, self.planes.width / 2);
        let sample = |sum: i32, offset: i32| {
            let rounded = (sum + (1 << (CONVERT_BITS - 1))) >> CONVERT_BITS;
            (rounded + offset).clamp(0, 255) as u8
        };
        let mut shift = vec![0_i32; half];
        let chroma = self.planes.u.chunks_exact_mut(half);
        let chroma = chroma.zip(self.planes.v.chunks_exact_mut(half));
        for (rows, (us, vs)) in self.planes.y.chunks_exact_mut(width * 2).zip(chroma) {
            for ((shift, u), v) in shift.iter_mut().zip(us.iter_mut()).zip(vs.iter_mut()) {
                let (from_u, from_v) = (i32::from(*u) - 128, i32::from(*v) - 128);
                *shift = from_u * from_luma[1] + from_v * from_luma[2];
                // Luma does not bear on chroma: grey is grey in every matrix.
                *u = sample(from_u * to_u[1] + from_v * to_u[2], 128);
                *v = sample(from_u * to_v[1] + from_v * to_v[2], 128);
            }
            for row in rows.chunks_exact_mut(width) {
                for (pair, shift) in row.chunks_exact_mut(2).zip(&shift) {
                    for luma in pair {
                        let from = i32::from(*luma) - self.offset;
                        *luma = sample(from * from_luma[0] + shift, 16);
                    }
                }
            }
        }
    }
}

/// The rectangle on the canvas of a picture placed by `transform`; none when it
/// is turned, skewed, mirrored or degenerate.
pub(crate) fn upright(rect: Rect, transform: Affine) -> Option<Rect> {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    // A full turn leaves a rounding error behind.
    let upright = b.abs() < 1e-9 && c.abs() < 1e-9 && a > 0.0 && d > 0.0;
    let positive = rect.x1 > rect.x0 && rect.y1 > rect.y0;
    (upright && positive).then(|| transform.transform_rect_bbox(rect))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Matrix, YuvSource};

    struct Square(Vec<u8>, Vec<u8>, Vec<u8>, Matrix, bool);

    impl YuvSource for Square {
        fn planes(&self) -> YuvPlanes<'_> {
            YuvPlanes {
                width: 2,
                height: 2,
                y: &self.0,
                y_stride: 2,
                u: &self.1,
                v: &self.2,
                uv_stride: 1,
                matrix: self.3,
                full_range: self.4,
            }
        }
    }

    fn laid([y, u, v]: [u8; 3], matrix: Matrix, full_range: bool) -> [u8; 3] {
        let source = Square(vec![y; 4], vec![u], vec![v], matrix, full_range);
        let backdrop = Backdrop::Picture(BackdropPicture {
            id: 1,
            picture: VideoPicture::Yuv(Arc::new(source)),
            rect: Rect::new(0.0, 0.0, 4.0, 4.0),
            smoothing: true,
        });
        let mut planes = Planes::new(4, 4);
        BackdropPlanes::new(backdrop, (4, 4), SimdLevel::detect()).lay_all(&mut planes);
        assert!(planes.y.iter().all(|luma| *luma == planes.y[0]));
        [planes.y[0], planes.u[3], planes.v[3]]
    }

    #[test]
    fn colours_keep_their_look_in_another_matrix() {
        assert_eq!(laid([81, 90, 200], Matrix::Bt709, false), [81, 90, 200]);
        // Red as BT.601 writes it, and as BT.709 does.
        let red = laid([81, 90, 240], Matrix::Bt601, false);
        for (got, want) in red.iter().zip([63, 102, 240]) {
            assert!(got.abs_diff(want) <= 1, "{red:?}");
        }
        assert_eq!(laid([255, 128, 128], Matrix::Bt601, true), [235, 128, 128]);
        assert_eq!(laid([0, 128, 128], Matrix::Bt2020, true), [16, 128, 128]);
    }

    #[test]
    fn only_upright_pictures_are_a_backdrop() {
        let rect = Rect::new(-1.0, -1.0, 1.0, 1.0);
        let moved = Affine::translate((3.0, 4.0)) * Affine::scale(2.0);
        assert_eq!(upright(rect, moved), Some(Rect::new(1.0, 2.0, 5.0, 6.0)));
        assert_eq!(upright(rect, Affine::rotate(0.1)), None);
        assert_eq!(upright(rect, Affine::scale(-1.0)), None);
        assert_eq!(upright(rect, Affine::scale(0.0)), None);
    }
}
