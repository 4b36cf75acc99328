use ffmpeg_sys_the_third as ff;

/// How the planes of a picture lie that an encoder of FFmpeg takes: BT.709 in limited
/// range, opacity in full range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlaneFormat {
    /// FFmpeg's name of it.
    pub format: ff::AVPixelFormat,
    /// Bits of a sample: 8 in a byte, or 10 in two.
    bits: u32,
    /// Pixels across and down that share a sample of colour.
    block: (usize, usize),
    /// Where opacity is.
    opacity: Opacity,
}

/// Where the opacity of a picture's pixels is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opacity {
    /// Nowhere: the picture is laid on black.
    OnBlack,
    /// Elsewhere: colours are what they are where they cover.
    Apart,
    /// In a fourth plane.
    Plane,
}

/// Bits after the point of the factors.
const POINT: u32 = 16;
/// How much red and blue add to brightness (BT.709).
const RED: f64 = 0.2126;
const BLUE: f64 = 0.0722;

impl PlaneFormat {
    /// Colour at half the size each way.
    pub const YUV420: Self = Self {
        format: ff::AVPixelFormat::YUV420P,
        bits: 8,
        block: (2, 2),
        opacity: Opacity::OnBlack,
    };
    /// The same of a picture whose opacity is kept elsewhere.
    pub const YUV420_APART: Self = Self {
        opacity: Opacity::Apart,
        ..Self::YUV420
    };
    /// Colour at half the width.
    pub const YUV422: Self = Self {
        format: ff::AVPixelFormat::YUV422P,
        block: (2, 1),
        ..Self::YUV420
    };
    /// Colour at full size.
    pub const YUV444: Self = Self {
        format: ff::AVPixelFormat::YUV444P,
        block: (1, 1),
        ..Self::YUV420
    };
    /// Colour at half the size each way, 10 bits.
    pub const YUV420_10: Self = Self {
        format: ff::AVPixelFormat::YUV420P10LE,
        bits: 10,
        ..Self::YUV420
    };
    /// Colour at half the width, 10 bits.
    pub const YUV422_10: Self = Self {
        format: ff::AVPixelFormat::YUV422P10LE,
        bits: 10,
        block: (2, 1),
        opacity: Opacity::OnBlack,
    };
    /// Colour at full size, 10 bits.
    pub const YUV444_10: Self = Self {
        format: ff::AVPixelFormat::YUV444P10LE,
        bits: 10,
        block: (1, 1),
        opacity: Opacity::OnBlack,
    };
    /// The same with opacity.
    pub const YUVA444_10: Self = Self {
        format: ff::AVPixelFormat::YUVA444P10LE,
        bits: 10,
        block: (1, 1),
        opacity: Opacity::Plane,
    };

    /// Pixels across and down that share a sample of colour.
    pub fn block(&self) -> [u32; 2] {
        [self.block.0 as u32, self.block.1 as u32]
    }

    /// How many planes there are.
    pub fn count(&self) -> usize {
        3 + usize::from(self.opacity == Opacity::Plane)
    }

    /// Bytes of a row without gaps, and rows, of a plane of a picture of this size.
    pub fn plane(&self, index: usize, width: usize, height: usize) -> (usize, usize) {
        let (across, down) = match index {
            1 | 2 => self.block,
            _ => (1, 1),
        };
        let bytes = self.bits.div_ceil(8) as usize;
        (width.div_ceil(across) * bytes, height.div_ceil(down))
    }

    /// Fills planes without gaps with a picture in straight RGBA.
    pub fn fill(&self, rgba: &[u8], width: usize, height: usize, planes: &mut [Vec<u8>; 4]) {
        for (index, plane) in planes.iter_mut().enumerate().take(self.count()) {
            let (row, rows) = self.plane(index, width, height);
            plane.resize(row * rows, 0);
        }
        let factors = Factors::of(self.bits);
        let [luma, blue, red, opacity] = planes;
        for (index, pixel) in rgba.chunks_exact(4).enumerate() {
            let [r, g, b, a] = [pixel[0], pixel[1], pixel[2], pixel[3]];
            let seen = match self.opacity {
                Opacity::OnBlack => [r, g, b].map(|channel| over_black(channel, a)),
                Opacity::Apart | Opacity::Plane => [r, g, b],
            };
            self.put(luma, index, factors.luma(seen));
            if self.opacity == Opacity::Plane {
                self.put(opacity, index, self.widen(a));
            }
        }
        let (across, down) = self.block;
        let columns = width.div_ceil(across);
        for y in 0..height.div_ceil(down) {
            for x in 0..columns {
                let rows = y * down..((y + 1) * down).min(height);
                let pixels = rows.flat_map(|row| {
                    let start = row * width;
                    let from = start + x * across;
                    let to = start + ((x + 1) * across).min(width);
                    rgba[4 * from..4 * to].chunks_exact(4)
                });
                let (u, v) = factors.colour(pixels, self.opacity != Opacity::OnBlack);
                self.put(blue, y * columns + x, u);
                self.put(red, y * columns + x, v);
            }
        }
    }

