use kinora_film::Size;

use crate::FramePicture;

/// A panel of the sheet.
pub const PANEL: Size = Size {
    width: 512,
    height: 256,
};
/// Between panels and around them.
const GAP: u32 = 8;
const GROUND: [u8; 3] = [24, 25, 30];
const BLACK: [u8; 3] = [8, 8, 10];
const LINE: [u8; 3] = [70, 72, 82];
/// The loudness at the bottom and at the top of its panel, in LUFS.
const LOUDNESS: (f64, f64) = (-60.0, 0.0);
/// What broadcasters and streaming services ask for, in LUFS.
const TARGETS: [f64; 2] = [-23.0, -14.0];
/// Where colours of three quarters are in the vectorscope: Cb and Cr of BT.709.
const MARKS: [(u8, u8, [u8; 3]); 6] = [
    (109, 212, [255, 80, 80]),
    (193, 204, [255, 80, 255]),
    (212, 120, [90, 110, 255]),
    (147, 44, [80, 255, 255]),
    (63, 52, [80, 255, 80]),
    (44, 136, [255, 255, 80]),
];

/// Four panels of measures.
pub struct Sheet(FramePicture);

impl Sheet {
    pub fn new() -> Self {
        let size = Size::new(2 * PANEL.width + 3 * GAP, 2 * PANEL.height + 3 * GAP);
        let [r, g, b] = GROUND;
        let pixels = size.width as usize * size.height as usize;
        let mut sheet = Self(FramePicture {
            number: 0,
            size,
            rgba: [r, g, b, 255].repeat(pixels),
        });
        for (column, row) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let panel = Panel::at(column, row);
            for y in 0..PANEL.height {
                (0..PANEL.width).for_each(|x| sheet.set(panel, x, y, BLACK));
            }
        }
        sheet
    }

    pub fn done(self) -> FramePicture {
        self.0
    }

    fn place(&self, panel: Panel, x: u32, y: u32) -> usize {
        ((panel.top + y) as usize * self.0.size.width as usize + (panel.left + x) as usize) * 4
    }

    fn set(&mut self, panel: Panel, x: u32, y: u32, color: [u8; 3]) {
        let at = self.place(panel, x, y);
        self.0.rgba[at..at + 3].copy_from_slice(&color);
    }

    /// Adds light.
    fn light(&mut self, panel: Panel, x: u32, y: u32, color: [u8; 3]) {
        let at = self.place(panel, x, y);
        for (value, more) in self.0.rgba[at..at + 3].iter_mut().zip(color) {
            *value = value.saturating_add(more);
        }
    }

    fn across(&mut self, panel: Panel, y: u32) {
        (0..PANEL.width).for_each(|x| self.set(panel, x, y, LINE));
    }

    /// Y' of each column, white above.
    pub fn waveform(&mut self, columns: &[[u32; 256]]) {
        let panel = Panel::at(0, 0);
        for level in [16, 235] {
            self.across(panel, 255 - level);
        }
        let most = columns.iter().flatten().copied().max().unwrap_or(0);
        for (x, column) in (0u32..).zip(columns) {
            for (level, count) in (0u32..).zip(column) {
                let bright = brightness(*count, most);
                self.light(panel, x, 255 - level, [bright / 2, bright, bright / 2]);
            }
        }
    }

    /// Cb to the right, Cr up.
    pub fn vectors(&mut self, counts: &[u32]) {
        let panel = Panel::at(1, 0);
        let left = (PANEL.width - 256) / 2;
        for n in 0..256 {
            self.set(panel, left + n, 127, LINE);
            self.set(panel, left + 128, n, LINE);
        }
        for (cb, cr, color) in MARKS {
            let (x, y) = (left + u32::from(cb), 255 - u32::from(cr));
            for n in 0..9 {
                for (dx, dy) in [(n, 0), (n, 8), (0, n), (8, n)] {
                    self.set(panel, x + dx - 4, y + dy - 4, color);
                }
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        for (index, count) in (0u32..).zip(counts) {
            let bright = brightness(*count, most);
            self.light(panel, left + index % 256, index / 256, [bright; 3]);
        }
    }

    /// Red, green and blue as light, Y' as a line; black to the left.
    pub fn histogram(&mut self, luma: &[u64; 256], colors: [&[u64; 256]; 3]) {
        let panel = Panel::at(0, 1);
        let most = colors.iter().flat_map(|counts| counts.iter()).max();
        let most = most
            .copied()
            .unwrap_or(0)
            .max(luma.iter().copied().max().unwrap_or(0));
        let height = |count: u64| {
            // Peaks of flat colours would leave nothing of the rest.
            let share = (count as f64 / most.max(1) as f64).sqrt();
            (share * f64::from(PANEL.height)).ceil() as u32
        };
        for (counts, color) in colors
            .into_iter()
            .zip([[150, 0, 0], [0, 150, 0], [0, 0, 170]])
        {
            for (level, count) in (0u32..).zip(counts) {
                for y in PANEL.height - height(*count)..PANEL.height {
                    self.light(panel, 2 * level, y, color);
                    self.light(panel, 2 * level + 1, y, color);
                }
            }
        }
        for (level, count) in (0u32..).zip(luma) {
            let y = (PANEL.height - height(*count)).min(PANEL.height - 1);
            self.set(panel, 2 * level, y, [255; 3]);
            self.set(panel, 2 * level + 1, y, [255; 3]);
        }
    }

    /// The last 400 ms as light, the last three seconds as a line, from the film's start to
    /// its end.
    pub fn loudness(&mut self, momentary: &[Option<f64>], short_term: &[Option<f64>]) {
        let panel = Panel::at(1, 1);
        let (bottom, top) = LOUDNESS;
        let y = |lufs: f64| {
            let share = ((top - lufs) / (top - bottom)).clamp(0.0, 1.0);
            (share * f64::from(PANEL.height - 1)).round() as u32
        };
        let count = momentary.len();
        for x in 0..PANEL.width {
            // The loudest of what a column stands for.
            let from = x as usize * count / PANEL.width as usize;
            let to = ((x as usize + 1) * count / PANEL.width as usize)
                .max(from + 1)
                .min(count);
            let loudest = |values: &[Option<f64>]| {
                let values = values.get(from..to).unwrap_or_default();
                values.iter().flatten().copied().reduce(f64::max)
            };
            if let Some(lufs) = loudest(momentary) {
                (y(lufs)..PANEL.height).for_each(|y| self.set(panel, x, y, [40, 90, 110]));
            }
            if let Some(lufs) = loudest(short_term) {
                self.set(panel, x, y(lufs), [255; 3]);
            }
        }
        for target in TARGETS {
            self.across(panel, y(target));
        }
    }
}

/// Where a panel is.
#[derive(Clone, Copy)]
struct Panel {
    left: u32,
    top: u32,
}

impl Panel {
    fn at(column: u32, row: u32) -> Self {
        Self {
            left: GAP + column * (PANEL.width + GAP),
            top: GAP + row * (PANEL.height + GAP),
        }
    }
}

/// The light of so many pixels among the most that fall together.
fn brightness(count: u32, most: u32) -> u8 {
    if count == 0 {
        return 0;
    }
    let share = f64::from(count).ln_1p() / f64::from(most.max(1)).ln_1p();
    (60.0 + 195.0 * share).min(255.0) as u8
}
