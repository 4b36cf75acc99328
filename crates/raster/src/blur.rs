use crate::{SimdLevel, kernel, kernel::Kernel, pool::Pool, rect::PixelRect};

/// Deviations above this are as good as this: the picture is gone.
const LARGEST: f64 = 1e5;

/// How many pixels along each axis become one before a blur: blurring a smaller
/// picture and enlarging the result is the same picture to the eye, and the
/// time it takes does not grow with the deviation.
pub(crate) fn reduction(deviation: f64) -> usize {
    let mut count = 1;
    while deviation.min(LARGEST) / (count * 2) as f64 >= 2.5 {
        count *= 2;
    }
    count
}

/// Samples of one or four channels over a rectangle of the canvas, reduced by a
/// whole number along both axes (the last samples may reach beyond the rectangle).
pub(crate) struct Samples<'a> {
    pub values: &'a [u8],
    pub channels: usize,
    pub rect: PixelRect,
    pub reduction: usize,
}

impl Samples<'_> {
    pub fn width(&self) -> usize {
        self.rect.width().div_ceil(self.reduction)
    }

    pub fn height(&self) -> usize {
        self.rect.height().div_ceil(self.reduction)
    }
}

/// A blurred picture that can be looked at anywhere.
pub(crate) struct Blurred {
    /// Fixed-point samples, 7 binary places.
    values: Vec<u16>,
    channels: usize,
    width: usize,
    height: usize,
    reduction: usize,
    /// Position of the first sample's outer edge on the canvas.
    origin: (f64, f64),
    level: SimdLevel,
}

/// Gaussian blur; everything outside of the samples is transparent. `samples` may
/// have been reduced by [`reduction`] already; if not, they are.
pub(crate) fn blur(
    samples: &Samples<'_>,
    deviation: f64,
    level: SimdLevel,
    pool: &Pool,
) -> Blurred {
    let deviation = deviation.clamp(0.0, LARGEST);
    let wanted = reduction(deviation).max(samples.reduction);
    let channels = samples.channels;
    let mut width = samples.width();
    let mut height = samples.height();
    let mut reduced = samples.reduction;
    let mut values: Vec<u16> = Vec::new();
    while reduced < wanted {
        let (half, rows) = (width.div_ceil(2), height.div_ceil(2));
        let mut halved = pool.words(half * rows * channels);
        halved.resize(half * rows * channels, 0);
        let out = &mut halved[..];
        match values.is_empty() {
            true => halve(samples.values, (width, height), channels, out, level),
            false => halve(&values, (width, height), channels, out, level),
        }
        pool.keep_words(std::mem::replace(&mut values, halved));
        (width, height) = (half, rows);
        reduced *= 2;
    }
    if values.is_empty() {
        values = pool.words(samples.values.len());
        values.extend(samples.values.iter().map(|value| value.fixed()));
    }
    // Reducing by n and enlarging between sample centres is itself a blur of
    // variance n²/4; what is left to do is the rest.
    let n = reduced as f64;
    let rest = if reduced == 1 {
        deviation
    } else {
        (deviation * deviation / (n * n) - 0.25).max(0.0).sqrt()
    };
    let weights = weights(rest);
    let margin = weights.len() - 1;
    let (wide, high) = (width + 2 * margin, height + 2 * margin);
    let mut blurred = pool.words(wide * high * channels);
    blurred.resize(wide * high * channels, 0);
    kernel::run(
        level,
        Convolve {
            values: &values,
            width,
            height,
            channels,
            weights: &weights,
            out: &mut blurred,
        },
    );
    pool.keep_words(values);
    Blurred {
        values: blurred,
        channels,
        width: wide,
        height: high,
        reduction: reduced,
        origin: (
            f64::from(samples.rect.x0) - (margin * reduced) as f64,
            f64::from(samples.rect.y0) - (margin * reduced) as f64,
        ),
        level,
    }
}

