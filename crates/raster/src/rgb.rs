use crate::{SimdLevel, YuvPlanes, kernel, kernel::Kernel, matrix};

/// A picture in opaque RGBA, rows without gaps; nothing if it is not sound.
///
/// Chroma is interpolated between the centres of its samples.
pub(crate) fn from_yuv(planes: &YuvPlanes<'_>, level: SimdLevel) -> Option<Vec<u8>> {
    if !planes.is_sound() {
        return None;
    }
    let (width, height) = (planes.width as usize, planes.height as usize);
    let chroma = (width.div_ceil(2), height.div_ceil(2));
    let (rows, offset) = matrix::yuv_to_rgb(planes.matrix, planes.full_range);
    let mut result = vec![0; width * height * 4];
    let mut u = ChromaRow::new(chroma.0);
    let mut v = ChromaRow::new(chroma.0);
    for (y, out) in result.chunks_exact_mut(width * 4).enumerate() {
        let near = y / 2;
        let far = if y % 2 == 0 {
            near.saturating_sub(1)
        } else {
            (near + 1).min(chroma.1 - 1)
        };
        let row = |plane, index| line(plane, planes.uv_stride, index, chroma.0);
        u.fill(row(planes.u, near), row(planes.u, far));
        v.fill(row(planes.v, near), row(planes.v, far));
        kernel::run(
            level,
            Row {
                luma: line(planes.y, planes.y_stride, y, width),
                u: &mut u,
                v: &mut v,
                matrix: matrix::fixed(rows, 12),
                offset: offset as i32,
                out,
            },
        );
    }
    Some(result)
}

fn line(plane: &[u8], stride: usize, index: usize, width: usize) -> &[u8] {
    &plane[index * stride..][..width]
}

/// One row of chroma at the luma's resolution, sixteenfold.
struct ChromaRow {
    /// Between rows, fourfold, with a sample to spare at both ends.
    narrow: Vec<i32>,
    wide: Vec<i32>,
}

impl ChromaRow {
    fn new(width: usize) -> Self {
        Self {
            narrow: vec![0; width + 2],
            wide: vec![0; width * 2],
        }
    }

    #[inline(always)]
    fn fill(&mut self, near: &[u8], far: &[u8]) {
        let width = near.len();
        for ((out, near), far) in self.narrow[1..].iter_mut().zip(near).zip(far) {
            *out = i32::from(*near) * 3 + i32::from(*far);
        }
        self.narrow[0] = self.narrow[1];
        self.narrow[width + 1] = self.narrow[width];
    }

    #[inline(always)]
    fn widen(&mut self) {
        let left = &self.narrow[..self.narrow.len() - 2];
        let middle = &self.narrow[1..self.narrow.len() - 1];
        let right = &self.narrow[2..];
        let sides = left.iter().zip(middle).zip(right);
        for (out, ((left, middle), right)) in self.wide.chunks_exact_mut(2).zip(sides) {
            out[0] = middle * 3 + left;
            out[1] = middle * 3 + right;
        }
    }
}

struct Row<'a> {
    luma: &'a [u8],
    u: &'a mut ChromaRow,
    v: &'a mut ChromaRow,
    matrix: [[i32; 3]; 3],
    offset: i32,
    out: &'a mut [u8],
}

impl Kernel for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.u.widen();
        self.v.widen();
        let [[luma, _, red_v], [_, green_u, green_v], [_, blue_u, _]] = self.matrix;
        let pixels = self.out.chunks_exact_mut(4);
        let chroma = self.u.wide.iter().zip(&self.v.wide);
        for ((out, y), (u, v)) in pixels.zip(self.luma).zip(chroma) {
            let y = (i32::from(*y) - self.offset) * luma * 16;
            let (u, v) = (u - 128 * 16, v - 128 * 16);
            let byte = |sum: i32| (((sum + (1 << 15)) >> 16).clamp(0, 255)) as u32;
            let r = byte(y + v * red_v);
            let g = byte(y + u * green_u + v * green_v);
            let b = byte(y + u * blue_u);
            out.copy_from_slice(&(r | g << 8 | b << 16 | 0xff00_0000).to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Matrix;

    fn flat(y: u8, u: u8, v: u8, matrix: Matrix, full_range: bool) -> [u8; 4] {
        let planes = YuvPlanes {
            width: 3,
            height: 3,
            y: &[y; 9],
            y_stride: 3,
            u: &[u; 4],
            v: &[v; 4],
            uv_stride: 2,
            matrix,
            full_range,
        };
        let rgba = from_yuv(&planes, SimdLevel::baseline()).unwrap();
        assert_eq!(rgba.len(), 36);
        assert!(rgba.chunks(4).all(|pixel| pixel == &rgba[..4]));
        rgba[..4].try_into().unwrap()
    }

    #[test]
    fn known_colours_come_out() {
        assert_eq!(flat(235, 128, 128, Matrix::Bt709, false), [255; 4]);
        assert_eq!(flat(16, 128, 128, Matrix::Bt601, false), [0, 0, 0, 255]);
        assert_eq!(flat(63, 102, 240, Matrix::Bt709, false), [255, 1, 0, 255]);
        assert_eq!(flat(81, 90, 240, Matrix::Bt601, false), [254, 0, 0, 255]);
        assert_eq!(
            flat(128, 128, 128, Matrix::Bt601, true),
            [128, 128, 128, 255]
        );
    }

    #[test]
    fn unsound_pictures_give_nothing() {
        let planes = YuvPlanes {
            width: 4,
            height: 4,
            y: &[0; 15],
            y_stride: 4,
            u: &[0; 4],
            v: &[0; 4],
            uv_stride: 2,
            matrix: Matrix::Bt709,
            full_range: false,
        };
        assert!(from_yuv(&planes, SimdLevel::baseline()).is_none());
    }
}
