use std::sync::{Arc, Mutex, PoisonError};

use ffmpeg_sys_the_third as ff;
use libm::{exp, pow};

use crate::{AvFrame, Matrix, MediaError, video_frame::YuvColor};

/// What the numbers of a picture that is not plain SDR video stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grade {
    transfer: Transfer,
    primaries: Primaries,
    color: YuvColor,
}

/// How stored values become light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transfer {
    /// The curves of video and sRGB, which browsers take for one and the same.
    Video,
    /// SMPTE ST 2084, absolute, up to 10,000 candelas a square metre.
    Pq,
    /// ITU-R BT.2100's hybrid log-gamma.
    Hlg,
    /// A power, in tenths.
    Gamma(u8),
    Linear,
}

/// Chromaticities of red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Primaries {
    Bt709,
    Bt2020,
    DisplayP3,
    Bt470Bg,
    Bt470M,
    Film,
}

impl Grade {
    /// What has to be done to show a frame as BT.709; none for most.
    pub(crate) fn of(frame: &AvFrame, color: YuvColor) -> Option<Self> {
        let raw = frame.raw();
        let transfer = match raw.color_trc {
            ff::AVColorTransferCharacteristic::SMPTE2084 => Transfer::Pq,
            ff::AVColorTransferCharacteristic::ARIB_STD_B67 => Transfer::Hlg,
            ff::AVColorTransferCharacteristic::GAMMA22 => Transfer::Gamma(22),
            ff::AVColorTransferCharacteristic::GAMMA28 => Transfer::Gamma(28),
            ff::AVColorTransferCharacteristic::SMPTE428 => Transfer::Gamma(26),
            ff::AVColorTransferCharacteristic::LINEAR => Transfer::Linear,
            _ => Transfer::Video,
        };
        let primaries = match raw.color_primaries {
            ff::AVColorPrimaries::BT2020 => Primaries::Bt2020,
            ff::AVColorPrimaries::SMPTE431 | ff::AVColorPrimaries::SMPTE432 => Primaries::DisplayP3,
            ff::AVColorPrimaries::BT470BG => Primaries::Bt470Bg,
            ff::AVColorPrimaries::BT470M => Primaries::Bt470M,
            ff::AVColorPrimaries::FILM => Primaries::Film,
            _ => Primaries::Bt709,
        };
        let plain = transfer == Transfer::Video && primaries == Primaries::Bt709;
        (!plain).then_some(Self {
            transfer,
            primaries,
            color,
        })
    }

    /// Light of red, green and blue from stored values of 0 to 1, 1 being what SDR
    /// shows as white.
    fn light(self, stored: [f64; 3]) -> [f64; 3] {
        let stored = stored.map(|value| value.clamp(0.0, 1.0));
        match self.transfer {
            Transfer::Video => stored.map(|value| {
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    pow((value + 0.055) / 1.055, 2.4)
                }
            }),
            Transfer::Gamma(tenths) => stored.map(|value| pow(value, f64::from(tenths) / 10.0)),
            Transfer::Linear => stored,
            Transfer::Pq => tone_mapped(stored.map(|value| pq(value) / REFERENCE_WHITE)),
            Transfer::Hlg => tone_mapped(hlg(stored).map(|value| value / REFERENCE_WHITE)),
        }
    }

    /// The 8-bit red, green and blue, from 0 to 1, that stand for stored values.
    fn shown(self, stored: [f64; 3]) -> [f64; 3] {
        let light = times(&self.primaries.to_bt709(), self.light(stored));
        light.map(|value| {
            let value = value.clamp(0.0, 1.0);
            if value <= 0.003_130_8 {
                12.92 * value
            } else {
                1.055 * pow(value, 1.0 / 2.4) - 0.055
            }
        })
    }
}

/// Candelas a square metre of diffuse white in HDR (ITU-R BT.2408).
const REFERENCE_WHITE: f64 = 203.0;

/// Candelas a square metre of the display that HDR without metadata is meant for.
const PEAK: f64 = 1000.0;