/// The right half of a Gaussian kernel, centre first, in 1/65536; both halves
/// add up to one. A kernel of one weight changes nothing.
fn weights(deviation: f64) -> Vec<u16> {
    if deviation < 0.2 {
        return vec![u16::MAX];
    }
    let reach = (deviation * 3.0).ceil() as usize;
    let value = |at: usize| libm::exp(-((at * at) as f64) / (2.0 * deviation * deviation));
    let total: f64 = value(0) + 2.0 * (1..=reach).map(value).sum::<f64>();
    let mut weights: Vec<u16> = (0..=reach)
        .map(|at| (value(at) / total * 65536.0).round() as u16)
        .collect();
    let sides: u32 = weights[1..].iter().map(|w| u32::from(*w) * 2).sum();
    weights[0] = (65536 - sides).min(u32::from(u16::MAX)) as u16;
    weights
}

/// A number that stands for an opacity or a colour.
trait Sample: Copy {
    /// It with 7 binary places.
    fn fixed(self) -> u16;
}

impl Sample for u8 {
    #[inline(always)]
    fn fixed(self) -> u16 {
        u16::from(self) << 7
    }
}

impl Sample for u16 {
    #[inline(always)]
    fn fixed(self) -> u16 {
        self
    }
}

fn halve<S: Sample>(
    values: &[S],
    (width, height): (usize, usize),
    channels: usize,
    out: &mut [u16],
    level: SimdLevel,
) {
    kernel::run(
        level,
        Halve {
            values,
            width,
            height,
            channels,
            out,
        },
    );
}

struct Halve<'a, S> {
    values: &'a [S],
    width: usize,
    height: usize,
    channels: usize,
    out: &'a mut [u16],
}

impl<S: Sample> Kernel for Halve<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (stride, half) = (self.width * self.channels, self.width.div_ceil(2));
        debug_assert_eq!(self.values.len(), stride * self.height);
        let mut sums = vec![0_u16; half * 2 * self.channels];
        for (out, rows) in self
            .out
            .chunks_exact_mut(half * self.channels)
            .zip(self.values.chunks(stride * 2))
        {
            // What lies beyond the last row or column is transparent.
            let (above, below) = rows.split_at(stride);
            if below.is_empty() {
                for (sum, above) in sums.iter_mut().zip(above) {
                    *sum = above.fixed() / 2;
                }
            }
            for ((sum, above), below) in sums.iter_mut().zip(above).zip(below) {
                *sum = (above.fixed() + below.fixed()) / 2;
            }
            if self.channels == 1 {
                for (out, pair) in out.iter_mut().zip(sums.chunks_exact(2)) {
                    *out = (pair[0] + pair[1]) / 2;
                }
            } else {
                for (out, pair) in out.chunks_exact_mut(4).zip(sums.chunks_exact(8)) {
                    for channel in 0..4 {
                        out[channel] = (pair[channel] + pair[channel + 4]) / 2;
                    }
                }
            }
        }
    }
}

/// Convolution with a symmetric kernel along both axes; the result is larger by
/// the kernel's reach on every side.
struct Convolve<'a> {
    values: &'a [u16],
    width: usize,
    height: usize,
    channels: usize,
    weights: &'a [u16],
    out: &'a mut [u16],
}

impl Kernel for Convolve<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let margin = self.weights.len() - 1;
        if margin == 0 {
            return self.out.copy_from_slice(self.values);
        }
        let stride = self.width * self.channels;
        let pad = margin * self.channels;
        let out_stride = stride + 2 * pad;
        let mut row = vec![0_u16; stride + 4 * pad];
        let nothing = vec![0_u16; stride];
        for (y, out) in self.out.chunks_exact_mut(out_stride).enumerate() {
            let line = |offset: usize| match (y + offset).checked_sub(2 * margin) {
                Some(index) if index < self.height => &self.values[index * stride..][..stride],
                _ => &nothing[..],
            };
            let middle = &mut row[2 * pad..][..stride];
            weigh_one(middle, line(margin), self.weights[0]);
            for (at, weight) in self.weights.iter().enumerate().skip(1) {
                weigh_two(middle, line(margin - at), line(margin + at), *weight);
            }
            let centre = |offset: usize| &row[offset..][..out_stride];
            weigh_one(out, centre(pad), self.weights[0]);
            for (at, weight) in self.weights.iter().enumerate().skip(1) {
                let by = at * self.channels;
                weigh_two(out, centre(pad - by), centre(pad + by), *weight);
            }
        }
    }
}