    /// An opacity in as many bits as a sample has.
    fn widen(&self, value: u8) -> u16 {
        let value = u16::from(value);
        match self.bits {
            10 => value << 2 | value >> 6,
            _ => value,
        }
    }

    fn put(&self, plane: &mut [u8], index: usize, value: u16) {
        match self.bits {
            8 => plane[index] = value as u8,
            _ => plane[2 * index..][..2].copy_from_slice(&value.to_le_bytes()),
        }
    }
}

/// What a pixel of this opacity shows on black.
pub(crate) fn over_black(channel: u8, opacity: u8) -> u8 {
    match opacity {
        255 => channel,
        _ => ((u32::from(channel) * u32::from(opacity) + 127) / 255) as u8,
    }
}

/// The factors from RGB to brightness and colour difference, times 2 to the power of
/// [`POINT`].
struct Factors {
    luma: [i64; 3],
    blue: [i64; 3],
    red: [i64; 3],
    /// The value of black, and of no colour.
    black: i64,
    grey: i64,
}

impl Factors {
    fn of(bits: u32) -> Self {
        let unit = f64::from(1u32 << (bits - 8)) / 255.0 * f64::from(1u32 << POINT);
        let round = |value: f64| value.round() as i64;
        let (white, r, b) = (219.0 * unit, 219.0 * unit * RED, 219.0 * unit * BLUE);
        let luma = [round(r), round(white) - round(r) - round(b), round(b)];
        // Each sums to nothing, so that greys have no colour.
        let difference = |own: f64, other: f64| {
            let (own, other) = (
                round(112.0 * unit),
                round(-112.0 * unit * other / (1.0 - own)),
            );
            (own, -own - other, other)
        };
        let (own, green, other) = difference(BLUE, RED);
        let blue = [other, green, own];
        let (own, green, other) = difference(RED, BLUE);
        let red = [own, green, other];
        Self {
            luma,
            blue,
            red,
            black: 16 << (bits - 8),
            grey: 128 << (bits - 8),
        }
    }

    fn luma(&self, rgb: [u8; 3]) -> u16 {
        let sum = dot(self.luma, rgb.map(i64::from));
        (self.black + ((sum + (1 << (POINT - 1))) >> POINT)) as u16
    }

    /// The colour differences of a block. Where opacity is kept, each pixel counts as much
    /// as it is seen, so that what shows through does not bleed into edges.
    fn colour<'a>(&self, pixels: impl Iterator<Item = &'a [u8]>, opacity: bool) -> (u16, u16) {
        let (mut sums, mut plain, mut weight, mut count) = ([0i64; 3], [0i64; 3], 0, 0i64);
        let (mut least, mut most) = (255, 0);
        for pixel in pixels {
            let a = i64::from(pixel[3]);
            for ((sum, plain), channel) in sums.iter_mut().zip(&mut plain).zip(pixel) {
                *sum += a * i64::from(*channel);
                *plain += i64::from(*channel);
            }
            weight += if opacity { a } else { 255 };
            (least, most) = (a.min(least), a.max(most));
            count += 1;
        }
        // Where all are seen alike, how much cancels out, and their count, a power of two, is
        // left to divide by: the same numbers without a division.
        if least == most && (least == 255 || (opacity && least > 0)) {
            let shift = POINT + count.trailing_zeros();
            let half = 1i64 << (shift - 1);
            let value = |factors| (self.grey + ((dot(factors, plain) + half) >> shift)) as u16;
            return (value(self.blue), value(self.red));
        }
        let value = |factors| {
            if weight == 0 {
                return self.grey as u16;
            }
            let whole = weight << POINT;
            let difference = (dot(factors, sums) + whole / 2).div_euclid(whole);
            (self.grey + difference) as u16
        };
        (value(self.blue), value(self.red))
    }
}

fn dot(factors: [i64; 3], values: [i64; 3]) -> i64 {
    factors.iter().zip(values).map(|(a, b)| a * b).sum()
}