/// SMPTE ST 2084's electro-optical transfer function, in candelas a square metre.
fn pq(value: f64) -> f64 {
    let (m1, m2) = (2610.0 / 16384.0, 2523.0 / 32.0);
    let (c1, c2, c3) = (3424.0 / 4096.0, 2413.0 / 128.0, 2392.0 / 128.0);
    let power = pow(value, 1.0 / m2);
    10_000.0 * pow((power - c1).max(0.0) / (c2 - c3 * power), 1.0 / m1)
}

/// ITU-R BT.2100's hybrid log-gamma on a display of [`PEAK`], in candelas a square metre.
fn hlg(stored: [f64; 3]) -> [f64; 3] {
    let (a, b, c) = (0.178_832_77, 0.284_668_92, 0.559_910_73);
    let scene = stored.map(|value| {
        if value <= 0.5 {
            value * value / 3.0
        } else {
            (exp((value - c) / a) + b) / 12.0
        }
    });
    let [r, g, b] = scene;
    let luminance = 0.2627 * r + 0.678 * g + 0.0593 * b;
    let gain = if luminance > 0.0 {
        PEAK * pow(luminance, 0.2)
    } else {
        0.0
    };
    scene.map(|value| value * gain)
}

/// Brings light relative to the reference white within 0 to 1: all three by the
/// factor that the brightest of them needs, so that hues stay.
fn tone_mapped(light: [f64; 3]) -> [f64; 3] {
    let [r, g, b] = light;
    let brightest = r.max(g).max(b);
    let gain = if brightest > 0.0 {
        rolled_off(brightest) / brightest
    } else {
        0.0
    };
    light.map(|value| value * gain)
}

/// SMPTE ST 2094-50's tone mapping by reference white, for a display without
/// headroom: up to the reference white half the light, above it a quadratic Bézier
/// curve from (1, ½) over (1.65, 0.825) to the peak.
fn rolled_off(light: f64) -> f64 {
    let peak = PEAK / REFERENCE_WHITE;
    let (knee, middle) = ((1.0, 0.5), (1.65, 0.825));
    if light <= knee.0 {
        return light * knee.1;
    }
    if light >= peak {
        return 1.0;
    }
    // The curve's parameter at which it reaches `light`.
    let a = knee.0 - 2.0 * middle.0 + peak;
    let b = middle.0 - knee.0;
    let t = ((b * b + a * (light - knee.0)).sqrt() - b) / a;
    let s = 1.0 - t;
    s * s * knee.1 + 2.0 * s * t * middle.1 + t * t
}

type Rows = [[f64; 3]; 3];