#[inline(always)]
fn high(value: u16, weight: u16) -> u16 {
    ((u32::from(value) * u32::from(weight)) >> 16) as u16
}

#[inline(always)]
fn weigh_one(out: &mut [u16], values: &[u16], weight: u16) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = high(*value, weight);
    }
}

#[inline(always)]
fn weigh_two(out: &mut [u16], left: &[u16], right: &[u16], weight: u16) {
    for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
        *out += high(left + right, weight);
    }
}

impl Blurred {
    /// Gives its memory back.
    pub fn recycle(self, pool: &Pool) {
        pool.keep_words(self.values);
    }

    /// The picture over `rect`, moved by `offset`; `write` gets each row's number
    /// and its samples, fixed-point with 7 binary places.
    pub fn rows(&self, rect: PixelRect, offset: (f64, f64), mut write: impl FnMut(usize, &[u16])) {
        let scale = self.reduction as f64;
        let place = |position: i32, offset: f64, origin: f64| {
            (f64::from(position) + 0.5 - offset - origin) / scale - 0.5
        };
        let step = 1.0 / scale;
        let columns = Spread::new(
            place(rect.x0, offset.0, self.origin.0),
            step,
            rect.width(),
            self.width,
        );
        let stride = self.width * self.channels;
        let mut line = vec![0; stride];
        let mut out = vec![0; rect.width() * self.channels];
        let nothing = vec![0; stride];
        for row in 0..rect.height() {
            let at = place(rect.y0, offset.1, self.origin.1) + row as f64 * step;
            let tap = Tap::new(at);
            let from = |index: i64| match usize::try_from(index) {
                Ok(index) if index < self.height => &self.values[index * stride..][..stride],
                _ => &nothing[..],
            };
            kernel::run(
                self.level,
                Enlarge {
                    above: from(tap.index),
                    below: from(tap.index + 1),
                    weight: tap.weight,
                    columns: &columns,
                    channels: self.channels,
                    line: &mut line,
                    out: &mut out,
                },
            );
            write(row, &out);
        }
    }
}

#[derive(Clone, Copy)]
struct Tap {
    index: i64,
    /// Share of the next sample, in 1/256.
    weight: u32,
}

impl Tap {
    fn new(at: f64) -> Self {
        let whole = at.floor();
        let weight = ((at - whole) * 256.0).round() as u32;
        Self {
            index: whole as i64 + i64::from(weight / 256),
            weight: weight % 256,
        }
    }
}

/// How a row of samples spreads over the columns of the canvas.
struct Spread {
    taps: Vec<Tap>,
    /// The columns that lie between two samples.
    inside: std::ops::Range<usize>,
    /// All columns are samples, beginning with this one.
    shift: Option<i64>,
    /// Columns inside in which each sample gives as many, all alike.
    even: std::ops::Range<usize>,
    /// How many columns of those a sample gives.
    period: usize,
}

impl Spread {
    fn new(start: f64, step: f64, count: usize, samples: usize) -> Self {
        let taps: Vec<Tap> = (0..count)
            .map(|column| Tap::new(start + column as f64 * step))
            .collect();
        let last = samples as i64 - 1;
        let first = taps.partition_point(|tap| tap.index < 0);
        let end = taps.partition_point(|tap| tap.index < last).max(first);
        let whole = step == 1.0 && taps.first().is_some_and(|tap| tap.weight == 0);
        let shift = whole.then(|| taps[0].index);
        let period = (1.0 / step).round() as usize;
        let even = even(&taps[first..end], period);
        Self {
            taps,
            inside: first..end,
            shift,
            even: first + even.start..first + even.end,
            period,
        }
    }
}

