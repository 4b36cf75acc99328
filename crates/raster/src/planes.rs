use crate::{SimdLevel, kernel, kernel::Kernel, matrix, rect::PixelRect};

/// A canvas in YUV: 8-bit 4:2:0, BT.709, limited range, even sizes, no gaps.
pub(crate) struct Planes {
    pub width: usize,
    pub y: Vec<u8>,
    pub u: Vec<u8>,
    pub v: Vec<u8>,
}

/// Where the samples of a canvas come from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub y: &'a [u8],
    pub y_stride: usize,
    pub u: &'a [u8],
    pub v: &'a [u8],
    pub uv_stride: usize,
}

impl Planes {
    /// Black planes; both sizes are even.
    pub fn new(width: usize, height: usize) -> Self {
        let chroma = width * height / 4;
        Self {
            width,
            y: vec![16; width * height],
            u: vec![128; chroma],
            v: vec![128; chroma],
        }
    }

    pub fn source(&self) -> Source<'_> {
        Source {
            y: &self.y,
            y_stride: self.width,
            u: &self.u,
            v: &self.v,
            uv_stride: self.width / 2,
        }
    }

    /// Fills `rect` (even, within the canvas) with one colour.
    pub fn fill(&mut self, rect: PixelRect, [y, u, v]: [u8; 3]) {
        self.each_row(rect, |_, row, out| {
            let value = match row {
                Plane::Y => y,
                Plane::U => u,
                Plane::V => v,
            };
            out.fill(value);
        });
    }

    /// Copies `rect` (even, within the canvas) from where it stands in `source`.
    pub fn copy(&mut self, rect: PixelRect, source: Source<'_>) {
        self.each_row(rect, |(x, y), plane, out| {
            let (from, stride) = match plane {
                Plane::Y => (source.y, source.y_stride),
                Plane::U => (source.u, source.uv_stride),
                Plane::V => (source.v, source.uv_stride),
            };
            out.copy_from_slice(&from[y * stride + x..][..out.len()]);
        });
    }

    fn each_row(
        &mut self,
        rect: PixelRect,
        mut body: impl FnMut((usize, usize), Plane, &mut [u8]),
    ) {
        if rect.is_empty() {
            return;
        }
        for plane in [Plane::Y, Plane::U, Plane::V] {
            let (samples, by) = match plane {
                Plane::Y => (&mut self.y, 1),
                Plane::U => (&mut self.u, 2),
                Plane::V => (&mut self.v, 2),
            };
            let stride = self.width / by;
            let (x, width) = (rect.x0 as usize / by, rect.width() / by);
            for y in rect.y0 as usize / by..rect.y1 as usize / by {
                body((x, y), plane, &mut samples[y * stride + x..][..width]);
            }
        }
    }

    /// Draws premultiplied RGBA over `rect` (even, within the canvas).
    pub fn blend(&mut self, rect: PixelRect, rgba: &[u8], level: SimdLevel) {
        if !rect.is_empty() {
            kernel::run(
                level,
                BlendRect {
                    planes: self,
                    rect,
                    rgba,
                },
            );
        }
    }
}

#[derive(Clone, Copy)]
enum Plane {
    Y,
    U,
    V,
}

/// The colour of an opaque pixel.
pub(crate) fn color(rgb: [u8; 3], level: SimdLevel) -> [u8; 3] {
    let mut planes = Planes::new(2, 2);
    let pixel = [rgb[0], rgb[1], rgb[2], 255];
    planes.blend(PixelRect::new(0, 0, 2, 2), &pixel.repeat(4), level);
    [planes.y[0], planes.u[0], planes.v[0]]
}

/// An opaque picture, made even by repeating its last column and row.
pub(crate) fn of_still(rgba: &[u8], width: usize, height: usize, level: SimdLevel) -> Planes {
    let (even_width, even_height) = (width.next_multiple_of(2), height.next_multiple_of(2));
    let mut planes = Planes::new(even_width, even_height);
    let mut pair = Vec::with_capacity(even_width * 8);
    for top in (0..even_height).step_by(2) {
        pair.clear();
        for y in [top, (top + 1).min(height - 1)] {
            let row = &rgba[y * width * 4..][..width * 4];
            pair.extend_from_slice(row);
            if even_width > width {
                pair.extend_from_slice(&row[row.len() - 4..]);
            }
        }
        let rect = PixelRect::new(0, top as i32, even_width as i32, top as i32 + 2);
        planes.blend(rect, &pair, level);
    }
    planes
}

