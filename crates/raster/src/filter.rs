use kinora_film::Filter;

use crate::{SimdLevel, kernel, kernel::Kernel};

/// What one CSS colour filter does to a colour: `matrix * rgb + offset`, then a
/// limit to `0..=1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ColorFilter {
    matrix: [[f32; 3]; 3],
    offset: f32,
}

impl ColorFilter {
    /// Whether it changes nothing.
    pub fn is_neutral(&self) -> bool {
        self.matrix == towards([[0.0; 3]; 3], 0.0) && self.offset == 0.0
    }
}

/// The formulas of the Filter Effects specification. None for what is no colour
/// filter. Amounts below 0 count as 0.
pub(crate) fn color_filter(filter: &Filter) -> Option<ColorFilter> {
    let diagonal = |value: f64| {
        let v = value as f32;
        [[v, 0.0, 0.0], [0.0, v, 0.0], [0.0, 0.0, v]]
    };
    let (matrix, offset) = match *filter {
        Filter::Blur(_) => return None,
        Filter::Brightness(amount) => (diagonal(amount.max(0.0)), 0.0),
        Filter::Contrast(amount) => {
            let amount = amount.max(0.0);
            (diagonal(amount), 0.5 - 0.5 * amount)
        }
        Filter::Invert(amount) => {
            let amount = amount.clamp(0.0, 1.0);
            (diagonal(1.0 - 2.0 * amount), amount)
        }
        Filter::Grayscale(amount) => {
            let grey = [[0.2126, 0.7152, 0.0722]; 3];
            (towards(grey, amount.clamp(0.0, 1.0)), 0.0)
        }
        Filter::Sepia(amount) => {
            let sepia = [
                [0.393, 0.769, 0.189],
                [0.349, 0.686, 0.168],
                [0.272, 0.534, 0.131],
            ];
            (towards(sepia, amount.clamp(0.0, 1.0)), 0.0)
        }
        Filter::Saturate(amount) => {
            let grey = [[0.213, 0.715, 0.072]; 3];
            (towards(grey, 1.0 - amount.max(0.0)), 0.0)
        }
        Filter::HueRotate(degrees) => (hue_rotation(degrees), 0.0),
    };
    Some(ColorFilter {
        matrix,
        offset: offset as f32,
    })
}

/// From the identity to `target`.
fn towards(target: [[f64; 3]; 3], amount: f64) -> [[f32; 3]; 3] {
    std::array::from_fn(|row| {
        std::array::from_fn(|column| {
            let identity = if row == column { 1.0 } else { 0.0 };
            (identity + (target[row][column] - identity) * amount) as f32
        })
    })
}

fn hue_rotation(degrees: f64) -> [[f32; 3]; 3] {
    let radians = degrees.rem_euclid(360.0).to_radians();
    let (sin, cos) = (libm::sin(radians), libm::cos(radians));
    let grey = [0.213, 0.715, 0.072];
    let by_cos = [
        [0.787, -0.715, -0.072],
        [-0.213, 0.285, -0.072],
        [-0.213, -0.715, 0.928],
    ];
    let by_sin = [
        [-0.213, -0.715, 0.928],
        [0.143, 0.140, -0.283],
        [-0.787, 0.715, 0.072],
    ];
    std::array::from_fn(|row| {
        std::array::from_fn(|column| {
            (grey[column] + cos * by_cos[row][column] + sin * by_sin[row][column]) as f32
        })
    })
}

/// Applies filters one after the other to premultiplied pixels.
pub(crate) fn apply(rgba: &mut [u8], filters: &[ColorFilter], level: SimdLevel) {
    kernel::run(level, Apply { rgba, filters });
}

struct Apply<'a> {
    rgba: &'a mut [u8],
    filters: &'a [ColorFilter],
}

const CHUNK: usize = 16;

impl Kernel for Apply<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut chunks = self.rgba.chunks_exact_mut(CHUNK * 4);
        for chunk in &mut chunks {
            apply_chunk(chunk, self.filters);
        }
        let rest = chunks.into_remainder();
        let mut last = [0; CHUNK * 4];
        last[..rest.len()].copy_from_slice(rest);
        apply_chunk(&mut last, self.filters);
        rest.copy_from_slice(&last[..rest.len()]);
    }
}