/// The longest run of columns from the first new sample on in which each sample
/// gives `period` columns with the same weights as the one before it.
fn even(taps: &[Tap], period: usize) -> std::ops::Range<usize> {
    let Some(start) = taps
        .windows(2)
        .position(|pair| pair[0].index != pair[1].index)
    else {
        return 0..0;
    };
    let taps = &taps[start + 1..];
    let alike = |(column, tap): (usize, &Tap)| {
        let phase = &taps[column % period];
        tap.weight == phase.weight && tap.index == taps[0].index + (column / period) as i64
    };
    let count = taps
        .iter()
        .enumerate()
        .take_while(|tap| alike(*tap))
        .count();
    start + 1..start + 1 + count / period * period
}

struct Enlarge<'a> {
    above: &'a [u16],
    below: &'a [u16],
    weight: u32,
    columns: &'a Spread,
    channels: usize,
    line: &'a mut [u16],
    out: &'a mut [u16],
}

impl Kernel for Enlarge<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self {
            above,
            below,
            weight,
            columns,
            channels,
            line,
            out,
        } = self;
        for ((line, above), below) in line.iter_mut().zip(above).zip(below) {
            *line = lerp(*above, *below, weight);
        }
        if channels == 1 {
            spread::<1>(columns, line, out);
        } else {
            spread::<4>(columns, line, out);
        }
    }
}

#[inline(always)]
fn lerp(a: u16, b: u16, weight: u32) -> u16 {
    ((u32::from(a) * (256 - weight) + u32::from(b) * weight) >> 8) as u16
}

#[inline(always)]
fn spread<const C: usize>(columns: &Spread, line: &[u16], out: &mut [u16]) {
    let samples = line.len() / C;
    if let Some(shift) = columns.shift {
        out.fill(0);
        let first = (-shift).clamp(0, columns.taps.len() as i64) as usize;
        let start = shift.clamp(0, samples as i64) as usize;
        let count = (columns.taps.len() - first).min(samples - start);
        out[first * C..][..count * C].copy_from_slice(&line[start * C..][..count * C]);
        return;
    }
    let inside = columns.inside.clone();
    for (column, tap) in columns.taps.iter().enumerate() {
        if inside.contains(&column) {
            continue;
        }
        for channel in 0..C {
            let at = |index: i64| match usize::try_from(index) {
                Ok(index) if index < samples => line[index * C + channel],
                _ => 0,
            };
            out[column * C + channel] = lerp(at(tap.index), at(tap.index + 1), tap.weight);
        }
    }
    let even = columns.even.clone();
    let done = match (C, columns.period) {
        (1, 2) => fan::<2>(columns, line, out),
        (1, 4) => fan::<4>(columns, line, out),
        (1, 8) => fan::<8>(columns, line, out),
        (1, 16) => fan::<16>(columns, line, out),
        (4, 2) => fan_of_four::<2>(columns, line, out),
        (4, 4) => fan_of_four::<4>(columns, line, out),
        (4, 8) => fan_of_four::<8>(columns, line, out),
        (4, 16) => fan_of_four::<16>(columns, line, out),
        (4, 32) => fan_of_four::<32>(columns, line, out),
        _ => false,
    };
    let parts = match done {
        true => [inside.start..even.start, even.end..inside.end],
        false => [inside, 0..0],
    };
    for part in parts {
        let taps = &columns.taps[part.clone()];
        for (out, tap) in out[part.start * C..].chunks_exact_mut(C).zip(taps) {
            let start = tap.index as usize * C;
            let pair: &[u16] = &line[start..start + 2 * C];
            let (left, right) = pair.split_at(C);
            for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
                *out = lerp(*left, *right, tap.weight);
            }
        }
    }
}