impl Primaries {
    /// Chromaticities of red, green, blue and white.
    fn chromaticities(self) -> [(f64, f64); 4] {
        const D65: (f64, f64) = (0.3127, 0.3290);
        const C: (f64, f64) = (0.310, 0.316);
        match self {
            Self::Bt709 => [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65],
            Self::Bt2020 => [(0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65],
            Self::DisplayP3 => [(0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65],
            Self::Bt470Bg => [(0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65],
            Self::Bt470M => [(0.67, 0.33), (0.21, 0.71), (0.14, 0.08), C],
            Self::Film => [(0.681, 0.319), (0.243, 0.692), (0.145, 0.049), C],
        }
    }

    /// From light of these primaries to CIE XYZ, white being (1, 1, 1) in luminance.
    fn to_xyz(self) -> Rows {
        let [red, green, blue, white] = self.chromaticities();
        let xyz = |(x, y): (f64, f64)| [x / y, 1.0, (1.0 - x - y) / y];
        let columns = [xyz(red), xyz(green), xyz(blue)];
        let rows: Rows = std::array::from_fn(|row| columns.map(|column| column[row]));
        let scale = times(&inverse(&rows), xyz(white));
        rows.map(|row| std::array::from_fn(|column| row[column] * scale[column]))
    }

    /// From light of these primaries to that of BT.709; white stays white.
    fn to_bt709(self) -> Rows {
        let (own, wanted) = (self.to_xyz(), Self::Bt709.to_xyz());
        let back = inverse(&wanted);
        let columns: Rows = std::array::from_fn(|column| {
            let mut one = [0.0; 3];
            one[column] = 1.0;
            times(&back, times(&own, one))
        });
        let rows: Rows = std::array::from_fn(|row| columns.map(|column| column[row]));
        rows.map(|row| row.map(|value| value / row.iter().sum::<f64>()))
    }
}

fn times(rows: &Rows, vector: [f64; 3]) -> [f64; 3] {
    rows.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

fn inverse(rows: &Rows) -> Rows {
    let [a, b, c] = rows;
    let cross = |u: &[f64; 3], v: &[f64; 3]| {
        [
            u[1] * v[2] - u[2] * v[1],
            u[2] * v[0] - u[0] * v[2],
            u[0] * v[1] - u[1] * v[0],
        ]
    };
    let columns = [cross(b, c), cross(c, a), cross(a, b)];
    let determinant: f64 = a.iter().zip(columns[0]).map(|(x, y)| x * y).sum();
    std::array::from_fn(|row| columns.map(|column| column[row] / determinant))
}

/// Nodes along each axis of a [`Cube`], for codes of 10 bits.
const NODES: usize = 65;
/// Bits of a code below a node's.
const BITS: u32 = 4;
/// Bits behind the point of a node's values.
const POINT: u32 = 6;

/// What 10-bit luma and chroma become: 8-bit luma and chroma of BT.709 in limited
/// range, at the nodes of a lattice. Greys lie on nodes in both chroma axes.
pub(crate) struct Cube {
    grade: Grade,
    /// Luma runs fastest, then the red difference, then the blue one.
    luma: Vec<i16>,
    blue: Vec<i16>,
    red: Vec<i16>,
}

impl Cube {
    /// The lattice of a grade; made once in a process.
    pub(crate) fn of(grade: Grade) -> Arc<Self> {
        static KNOWN: Mutex<Vec<Arc<Cube>>> = Mutex::new(Vec::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        match known.iter().find(|cube| cube.grade == grade) {
            Some(cube) => cube.clone(),
            None => {
                let cube = Arc::new(Self::new(grade));
                known.push(cube.clone());
                cube
            }
        }
    }

    fn new(grade: Grade) -> Self {
        let nodes = NODES * NODES * NODES;
        let mut cube = Self {
            grade,
            luma: Vec::with_capacity(nodes),
            blue: Vec::with_capacity(nodes),
            red: Vec::with_capacity(nodes),
        };
        for blue in 0..NODES {
            for red in 0..NODES {
                for luma in 0..NODES {
                    let code = |node: usize| (node << BITS).min(1023) as f64;
                    let [y, u, v] = node(grade, code(luma), code(blue), code(red));
                    cube.luma.push(y);
                    cube.blue.push(u);
                    cube.red.push(v);
                }
            }
        }
        cube
    }

    /// A frame of 10-bit 4:2:0 planes as one of 8-bit 4:2:0 planes.
    pub(crate) fn apply(&self, frame: &AvFrame) -> Result<AvFrame, MediaError> {
        let (width, height) = (frame.width(), frame.height());
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        let mut out = AvFrame::picture(width, height, ff::AVPixelFormat::YUV420P)?;
        for row in 0..half_height {
            let chroma = |index| samples(frame, index, row, half_width, half_height);
            let (Some(u), Some(v)) = (chroma(1), chroma(2)) else {
                return Err(MediaError::OutOfMemory);
            };
            let pairs = u.chunks_exact(2).zip(v.chunks_exact(2));
            let cells: Vec<Cell> = pairs.map(|(u, v)| Cell::new(code(u), code(v))).collect();
            let mut sums = vec![0; half_width];
            let rows = 2 * row..(2 * row + 2).min(height);
            for y in rows.clone() {
                let from = samples(frame, 0, y, width, height).ok_or(MediaError::OutOfMemory)?;
                let to = out.row_mut(0, y, width).ok_or(MediaError::OutOfMemory)?;
                let blocks = to.chunks_mut(2).zip(from.chunks(4));
                for ((to, from), (cell, sum)) in blocks.zip(cells.iter().zip(&mut sums)) {
                    for (to, from) in to.iter_mut().zip(from.chunks_exact(2)) {
                        let luma = code(from);
                        *to = cell.value(&self.luma, luma);
                        *sum += luma;
                    }
                }
            }
            for (index, table) in [(1, &self.blue), (2, &self.red)] {
                let to = out.row_mut(index, row, half_width);
                let to = to.ok_or(MediaError::OutOfMemory)?;
                for (x, (to, (cell, sum))) in to.iter_mut().zip(cells.iter().zip(&sums)).enumerate()
                {
                    let count = rows.len() * (width - 2 * x).min(2);
                    *to = cell.value(table, sum / count);
                }
            }
        }
        Ok(out)
    }
}

/// One row of a plane of two bytes a sample.
fn samples(
    frame: &AvFrame,
    plane: usize,
    row: usize,
    width: usize,
    height: usize,
) -> Option<&[u8]> {
    let (bytes, stride) = frame.plane(plane, 2 * width, height)?;
    bytes.get(row * stride..)?.get(..2 * width)
}

fn code(bytes: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([bytes[0], bytes[1]])).min(1023)
}

/// The place of two chroma values in the lattice.
struct Cell {
    /// The first nodes of the four columns around, and their weights.
    columns: [usize; 4],
    weights: [i32; 4],
}

impl Cell {
    fn new(blue: usize, red: usize) -> Self {
        let part = |code: usize| (code & ((1 << BITS) - 1)) as i32;
        let (u, v) = (blue >> BITS, red >> BITS);
        let (pu, pv) = (part(blue), part(red));
        let whole = 1 << BITS;
        let column = |u: usize, v: usize| (u * NODES + v) * NODES;
        Self {
            columns: [
                column(u, v),
                column(u, v + 1),
                column(u + 1, v),
                column(u + 1, v + 1),
            ],
            weights: [
                (whole - pu) * (whole - pv),
                (whole - pu) * pv,
                pu * (whole - pv),
                pu * pv,
            ],
        }
    }

    fn value(&self, table: &[i16], luma: usize) -> u8 {
        let (node, part) = (luma >> BITS, (luma & ((1 << BITS) - 1)) as i32);
        let whole = 1 << BITS;
        let mut sum = 0;
        for (column, weight) in self.columns.iter().zip(self.weights) {
            let pair = &table[column + node..column + node + 2];
            sum += weight * (i32::from(pair[0]) * (whole - part) + i32::from(pair[1]) * part);
        }
        let bits = POINT + 3 * BITS;
        ((sum + (1 << (bits - 1))) >> bits).clamp(0, 255) as u8
    }
}

/// What a node's luma and chroma, in codes of 10 bits, become; with [`POINT`] bits
/// behind the point.
fn node(grade: Grade, luma: f64, blue: f64, red: f64) -> [i16; 3] {
    let (kr, kb) = weights(grade.color.matrix);
    let (y, u, v) = if grade.color.full_range {
        (
            luma / 1023.0,
            (blue - 512.0) / 1023.0,
            (red - 512.0) / 1023.0,
        )
    } else {
        (
            (luma - 64.0) / 876.0,
            (blue - 512.0) / 896.0,
            (red - 512.0) / 896.0,
        )
    };
    let r = y + 2.0 * (1.0 - kr) * v;
    let b = y + 2.0 * (1.0 - kb) * u;
    let g = (y - kr * r - kb * b) / (1.0 - kr - kb);
    let [r, g, b] = grade.shown([r, g, b]);
    let (kr, kb) = weights(Matrix::Bt709);
    let y = kr * r + (1.0 - kr - kb) * g + kb * b;
    let u = (b - y) / (2.0 * (1.0 - kb));
    let v = (r - y) / (2.0 * (1.0 - kr));
    [16.0 + 219.0 * y, 128.0 + 224.0 * u, 128.0 + 224.0 * v]
        .map(|value| (value * f64::from(1 << POINT)).round() as i16)
}

/// The shares of red and blue in luma.
pub(crate) fn weights(matrix: Matrix) -> (f64, f64) {
    match matrix {
        Matrix::Bt601 => (0.299, 0.114),
        Matrix::Bt709 => (0.2126, 0.0722),
        Matrix::Bt2020 => (0.2627, 0.0593),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grade(transfer: Transfer, primaries: Primaries) -> Grade {
        Grade {
            transfer,
            primaries,
            color: YuvColor {
                matrix: Matrix::Bt2020,
                full_range: false,
            },
        }
    }

    fn grey(transfer: Transfer, stored: f64) -> f64 {
        let [r, g, b] = grade(transfer, Primaries::Bt2020).shown([stored; 3]);
        assert!((r - g).abs() < 1e-9 && (g - b).abs() < 1e-9);
        r * 255.0
    }

    /// What Chromium 156 shows on an SDR display.
    #[test]
    fn greys_are_those_of_a_browser() {
        for (code, pq, hlg) in [
            (64.0, 0.0, 0.0),
            (196.0, 8.0, 20.0),
            (304.0, 36.0, 48.0),
            (400.0, 72.0, 72.0),
            (508.0, 135.0, 100.0),
            (580.0, 193.0, 122.0),
            (640.0, 224.0, 145.0),
            (700.0, 248.0, 175.0),
            (724.0, 255.0, 189.0),
            (796.0, 255.0, 216.0),
            (940.0, 255.0, 254.0),
        ] {
            let stored = (code - 64.0) / 876.0;
            assert!((grey(Transfer::Pq, stored) - pq).abs() < 2.5, "PQ {code}");
            assert!(
                (grey(Transfer::Hlg, stored) - hlg).abs() < 2.5,
                "HLG {code}"
            );
        }
        for (stored, gamma22, gamma28) in
            [(0.1, 18.0, 5.0), (0.5, 128.0, 105.0), (0.9, 230.0, 223.0)]
        {
            assert!((grey(Transfer::Gamma(22), stored) - gamma22).abs() < 2.0);
            assert!((grey(Transfer::Gamma(28), stored) - gamma28).abs() < 2.0);
            assert!((grey(Transfer::Video, stored) - stored * 255.0).abs() < 1e-6);
        }
        assert!((grey(Transfer::Linear, 0.2140) - 127.5).abs() < 0.5);
    }

    #[test]
    fn white_stays_white_and_red_goes_out_of_range() {
        for primaries in [
            Primaries::Bt709,
            Primaries::Bt2020,
            Primaries::DisplayP3,
            Primaries::Bt470Bg,
            Primaries::Bt470M,
            Primaries::Film,
        ] {
            let rows = primaries.to_bt709();
            for value in times(&rows, [1.0; 3]) {
                assert!((value - 1.0).abs() < 1e-12, "{primaries:?}");
            }
        }
        let wide = times(&Primaries::Bt2020.to_bt709(), [1.0, 0.0, 0.0]);
        // ITU-R BT.2407's matrix.
        for (found, wanted) in wide.iter().zip([1.6605, -0.1246, -0.0182]) {
            assert!((found - wanted).abs() < 1e-3, "{wide:?}");
        }
    }

    #[test]
    fn between_nodes_a_colour_is_near_its_own() {
        for transfer in [
            Transfer::Pq,
            Transfer::Hlg,
            Transfer::Video,
            Transfer::Gamma(28),
        ] {
            let grade = grade(transfer, Primaries::Bt2020);
            let cube = Cube::of(grade);
            // Where a colour leaves BT.709 the curves have a corner, which a node misses.
            let greyish = [(512, 512), (500, 520), (520, 505)];
            let saturated = [(430, 600), (560, 470), (500, 540)];
            let places = greyish.map(|place| (place, 3.0)).into_iter();
            for ((u, v), allowed) in places.chain(saturated.map(|place| (place, 16.0))) {
                for luma in (64..940).step_by(37) {
                    let exact = node(grade, luma as f64, u as f64, v as f64);
                    let cell = Cell::new(u, v);
                    for (table, exact) in [&cube.luma, &cube.blue, &cube.red].iter().zip(exact) {
                        let found = f64::from(cell.value(table, luma));
                        let apart = found - f64::from(exact) / f64::from(1 << POINT);
                        assert!(
                            apart.abs() < allowed,
                            "{transfer:?} {luma} {u} {v}: {apart}"
                        );
                    }
                }
            }
        }
    }
}