/// The weights of red, green, blue and opacity in the drawn sample, and of the
/// sample below for each 1/255 of transparency; fixed-point numbers.
#[derive(Clone, Copy)]
struct Weights {
    rgb: [i32; 3],
    offset: i32,
    below: i32,
}

const LUMA_BITS: u32 = 22;
const CHROMA_BITS: u32 = 20;

impl Weights {
    /// `rgb` for one channel of value 255, `whole` how many 1/255 a pixel has
    /// (four times as many for a block of four).
    fn new(rgb: [f64; 3], offset: f64, whole: f64, bits: u32) -> Self {
        let one = f64::from(1_u32 << bits);
        let share = 255.0 / whole;
        Self {
            rgb: rgb.map(|weight| (weight * share * one).round() as i32),
            offset: (offset / whole * one).round() as i32,
            below: (one / whole).round() as i32,
        }
    }
}

struct BlendRect<'a> {
    planes: &'a mut Planes,
    rect: PixelRect,
    rgba: &'a [u8],
}

impl Kernel for BlendRect<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { planes, rect, rgba } = self;
        let [y, u, v] = matrix::rgb_to_yuv();
        let luma = Weights::new(y, 16.0, 255.0, LUMA_BITS);
        let blue = Weights::new(u, 128.0, 1020.0, CHROMA_BITS);
        let red = Weights::new(v, 128.0, 1020.0, CHROMA_BITS);
        let (stride, chroma_stride) = (planes.width, planes.width / 2);
        let (left, width) = (rect.x0 as usize, rect.width());
        for (pair, rows) in rgba.chunks_exact(width * 8).enumerate() {
            let top = rect.y0 as usize + pair * 2;
            let (above, below) = rows.split_at(width * 4);
            let (first, second) = planes.y[top * stride..][..stride * 2].split_at_mut(stride);
            let first = &mut first[left..][..width];
            let second = &mut second[left..][..width];
            let at = top / 2 * chroma_stride + left / 2;
            let u = &mut planes.u[at..][..width / 2];
            let v = &mut planes.v[at..][..width / 2];
            let blocks = above.chunks(CHUNK * 4).zip(below.chunks(CHUNK * 4));
            for (index, (above, below)) in blocks.enumerate() {
                if is_clear(above) && is_clear(below) {
                    continue;
                }
                let at = index * CHUNK;
                let end = at + above.len() / 4;
                blend_luma(&mut first[at..end], above, luma);
                blend_luma(&mut second[at..end], below, luma);
                let mut sums = [0_u64; CHUNK / 2];
                sum_blocks(&mut sums, above, below);
                blend_chroma(&mut u[at / 2..end / 2], &sums, blue);
                blend_chroma(&mut v[at / 2..end / 2], &sums, red);
            }
        }
    }
}

const CHUNK: usize = 64;

#[inline(always)]
fn is_clear(rgba: &[u8]) -> bool {
    rgba.iter().fold(0, |any, byte| any | byte) == 0
}

#[inline(always)]
fn blend_luma(out: &mut [u8], rgba: &[u8], weights: Weights) {
    let [r, g, b] = weights.rgb;
    for (out, pixel) in out.iter_mut().zip(rgba.chunks_exact(4)) {
        let pixel = u32::from_le_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]);
        let channel = |shift: u32| ((pixel >> shift) & 255) as i32;
        let opacity = channel(24);
        let sum = channel(0) * r
            + channel(8) * g
            + channel(16) * b
            + opacity * weights.offset
            + i32::from(*out) * (255 - opacity) * weights.below;
        *out = ((sum + (1 << (LUMA_BITS - 1))) >> LUMA_BITS).clamp(0, 255) as u8;
    }
}

/// Sums of each channel over blocks of two by two pixels, 16 bits apiece.
#[inline(always)]
fn sum_blocks(sums: &mut [u64; CHUNK / 2], above: &[u8], below: &[u8]) {
    let rows = above.chunks_exact(8).zip(below.chunks_exact(8));
    for (sum, (above, below)) in sums.iter_mut().zip(rows) {
        let spread = |bytes: &[u8], at: usize| {
            let pixel =
                u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            let even = u64::from(pixel & 0x00ff_00ff);
            let odd = u64::from((pixel >> 8) & 0x00ff_00ff);
            even | odd << 32
        };
        *sum = spread(above, 0) + spread(above, 4) + spread(below, 0) + spread(below, 4);
    }
}