/// Fills the even columns: `P` between each two samples, side by side, which
/// compilers turn into vector code.
#[inline(always)]
fn fan<const P: usize>(columns: &Spread, line: &[u16], out: &mut [u16]) -> bool {
    let even = columns.even.clone();
    let Some(taps) = columns.taps[even.clone()].first_chunk::<P>() else {
        return false;
    };
    let weights = taps.map(|tap| tap.weight);
    let left = &line[taps[0].index as usize..];
    let groups = out[even].chunks_exact_mut(P);
    for ((out, left), right) in groups.zip(left).zip(&left[1..]) {
        for (out, weight) in out.iter_mut().zip(weights) {
            *out = lerp(*left, *right, weight);
        }
    }
    true
}

/// The same for four channels: two columns, eight numbers, at a time.
#[inline(always)]
fn fan_of_four<const P: usize>(columns: &Spread, line: &[u16], out: &mut [u16]) -> bool {
    let even = columns.even.clone();
    let Some(taps) = columns.taps[even.clone()].first_chunk::<P>() else {
        return false;
    };
    let mut weights = [[0_i32; 8]; P];
    for (weights, pair) in weights.iter_mut().zip(taps.chunks_exact(2)) {
        *weights = std::array::from_fn(|at| pair[at / 4].weight as i32);
    }
    let left = &line[taps[0].index as usize * 4..];
    let samples = left.chunks_exact(4).zip(left[4..].chunks_exact(4));
    let groups = out[even.start * 4..even.end * 4].chunks_exact_mut(P * 4);
    for (out, (left, right)) in groups.zip(samples) {
        let from: [i32; 8] = std::array::from_fn(|at| i32::from(left[at % 4]) << 8);
        let step: [i32; 8] =
            std::array::from_fn(|at| i32::from(right[at % 4]) - i32::from(left[at % 4]));
        for (out, weights) in out.chunks_exact_mut(8).zip(&weights) {
            for at in 0..8 {
                out[at] = ((from[at] + step[at] * weights[at]) >> 8) as u16;
            }
        }
    }
    true
}

