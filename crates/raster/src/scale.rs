//! Scaling one plane of a picture over one plane of the canvas.

use std::borrow::Cow;

use crate::{SimdLevel, kernel, kernel::Kernel};

/// One plane of samples.
#[derive(Clone)]
pub(crate) struct Plane<'a> {
    pub samples: Cow<'a, [u8]>,
    pub stride: usize,
    pub width: usize,
    pub height: usize,
}

/// How positions along one axis of the canvas map to the picture:
/// `position * step + start`, in samples, measured from sample edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    pub start: f64,
    pub step: f64,
}

/// Draws `plane` over all of `out` (`width` wide); what lies outside of the
/// picture repeats its edge. Smoothed: bilinear, after averaging pairs while the
/// picture shrinks to less than half.
pub(crate) fn scale(
    mut plane: Plane<'_>,
    (mut across, mut down): (Axis, Axis),
    smoothing: bool,
    (out, width): (&mut [u8], usize),
    level: SimdLevel,
) {
    let height = out.len() / width;
    while smoothing && across.step > 2.0 && plane.width > 1 {
        plane = halve_across(&plane);
        across = halved(across);
    }
    while smoothing && down.step > 2.0 && plane.height > 1 {
        plane = halve_down(&plane);
        down = halved(down);
    }
    let columns = taps(across, width, plane.width, smoothing);
    let rows = taps(down, height, plane.height, smoothing);
    let mut line = vec![0; plane.width + 1];
    for (out, row) in out.chunks_exact_mut(width).zip(&rows) {
        let from = |index: usize| &plane.samples[index * plane.stride..][..plane.width];
        let next = (row.index + 1).min(plane.height - 1);
        kernel::run(
            level,
            Row {
                above: from(row.index),
                below: from(next),
                weight: row.weight,
                columns: &columns,
                line: &mut line,
                out,
            },
        );
    }
}

fn halved(axis: Axis) -> Axis {
    Axis {
        start: axis.start / 2.0,
        step: axis.step / 2.0,
    }
}

/// Which sample a position falls on, and how much of the next one, in 1/256.
#[derive(Clone, Copy)]
struct Tap {
    index: usize,
    weight: u32,
}

fn taps(axis: Axis, count: usize, samples: usize, smoothing: bool) -> Vec<Tap> {
    let last = (samples - 1) as f64;
    (0..count)
        .map(|position| {
            let at = (position as f64 + 0.5) * axis.step + axis.start;
            let at = if smoothing { at - 0.5 } else { at.floor() };
            let at = at.clamp(0.0, last);
            let whole = at.floor();
            let weight = ((at - whole) * 256.0).round() as u32;
            let index = whole as usize + (weight / 256) as usize;
            Tap {
                index: index.min(samples - 1),
                weight: weight % 256,
            }
        })
        .collect()
}

struct Row<'a> {
    above: &'a [u8],
    below: &'a [u8],
    weight: u32,
    columns: &'a [Tap],
    line: &'a mut [u16],
    out: &'a mut [u8],
}

impl Kernel for Row<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let weight = self.weight as u16;
        for ((line, above), below) in self.line.iter_mut().zip(self.above).zip(self.below) {
            *line = u16::from(*above) * (256 - weight) + u16::from(*below) * weight;
        }
        let last = self.above.len();
        self.line[last] = self.line[last - 1];
        for (out, tap) in self.out.iter_mut().zip(self.columns) {
            let left = u32::from(self.line[tap.index]);
            let right = u32::from(self.line[tap.index + 1]);
            *out = ((left * (256 - tap.weight) + right * tap.weight + (1 << 15)) >> 16) as u8;
        }
    }
}

fn mean(a: u8, b: u8) -> u8 {
    (u16::from(a) + u16::from(b)).div_ceil(2) as u8
}

fn halve_across(plane: &Plane<'_>) -> Plane<'static> {
    let width = plane.width.div_ceil(2);
    let mut samples = Vec::with_capacity(width * plane.height);
    for row in plane.samples.chunks(plane.stride).take(plane.height) {
        let row = &row[..plane.width];
        samples.extend(
            row.chunks(2)
                .map(|pair| mean(pair[0], pair[pair.len() - 1])),
        );
    }
    Plane {
        samples: samples.into(),
        stride: width,
        width,
        height: plane.height,
    }
}

fn halve_down(plane: &Plane<'_>) -> Plane<'static> {
    let height = plane.height.div_ceil(2);
    let row = |index: usize| &plane.samples[index * plane.stride..][..plane.width];
    let mut samples = Vec::with_capacity(plane.width * height);
    for index in 0..height {
        let below = row((index * 2 + 1).min(plane.height - 1));
        samples.extend(row(index * 2).iter().zip(below).map(|(a, b)| mean(*a, *b)));
    }
    Plane {
        samples: samples.into(),
        stride: plane.width,
        width: plane.width,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(samples: &[u8], axis: Axis, count: usize, smoothing: bool) -> Vec<u8> {
        let plane = Plane {
            samples: samples.into(),
            stride: samples.len(),
            width: samples.len(),
            height: 1,
        };
        let down = Axis {
            start: 0.0,
            step: 1.0,
        };
        let mut out = vec![0; count];
        scale(
            plane,
            (axis, down),
            smoothing,
            (&mut out, count),
            SimdLevel::detect(),
        );
        out
    }

    fn axis(start: f64, step: f64) -> Axis {
        Axis { start, step }
    }

    #[test]
    fn equal_size_is_a_copy() {
        let samples: Vec<u8> = (0..=255).collect();
        assert_eq!(scaled(&samples, axis(0.0, 1.0), 256, true), samples);
        assert_eq!(scaled(&samples, axis(0.0, 1.0), 256, false), samples);
    }

    #[test]
    fn twice_the_size_interpolates_between_centres() {
        assert_eq!(scaled(&[0, 100], axis(0.0, 0.5), 4, true), [0, 25, 75, 100]);
        assert_eq!(
            scaled(&[0, 100], axis(0.0, 0.5), 4, false),
            [0, 0, 100, 100]
        );
    }

    #[test]
    fn a_quarter_of_the_size_averages() {
        let samples = [0, 0, 0, 100, 200, 200, 200, 200];
        assert_eq!(scaled(&samples, axis(0.0, 4.0), 2, true), [25, 200]);
    }
}
