use std::collections::HashMap;

/// Colours at most, one place being kept for what shows through.
const MOST: usize = 255;
/// Bits of each channel by which colours are counted where there are many.
const BITS: u32 = 6;
/// How often the colours move to the middle of what they stand for.
const ROUNDS: usize = 4;

/// Counts a film's colours, to choose those that stand for all.
pub(super) struct Census {
    /// Each colour as it is, while they are few.
    exact: Option<HashMap<[u8; 3], u8>>,
    bins: Vec<Bin>,
}

/// Colours that are alike: how many, and their sum.
#[derive(Clone, Copy, Default)]
struct Bin {
    count: u64,
    sum: [u64; 3],
}

impl Bin {
    fn mean(&self) -> [f64; 3] {
        self.sum.map(|sum| sum as f64 / self.count.max(1) as f64)
    }

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        for (sum, more) in self.sum.iter_mut().zip(other.sum) {
            *sum += more;
        }
    }
}

impl Census {
    pub fn new() -> Self {
        Self {
            exact: Some(HashMap::new()),
            bins: vec![Bin::default(); 1 << (3 * BITS)],
        }
    }

    /// Counts a pixel.
    pub fn count(&mut self, rgb: [u8; 3]) {
        if let Some(exact) = &mut self.exact {
            if exact.len() < MOST {
                let next = exact.len() as u8;
                exact.entry(rgb).or_insert(next);
            } else if !exact.contains_key(&rgb) {
                self.exact = None;
            }
        }
        let bin = &mut self.bins[bin(rgb)];
        bin.count += 1;
        for (sum, channel) in bin.sum.iter_mut().zip(rgb) {
            *sum += u64::from(channel);
        }
    }

    /// The colours that stand for all that were counted: these themselves if they are few.
    pub fn palette(self) -> Palette {
        if let Some(exact) = self.exact {
            let mut colours = vec![[0; 3]; exact.len()];
            for (colour, index) in &exact {
                colours[usize::from(*index)] = *colour;
            }
            return Palette {
                colours,
                exact: Some(exact),
                nearest: Vec::new(),
                spread: 0.0,
            };
        }
        let bins: Vec<Bin> = self.bins.into_iter().filter(|bin| bin.count > 0).collect();
        let mut colours = settle(&bins, split(&bins));
        colours.sort_unstable();
        colours.dedup();
        let error: f64 = bins
            .iter()
            .map(|bin| {
                let mean = bin.mean();
                let near = colours[nearest(&colours, mean)];
                bin.count as f64 * distance(mean, near.map(f64::from))
            })
            .sum();
        let pixels: u64 = bins.iter().map(|bin| bin.count).sum();
        let spread = 2.0 * (error / (3.0 * pixels.max(1) as f64)).sqrt();
        Palette {
            colours,
            exact: None,
            nearest: vec![u16::MAX; 1 << (3 * BITS)],
            spread: spread.clamp(2.0, 24.0),
        }
    }
}

fn bin(rgb: [u8; 3]) -> usize {
    rgb.iter().fold(0, |bin, channel| {
        bin << BITS | usize::from(channel >> (8 - BITS))
    })
}

/// Cuts the colours into groups, always the one that is furthest from uniform, where its
/// two parts are most uniform; the mean of each.
fn split(bins: &[Bin]) -> Vec<[u8; 3]> {
    let mut groups = vec![Group::of(bins.to_vec())];
    while groups.len() < MOST {
        let widest = (0..groups.len())
            .filter(|index| groups[*index].bins.len() > 1)
            .max_by(|a, b| groups[*a].error.total_cmp(&groups[*b].error));
        let Some(widest) = widest else {
            break;
        };
        let (a, b) = groups.swap_remove(widest).cut();
        groups.extend([a, b]);
    }
    groups.iter().map(|group| byte(group.all.mean())).collect()
}

struct Group {
    bins: Vec<Bin>,
    all: Bin,
    /// The sum of squared distances from the mean.
    error: f64,
    /// The channel that adds most to it.
    axis: usize,
}

impl Group {
    fn of(bins: Vec<Bin>) -> Self {
        let mut all = Bin::default();
        bins.iter().for_each(|bin| all.add(bin));
        let mean = all.mean();
        let mut errors = [0.0; 3];
        for bin in &bins {
            let own = bin.mean();
            for (axis, error) in errors.iter_mut().enumerate() {
                *error += bin.count as f64 * (own[axis] - mean[axis]) * (own[axis] - mean[axis]);
            }
        }
        let axis = (0..3).fold(0, |best, axis| {
            if errors[axis] > errors[best] {
                axis
            } else {
                best
            }
        });
        Self {
            bins,
            all,
            error: errors.iter().sum(),
            axis,
        }
    }

    fn cut(mut self) -> (Self, Self) {
        let axis = self.axis;
        let at = |bin: &Bin| bin.mean()[axis];
        self.bins.sort_by(|a, b| at(a).total_cmp(&at(b)));
        let (whole, total) = (self.all.sum[axis] as f64, self.all.count as f64);
        let (mut sum, mut count) = (0.0, 0.0);
        let (mut best, mut place) = (f64::NEG_INFINITY, 1);
        for (index, bin) in self.bins[..self.bins.len() - 1].iter().enumerate() {
            sum += bin.sum[axis] as f64;
            count += bin.count as f64;
            let rest = whole - sum;
            let gain = sum * sum / count + rest * rest / (total - count);
            if gain > best {
                (best, place) = (gain, index + 1);
            }
        }
        let right = self.bins.split_off(place);
        (Self::of(self.bins), Self::of(right))
    }
}