/// Tells an encoder what its planes mean.
pub(crate) fn tag_context(context: &mut ff::AVCodecContext) {
    context.color_range = ff::AVColorRange::MPEG;
    context.colorspace = ff::AVColorSpace::BT709;
    context.color_primaries = ff::AVColorPrimaries::BT709;
    context.color_trc = ff::AVColorTransferCharacteristic::BT709;
}

/// Tells a container what its stream's planes mean.
pub(crate) fn tag_parameters(parameters: &mut ff::AVCodecParameters) {
    parameters.color_range = ff::AVColorRange::MPEG;
    parameters.color_space = ff::AVColorSpace::BT709;
    parameters.color_primaries = ff::AVColorPrimaries::BT709;
    parameters.color_trc = ff::AVColorTransferCharacteristic::BT709;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(format: PlaneFormat, rgba: &[u8], width: usize) -> [Vec<u8>; 4] {
        let mut planes = Default::default();
        format.fill(rgba, width, rgba.len() / 4 / width, &mut planes);
        planes
    }

    fn samples(plane: &[u8]) -> Vec<u16> {
        let pairs = plane.chunks_exact(2);
        pairs
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect()
    }

    #[test]
    fn pixels_that_are_seen_alike_have_the_colours_of_all_others() {
        let mut random = 1_u32;
        let mut byte = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 24) as u8
        };
        for bits in [8, 10] {
            let factors = Factors::of(bits);
            for round in 0..20_000 {
                let (count, opacity) = ([1, 2, 4][round % 3], round % 2 == 0);
                let alpha = if opacity { byte().max(1) } else { 255 };
                let block: Vec<[u8; 4]> = (0..count)
                    .map(|_| [byte(), byte(), byte(), alpha])
                    .collect();
                let divided = |of_colour: [i64; 3]| {
                    let of_pixel = |p: &[u8; 4]| {
                        i64::from(p[3]) * dot(of_colour, [0, 1, 2].map(|i| p[i].into()))
                    };
                    let whole = (count * i64::from(alpha)) << POINT;
                    let sum: i64 = block.iter().map(of_pixel).sum();
                    (factors.grey + (sum + whole / 2).div_euclid(whole)) as u16
                };
                let found = factors.colour(block.iter().map(|p| &p[..]), opacity);
                assert_eq!(found, (divided(factors.blue), divided(factors.red)));
            }
        }
    }

    #[test]
    fn colours_are_those_of_bt709_in_limited_range() {
        for (rgba, eight, ten) in [
            ([0, 0, 0, 255], [16, 128, 128], [64, 512, 512]),
            ([255, 255, 255, 255], [235, 128, 128], [940, 512, 512]),
            ([128, 128, 128, 255], [126, 128, 128], [504, 512, 512]),
            ([255, 0, 0, 255], [63, 102, 240], [250, 409, 960]),
            ([0, 255, 0, 255], [173, 42, 26], [691, 167, 105]),
            ([0, 0, 255, 255], [32, 240, 118], [127, 960, 471]),
        ] {
            let planes = filled(PlaneFormat::YUV420, &rgba, 1);
            assert_eq!(
                [planes[0][0], planes[1][0], planes[2][0]],
                eight,
                "{rgba:?}"
            );
            let planes = filled(PlaneFormat::YUV444_10, &rgba, 1);
            let samples = [0, 1, 2].map(|index: usize| samples(&planes[index])[0]);
            assert_eq!(samples, ten, "{rgba:?}");
        }
    }

    #[test]
    fn what_is_not_seen_does_not_colour_its_neighbours() {
        // A red pixel beside one that shows nothing.
        let pair = [255, 0, 0, 255, 0, 255, 0, 0];
        let planes = filled(PlaneFormat::YUV420_APART, &pair, 2);
        assert_eq!((planes[1][0], planes[2][0]), (102, 240));
        assert!(planes[3].is_empty());
        // On black it is dark, and so is its colour.
        let planes = filled(PlaneFormat::YUV422_10, &pair, 2);
        assert_eq!(samples(&planes[0]), [250, 64]);
        assert_eq!((samples(&planes[1])[0], samples(&planes[2])[0]), (461, 736));
    }

    #[test]
    fn opacity_keeps_its_8_bits_in_10() {
        for a in 0..=255u8 {
            let planes = filled(PlaneFormat::YUVA444_10, &[9, 9, 9, a], 1);
            assert_eq!(samples(&planes[3])[0] >> 2, u16::from(a));
        }
    }

    #[test]
    fn odd_sides_have_a_sample_for_the_rest() {
        let rgba = [7; 4 * 15];
        let planes = filled(PlaneFormat::YUV420, &rgba, 5);
        assert_eq!(planes.map(|plane| plane.len()), [15, 6, 6, 0]);
    }
}