#[inline(always)]
fn blend_chroma(out: &mut [u8], sums: &[u64; CHUNK / 2], weights: Weights) {
    let [r, g, b] = weights.rgb;
    for (out, sum) in out.iter_mut().zip(sums) {
        let channel = |shift: u32| ((sum >> shift) & 0xffff) as i32;
        let opacity = channel(48);
        let sum = channel(0) * r
            + channel(32) * g
            + channel(16) * b
            + opacity * weights.offset
            + i32::from(*out) * (1020 - opacity) * weights.below;
        *out = ((sum + (1 << (CHROMA_BITS - 1))) >> CHROMA_BITS).clamp(0, 255) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(rgb: [u8; 3]) -> [f64; 3] {
        let rows = matrix::rgb_to_yuv();
        let offsets = [16.0, 128.0, 128.0];
        std::array::from_fn(|row| {
            offsets[row]
                + (0..3)
                    .map(|i| rows[row][i] * f64::from(rgb[i]))
                    .sum::<f64>()
        })
    }

    #[test]
    fn opaque_pixels_are_the_rounded_formula() {
        let steps = [0, 1, 17, 64, 127, 128, 200, 254, 255];
        for r in steps {
            for g in steps {
                for b in steps {
                    let got = color([r, g, b], SimdLevel::baseline());
                    let want = exact([r, g, b]);
                    for (got, want) in got.iter().zip(want) {
                        assert!((f64::from(*got) - want).abs() < 0.502, "{r} {g} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn transparent_pixels_change_nothing() {
        let mut planes = Planes::new(256, 2);
        for (x, y) in planes.y.iter_mut().enumerate() {
            *y = x as u8;
        }
        planes.u = (0..128).collect();
        planes.v = (128..=255).collect();
        let before = (planes.y.clone(), planes.u.clone(), planes.v.clone());
        // One visible pixel keeps the short cut for clear chunks out of the way.
        let mut rgba = vec![0; 256 * 2 * 4];
        for x in (0..256).step_by(CHUNK) {
            rgba[x * 4 + 3] = 1;
        }
        planes.blend(PixelRect::new(0, 0, 256, 2), &rgba, SimdLevel::detect());
        for x in 0..256 {
            if x % CHUNK >= 2 {
                assert_eq!(planes.y[x], before.0[x]);
                assert_eq!(planes.u[x / 2], before.1[x / 2]);
                assert_eq!(planes.v[x / 2], before.2[x / 2]);
            }
        }
    }

    #[test]
    fn half_transparent_pixels_lie_between() {
        let mut planes = Planes::new(2, 2);
        planes.fill(PixelRect::new(0, 0, 2, 2), [200, 90, 160]);
        // Half of white: premultiplied 128 of 255.
        planes.blend(PixelRect::new(0, 0, 2, 2), &[128; 16], SimdLevel::detect());
        let mix = |below: f64, over: f64| below * 127.0 / 255.0 + over * 128.0 / 255.0;
        assert_eq!(f64::from(planes.y[0]), mix(200.0, 235.0).round());
        assert_eq!(f64::from(planes.u[0]), mix(90.0, 128.0).round());
        assert_eq!(f64::from(planes.v[0]), mix(160.0, 128.0).round());
    }

    #[test]
    fn all_levels_agree() {
        let rgba: Vec<u8> = (0..130 * 6_usize)
            .flat_map(|i| {
                let a = (i * 37 % 256) as u8;
                let part = |k: usize| (usize::from(a) * (i * k % 256) / 255) as u8;
                [part(7), part(11), part(13), a]
            })
            .collect();
        let draw = |level| {
            let mut planes = Planes::new(140, 8);
            planes.fill(PixelRect::new(0, 0, 140, 8), [77, 99, 201]);
            planes.blend(PixelRect::new(4, 2, 134, 8), &rgba, level);
            (planes.y, planes.u, planes.v)
        };
        assert_eq!(draw(SimdLevel::baseline()), draw(SimdLevel::detect()));
    }
}