/// A fixed-point sample as a byte.
#[inline(always)]
pub(crate) fn byte(sample: u16) -> u8 {
    // Weighing cuts off what lies below the last place; this gives it back on average.
    ((sample + 70) >> 7).min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Convolution with a true Gaussian, everything in f64.
    fn exact(
        source: &[f64],
        (width, height): (usize, usize),
        deviation: f64,
        grow: usize,
    ) -> Vec<f64> {
        let value = |at: f64| libm::exp(-at * at / (2.0 * deviation * deviation));
        let reach = (deviation * 6.0) as i64;
        let total: f64 = (-reach..=reach).map(|at| value(at as f64)).sum();
        let (w, h) = (width + 2 * grow, height + 2 * grow);
        let mut across = vec![0.0; w * height];
        for y in 0..height {
            for x in 0..w {
                across[y * w + x] = (0..width)
                    .map(|from| {
                        source[y * width + from] * value(x as f64 - grow as f64 - from as f64)
                    })
                    .sum::<f64>()
                    / total;
            }
        }
        let mut both = vec![0.0; w * h];
        for y in 0..h {
            for x in 0..w {
                both[y * w + x] = (0..height)
                    .map(|from| across[from * w + x] * value(y as f64 - grow as f64 - from as f64))
                    .sum::<f64>()
                    / total;
            }
        }
        both
    }

    fn picture(width: usize, height: usize) -> Vec<u8> {
        let inside = |x: usize, y: usize| x > 5 && x < width - 9 && y > 7 && y < height - 4;
        (0..width * height)
            .map(|at| {
                let (x, y) = (at % width, at / width);
                let hole = x.abs_diff(width / 2) < 6 && y.abs_diff(height / 2) < 3;
                if inside(x, y) && !hole { 255 } else { 0 }
            })
            .collect()
    }

    fn difference(deviation: f64) -> (f64, f64) {
        let (width, height) = (67, 41);
        let source = picture(width, height);
        let grow = kinora_film::Filter::Blur(deviation).reach().ceil() as usize;
        let rect = PixelRect::new(0, 0, width as i32, height as i32);
        let samples = Samples {
            values: &source,
            channels: 1,
            rect,
            reduction: 1,
        };
        let blurred = blur(&samples, deviation, SimdLevel::detect(), &Pool::default());
        let floats: Vec<f64> = source.iter().map(|v| f64::from(*v)).collect();
        let want = exact(&floats, (width, height), deviation, grow);
        let (mut worst, mut sum) = (0.0_f64, 0.0);
        let w = width + 2 * grow;
        blurred.rows(rect.grown(grow as i32), (0.0, 0.0), |y, row| {
            for (x, got) in row.iter().enumerate() {
                let error = (f64::from(byte(*got)) - want[y * w + x]).abs();
                worst = worst.max(error);
                sum += error;
            }
        });
        (worst, sum / want.len() as f64)
    }

    #[test]
    fn blurs_are_gaussian() {
        for deviation in [0.5, 1.0, 2.0, 3.3, 4.9, 5.0, 6.0, 9.0, 12.5, 20.0, 41.0] {
            let (worst, mean) = difference(deviation);
            assert!(worst < 2.6, "deviation {deviation}: off by up to {worst}");
            assert!(
                mean < 0.5,
                "deviation {deviation}: off by {mean} on average"
            );
        }
    }

    #[test]
    fn four_channels_blur_as_one_each() {
        let (width, height) = (33, 21);
        let source = picture(width, height);
        let rect = PixelRect::new(-3, 4, width as i32 - 3, height as i32 + 4);
        let four: Vec<u8> = source.iter().flat_map(|v| [*v, v / 2, 0, *v]).collect();
        let level = SimdLevel::detect();
        let plain = [1.5, 14.0, 28.0, 60.0, 100.0].map(|deviation| (deviation, (0.0, 0.0)));
        let moved = [(7.0, (2.5, -3.25)), (0.0, (1.5, 0.0))];
        for (deviation, offset) in plain.into_iter().chain(moved) {
            let one = blur(
                &Samples {
                    values: &source,
                    channels: 1,
                    rect,
                    reduction: 1,
                },
                deviation,
                level,
                &Pool::default(),
            );
            let all = blur(
                &Samples {
                    values: &four,
                    channels: 4,
                    rect,
                    reduction: 1,
                },
                deviation,
                level,
                &Pool::default(),
            );
            let mut rows: Vec<Vec<u16>> = Vec::new();
            one.rows(rect.grown(9), offset, |_, row| rows.push(row.to_vec()));
            all.rows(rect.grown(9), offset, |y, row| {
                for (x, pixel) in row.chunks(4).enumerate() {
                    assert_eq!(pixel[0], rows[y][x]);
                    assert_eq!(pixel[3], rows[y][x]);
                    assert_eq!(pixel[2], 0);
                }
            });
        }
    }

    #[test]
    fn an_offset_moves_the_picture() {
        let rect = PixelRect::new(10, 10, 11, 11);
        let samples = Samples {
            values: &[200],
            channels: 1,
            rect,
            reduction: 1,
        };
        let still = blur(&samples, 0.0, SimdLevel::detect(), &Pool::default());
        let mut rows = Vec::new();
        still.rows(PixelRect::new(9, 12, 14, 15), (1.5, 3.0), |_, row| {
            rows.push(row.iter().map(|v| byte(*v)).collect::<Vec<_>>());
        });
        assert_eq!(
            rows,
            [[0, 0, 0, 0, 0], [0, 0, 100, 100, 0], [0, 0, 0, 0, 0]]
        );
    }

    #[test]
    fn an_enormous_blur_is_quick_and_empty() {
        let rect = PixelRect::new(0, 0, 64, 64);
        let samples = Samples {
            values: &[255; 4096],
            channels: 1,
            rect,
            reduction: 1,
        };
        let blurred = blur(&samples, 1e300, SimdLevel::detect(), &Pool::default());
        blurred.rows(rect, (0.0, 0.0), |_, row| {
            assert!(row.iter().all(|v| byte(*v) == 0))
        });
    }
}