/// One channel of a chunk. On premultiplied colours the offset and the limit
/// scale with opacity.
#[inline(always)]
fn mix(
    [from_r, from_g, from_b]: [f32; 3],
    offset: f32,
    [r, g, b]: [&[f32; CHUNK]; 3],
    alpha: &[f32; CHUNK],
) -> [f32; CHUNK] {
    let mut result = [0.0; CHUNK];
    for at in 0..CHUNK {
        let sum = from_r * r[at] + from_g * g[at] + from_b * b[at] + offset * alpha[at];
        let sum = if sum > 0.0 { sum } else { 0.0 };
        result[at] = if sum < alpha[at] { sum } else { alpha[at] };
    }
    result
}

#[inline(always)]
fn apply_chunk(rgba: &mut [u8], filters: &[ColorFilter]) {
    let mut red = [0.0_f32; CHUNK];
    let mut green = [0.0_f32; CHUNK];
    let mut blue = [0.0_f32; CHUNK];
    let mut alpha = [0.0_f32; CHUNK];
    for (at, pixel) in rgba.chunks_exact(4).enumerate() {
        let pixel = u32::from_le_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]);
        red[at] = (pixel & 255) as i32 as f32;
        green[at] = (pixel >> 8 & 255) as i32 as f32;
        blue[at] = (pixel >> 16 & 255) as i32 as f32;
        alpha[at] = (pixel >> 24) as i32 as f32;
    }
    for ColorFilter { matrix, offset } in filters {
        let rgb = [&red, &green, &blue];
        let [r, g, b] = [0, 1, 2].map(|row| mix(matrix[row], *offset, rgb, &alpha));
        (red, green, blue) = (r, g, b);
    }
    for (at, pixel) in rgba.chunks_exact_mut(4).enumerate() {
        // Adding 2²³ leaves the rounded number in the lowest bits; halves go up.
        let byte = |value: f32| (value + 1.0 / 1024.0 + 8_388_608.0).to_bits() & 255;
        let packed =
            byte(red[at]) | byte(green[at]) << 8 | byte(blue[at]) << 16 | byte(alpha[at]) << 24;
        pixel.copy_from_slice(&packed.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(pixel: [u8; 4], filters: &[Filter]) -> [u8; 4] {
        let filters: Vec<_> = filters.iter().filter_map(color_filter).collect();
        let mut pixels = pixel.repeat(19);
        apply(&mut pixels, &filters, SimdLevel::detect());
        assert!(pixels.chunks(4).all(|other| other == &pixels[..4]));
        pixels[..4].try_into().unwrap()
    }

    #[test]
    fn neutral_amounts_change_nothing() {
        let neutral = [
            Filter::Brightness(1.0),
            Filter::Contrast(1.0),
            Filter::Grayscale(0.0),
            Filter::HueRotate(0.0),
            Filter::HueRotate(360.0),
            Filter::Invert(0.0),
            Filter::Saturate(1.0),
            Filter::Sepia(0.0),
        ];
        for pixel in [[10, 200, 90, 255], [0, 0, 0, 0], [3, 60, 100, 128]] {
            assert_eq!(filtered(pixel, &neutral), pixel);
        }
    }

    #[test]
    fn known_results() {
        let orange = [255, 128, 0, 255];
        assert_eq!(filtered(orange, &[Filter::Invert(1.0)]), [0, 127, 255, 255]);
        assert_eq!(
            filtered(orange, &[Filter::Invert(0.5)]),
            [128, 128, 128, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Grayscale(1.0)]),
            [146, 146, 146, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Saturate(0.0)]),
            [146, 146, 146, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Brightness(0.5)]),
            [128, 64, 0, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Brightness(3.0)]),
            [255, 255, 0, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Contrast(0.0)]),
            [128, 128, 128, 255]
        );
        assert_eq!(
            filtered(orange, &[Filter::Sepia(1.0)]),
            [199, 177, 138, 255]
        );
        assert_eq!(
            filtered([255, 0, 0, 255], &[Filter::HueRotate(120.0)]),
            [0, 113, 0, 255]
        );
    }

    #[test]
    fn each_filter_is_limited_before_the_next() {
        let filters = [Filter::Brightness(10.0), Filter::Brightness(0.5)];
        assert_eq!(filtered([200, 100, 0, 255], &filters), [128, 128, 0, 255]);
    }

    #[test]
    fn translucent_pixels_stay_premultiplied() {
        assert_eq!(
            filtered([64, 0, 0, 128], &[Filter::Invert(1.0)]),
            [64, 128, 128, 128]
        );
        assert_eq!(filtered([0, 0, 0, 0], &[Filter::Invert(1.0)]), [0, 0, 0, 0]);
    }
}