/// Moves each colour to the mean of those that are nearest to it, a few times.
fn settle(bins: &[Bin], mut colours: Vec<[u8; 3]>) -> Vec<[u8; 3]> {
    for _ in 0..ROUNDS {
        let mut groups = vec![Bin::default(); colours.len()];
        for bin in bins {
            groups[nearest(&colours, bin.mean())].add(bin);
        }
        for (colour, group) in colours.iter_mut().zip(&groups) {
            if group.count > 0 {
                *colour = byte(group.mean());
            }
        }
    }
    colours
}

fn byte(colour: [f64; 3]) -> [u8; 3] {
    colour.map(|channel| (channel + 0.5) as u8)
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn nearest(colours: &[[u8; 3]], wanted: [f64; 3]) -> usize {
    let mut best = (f64::INFINITY, 0);
    for (index, colour) in colours.iter().enumerate() {
        let away = distance(wanted, colour.map(f64::from));
        if away < best.0 {
            best = (away, index);
        }
    }
    best.1
}

/// The colours that stand for all others of a film.
pub(super) struct Palette {
    colours: Vec<[u8; 3]>,
    /// Which is which, if every colour of the film is among them.
    exact: Option<HashMap<[u8; 3], u8>>,
    /// The nearest to each group of like colours, once it was asked for.
    nearest: Vec<u16>,
    /// How far a pixel's colour is moved at most to mix neighbouring ones.
    spread: f64,
}

/// In which order the pixels of a square of 8 by 8 come to have the lighter of two colours.
const ORDER: [[u8; 8]; 8] = [
    [0, 32, 8, 40, 2, 34, 10, 42],
    [48, 16, 56, 24, 50, 18, 58, 26],
    [12, 44, 4, 36, 14, 46, 6, 38],
    [60, 28, 52, 20, 62, 30, 54, 22],
    [3, 35, 11, 43, 1, 33, 9, 41],
    [51, 19, 59, 27, 49, 17, 57, 25],
    [15, 47, 7, 39, 13, 45, 5, 37],
    [63, 31, 55, 23, 61, 29, 53, 21],
];

impl Palette {
    /// The colour for what shows through: the one after all others.
    pub fn clear(&self) -> u8 {
        self.colours.len() as u8
    }

    /// All colours, one more than there are.
    pub fn to_bytes(&self) -> Vec<u8> {
        let colours = self.colours.iter().flatten().copied();
        colours.chain([0; 3]).collect()
    }

    /// The colour for a pixel at a place. Equal pixels at one place have equal colours in
    /// every picture, so that what stands still does not flicker.
    pub fn index(&mut self, rgb: [u8; 3], x: u32, y: u32) -> u8 {
        if let Some(exact) = &self.exact {
            return exact.get(&rgb).copied().unwrap_or_default();
        }
        let order = ORDER[(y % 8) as usize][(x % 8) as usize];
        let shift = self.spread * ((f64::from(order) + 0.5) / 64.0 - 0.5);
        let moved = rgb.map(|channel| (f64::from(channel) + shift + 0.5).clamp(0.0, 255.0) as u8);
        let bin = bin(moved);
        if self.nearest[bin] == u16::MAX {
            let half = 1 << (7 - BITS);
            let middle =
                moved.map(|channel| f64::from((channel >> (8 - BITS) << (8 - BITS)) + half));
            self.nearest[bin] = nearest(&self.colours, middle) as u16;
        }
        self.nearest[bin] as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let colours: Vec<[u8; 3]> = (0..255).map(|n| [n, 255 - n, n / 2]).collect();
        let mut census = Census::new();
        colours.iter().for_each(|colour| census.count(*colour));
        let mut palette = census.palette();
        let bytes = palette.to_bytes();
        assert_eq!((bytes.len(), palette.clear()), (3 * 256, 255));
        for colour in colours {
            let index = usize::from(palette.index(colour, 3, 5));
            assert_eq!(bytes[3 * index..][..3], colour);
        }
    }

    #[test]
    fn many_colours_are_near_to_what_stands_for_them() {
        let colours = || (0..64u32 * 64).map(|n| [(n % 64 * 4) as u8, (n / 64 * 4) as u8, 90]);
        let mut census = Census::new();
        colours().for_each(|colour| census.count(colour));
        let mut palette = census.palette();
        let bytes = palette.to_bytes();
        assert!(bytes.len() <= 3 * 256);
        // Mixed over a square, the mean is the colour.
        for colour in colours()
            .step_by(97)
            .filter(|colour| colour[..2].iter().all(|c| (24..230).contains(c)))
        {
            let mut sum = [0.0; 3];
            for place in 0..64 {
                let index = usize::from(palette.index(colour, place % 8, place / 8));
                for (sum, channel) in sum.iter_mut().zip(&bytes[3 * index..]) {
                    *sum += f64::from(*channel) / 64.0;
                }
            }
            let away = distance(sum, colour.map(f64::from)).sqrt();
            assert!(away < 9.0, "{colour:?} became {sum:?}");
        }
    }
}
