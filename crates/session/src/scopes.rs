use std::path::Path;

use kinora_film::{Size, sample_at};
use kinora_media::{Matrix, SAMPLE_RATE, SoundReader, VideoFrame, VideoReader, probe, read_still};
use kinora_worker::{Loudness, LoudnessMeter, Measured, measure};
use serde_json::{Value, json};

use crate::{
    FramePicture, FrameView, Session, SessionError, Wanted,
    graph::{PANEL, Sheet},
    verify::unreadable,
};

/// Samples of a file that are measured at once.
const PIECE: u64 = 10 * SAMPLE_RATE as u64;

/// The levels of a picture, as a broadcaster's scopes show them: brightness Y' and colour
/// differences Cb and Cr of 8 bits, Y' from 16 to 235 unless the file says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureScopes {
    size: Size,
    full_range: bool,
    matrix: Matrix,
    luma: Levels,
    blue: Levels,
    red: Levels,
    saturation: Levels,
    /// How many pixels have each value of red, green and blue.
    colors: [Box<[u64; 256]>; 3],
    /// For each column of the waveform how many of its pixels have each Y'.
    waveform: Vec<[u32; 256]>,
    /// How many have each Cb (across) and Cr (down from 255).
    vectors: Vec<u32>,
}

/// How many values of each level there are.
#[derive(Clone, Debug, PartialEq)]
struct Levels(Box<[u64; 256]>);

impl Levels {
    fn new() -> Self {
        Self(Box::new([0; 256]))
    }

    fn add(&mut self, level: u8) {
        self.0[usize::from(level)] += 1;
    }

    fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The lowest level at or below which this share of the values is.
    fn share(&self, share: f64) -> u8 {
        let wanted = (self.count() as f64 * share).max(1.0);
        let mut sum = 0;
        for (level, count) in (0..=u8::MAX).zip(self.0.iter()) {
            sum += count;
            if sum as f64 >= wanted {
                return level;
            }
        }
        u8::MAX
    }

    fn average(&self) -> f64 {
        let levels = self.0.iter().zip(0u64..);
        let sum: u64 = levels.map(|(count, level)| count * level).sum();
        sum as f64 / self.count().max(1) as f64
    }

    /// Smallest, a tenth, mean, nine tenths, largest.
    fn to_json(&self) -> Value {
        json!({
            "min": self.share(0.0),
            "low": self.share(0.1),
            "average": (self.average() * 1000.0).round() / 1000.0,
            "high": self.share(0.9),
            "max": self.share(1.0),
        })
    }
}

/// How colours are made of their levels.
#[derive(Clone, Copy)]
struct Making {
    /// The shares of red and blue in the brightness.
    red: f64,
    blue: f64,
    full_range: bool,
}

impl Making {
    fn of(matrix: Matrix, full_range: bool) -> Self {
        let (red, blue) = match matrix {
            Matrix::Bt601 => (0.299, 0.114),
            Matrix::Bt709 => (0.2126, 0.0722),
            Matrix::Bt2020 => (0.2627, 0.0593),
        };
        Self {
            red,
            blue,
            full_range,
        }
    }

    /// Levels of black, and how many there are of brightness and of either colour.
    fn range(self) -> (f64, f64, f64) {
        match self.full_range {
            true => (0.0, 255.0, 255.0),
            false => (16.0, 219.0, 224.0),
        }
    }

    fn levels(self, rgb: [f64; 3]) -> [u8; 3] {
        let (black, bright, color) = self.range();
        let [r, g, b] = rgb;
        let y = self.red * r + (1.0 - self.red - self.blue) * g + self.blue * b;
        let level = |value: f64| value.round().clamp(0.0, 255.0) as u8;
        [
            level(black + bright * y),
            level(128.0 + color * (b - y) / (2.0 * (1.0 - self.blue))),
            level(128.0 + color * (r - y) / (2.0 * (1.0 - self.red))),
        ]
    }

    fn rgb(self, [y, u, v]: [u8; 3]) -> [u8; 3] {
        let (black, bright, color) = self.range();
        let y = (f64::from(y) - black) / bright;
        let b = y + 2.0 * (1.0 - self.blue) * (f64::from(u) - 128.0) / color;
        let r = y + 2.0 * (1.0 - self.red) * (f64::from(v) - 128.0) / color;
        let g = (y - self.red * r - self.blue * b) / (1.0 - self.red - self.blue);
        [r, g, b].map(|value| (255.0 * value).round().clamp(0.0, 255.0) as u8)
    }
}

impl PictureScopes {
    fn new(size: Size, matrix: Matrix, full_range: bool) -> Self {
        Self {
            size,
            full_range,
            matrix,
            luma: Levels::new(),
            blue: Levels::new(),
            red: Levels::new(),
            saturation: Levels::new(),
            colors: std::array::from_fn(|_| Box::new([0; 256])),
            waveform: vec![[0; 256]; PANEL.width as usize],
            vectors: vec![0; 256 * 256],
        }
    }

    fn add_brightness(&mut self, x: u32, y: u8) {
        self.luma.add(y);
        let column = u64::from(x) * u64::from(PANEL.width) / u64::from(self.size.width.max(1));
        self.waveform[column as usize][usize::from(y)] += 1;
    }

    fn add_color(&mut self, u: u8, v: u8) {
        self.blue.add(u);
        self.red.add(v);
        let away = (f64::from(u) - 128.0).hypot(f64::from(v) - 128.0);
        self.saturation.add(away as u8);
        self.vectors[usize::from(255 - v) * 256 + usize::from(u)] += 1;
    }

    fn add_rgb(&mut self, rgb: [u8; 3]) {
        for (counts, value) in self.colors.iter_mut().zip(rgb) {
            counts[usize::from(value)] += 1;
        }
    }

    /// Of a drawn picture, whose levels are what a file of BT.709 would have; what is
    /// transparent is on black.
    pub fn of_picture(picture: &FramePicture) -> Self {
        let mut scopes = Self::new(picture.size, Matrix::Bt709, false);
        let making = Making::of(Matrix::Bt709, false);
        for (index, pixel) in (0u32..).zip(picture.rgba.chunks_exact(4)) {
            let alpha = f64::from(pixel[3]) / 255.0;
            let rgb = [pixel[0], pixel[1], pixel[2]].map(|value| f64::from(value) * alpha);
            let [y, u, v] = making.levels(rgb.map(|value| value / 255.0));
            scopes.add_brightness(index % picture.size.width, y);
            scopes.add_color(u, v);
            scopes.add_rgb(rgb.map(|value| value.round() as u8));
        }
        scopes
    }

    /// Of a picture of a video, whose levels are the file's own where they have 8 bits.
    pub fn of_frame(frame: &VideoFrame) -> Self {
        let size = Size::new(frame.width(), frame.height());
        let Some(planes) = frame.planes() else {
            // On black already.
            let rgba = frame.rgba().unwrap_or_default();
            let opaque = rgba
                .chunks_exact(4)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]);
            return Self::of_picture(&FramePicture {
                number: 0,
                size,
                rgba: opaque.collect(),
            });
        };
        let mut scopes = Self::new(size, planes.matrix, planes.full_range);
        let making = Making::of(planes.matrix, planes.full_range);
        let color = |x: usize, y: usize| {
            let at = y * planes.uv_stride + x;
            (planes.u[at], planes.v[at])
        };
        for row in 0..size.height as usize {
            for column in 0..size.width as usize {
                let y = planes.y[row * planes.y_stride + column];
                let (u, v) = color(column / 2, row / 2);
                scopes.add_brightness(column as u32, y);
                scopes.add_rgb(making.rgb([y, u, v]));
            }
        }
        for row in 0..size.height.div_ceil(2) as usize {
            for column in 0..size.width.div_ceil(2) as usize {
                let (u, v) = color(column, row);
                scopes.add_color(u, v);
            }
        }
        scopes
    }

    /// The levels as data.
    pub fn to_json(&self) -> Value {
        json!({
            "width": self.size.width,
            "height": self.size.height,
            "matrix": match self.matrix {
                Matrix::Bt601 => "bt601",
                Matrix::Bt709 => "bt709",
                Matrix::Bt2020 => "bt2020",
            },
            "range": if self.full_range { "full" } else { "limited" },
            "luma": self.luma.to_json(),
            "cb": self.blue.to_json(),
            "cr": self.red.to_json(),
            "saturation": self.saturation.to_json(),
            "histogram": {
                "luma": &self.luma.0[..],
                "red": &self.colors[0][..],
                "green": &self.colors[1][..],
                "blue": &self.colors[2][..],
            },
        })
    }

    /// The levels in a few words.
    pub fn summary(&self) -> String {
        let Levels(counts) = &self.luma;
        let (black, white) = match self.full_range {
            true => (0, 255),
            false => (16, 235),
        };
        let share = |levels: &[u64]| {
            100.0 * levels.iter().sum::<u64>() as f64 / self.luma.count().max(1) as f64
        };
        format!(
            "brightness {} to {}, {:.1} on average (8 bits, black {black}, white {white}); {:.1} % at or below black, {:.1} % at or above white; saturation {:.1} on average, {} at most",
            self.luma.share(0.0),
            self.luma.share(1.0),
            self.luma.average(),
            share(&counts[..=black]),
            share(&counts[white..]),
            self.saturation.average(),
            self.saturation.share(1.0),
        )
    }
}

/// What a film's picture and sound are measured to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Scopes {
    /// The picture's number, in a project.
    pub frame: Option<u64>,
    /// The second at which it is on.
    pub seconds: f64,
    /// The picture's levels, if there is a picture.
    pub picture: Option<PictureScopes>,
    /// How loud all of the sound is, if there is sound.
    pub sound: Option<Loudness>,
}

impl Scopes {
    /// Of a finished file: the picture that is on at this second, and all of its sound.
    ///
    /// # Errors
    /// When the file cannot be read or is no media.
    pub fn of_file(file: &Path, seconds: f64) -> Result<Self, SessionError> {
        let facts = probe(file).map_err(unreadable)?;
        let picture = match &facts.video {
            None => None,
            Some(video) if video.still => {
                let still = read_still(file).map_err(unreadable)?;
                // Its colours are premultiplied: on black already.
                let opaque = still
                    .rgba
                    .chunks_exact(4)
                    .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]);
                Some(PictureScopes::of_picture(&FramePicture {
                    number: 0,
                    size: Size::new(still.width, still.height),
                    rgba: opaque.collect(),
                }))
            }
            Some(_) if seconds > facts.duration => {
                return Err(SessionError::Asked(format!(
                    "`{}` lasts {:.3} s, and {seconds} s lie behind its end",
                    file.display(),
                    facts.duration
                )));
            }
            Some(_) => {
                let mut reader = VideoReader::open(file).map_err(unreadable)?;
                let frame = reader.frame_at(seconds).map_err(unreadable)?;
                Some(PictureScopes::of_frame(&frame))
            }
        };
        let sound = match facts.audio {
            None => None,
            Some(_) => Some(sound_of(file, facts.duration)?),
        };
        Ok(Self {
            frame: None,
            seconds,
            picture,
            sound,
        })
    }

    /// Both as data.
    pub fn to_json(&self) -> Value {
        json!({
            "frame": self.frame,
            "seconds": self.seconds,
            "picture": self.picture.as_ref().map(PictureScopes::to_json),
            "sound": self.sound.as_ref().map(loudness_json),
        })
    }

    /// Waveform and vectorscope above, histogram and loudness below.
    pub fn draw(&self) -> FramePicture {
        let mut sheet = Sheet::new();
        if let Some(picture) = &self.picture {
            sheet.waveform(&picture.waveform);
            sheet.vectors(&picture.vectors);
            let [red, green, blue] = &picture.colors;
            sheet.histogram(&picture.luma.0, [red, green, blue]);
        }
        if let Some(sound) = &self.sound {
            sheet.loudness(&sound.momentary, &sound.short_term);
        }
        sheet.done()
    }
}

fn sound_of(file: &Path, seconds: f64) -> Result<Loudness, SessionError> {
    let mut reader = SoundReader::open(file, 1.0).map_err(unreadable)?;
    let samples = (seconds * f64::from(SAMPLE_RATE)).round() as u64;
    let mut meter = LoudnessMeter::new();
    for start in (0..samples).step_by(PIECE as usize) {
        let mut piece = vec![0.0; 2 * PIECE.min(samples - start) as usize];
        reader.read(start, &mut piece).map_err(unreadable)?;
        meter.hear(&piece);
    }
    Ok(meter.told())
}

fn loudness_json(sound: &Loudness) -> Value {
    let tenth = |value: f64| (value * 100.0).round() / 100.0;
    let all =
        |values: &[Option<f64>]| -> Value { values.iter().map(|value| value.map(tenth)).collect() };
    json!({
        "integrated": sound.integrated.map(tenth),
        "range": tenth(sound.range),
        "truePeak": sound.true_peak.map(tenth),
        "step": 0.1,
        "momentary": all(&sound.momentary),
        "shortTerm": all(&sound.short_term),
    })
}

impl Session {
    /// The scopes of the project's film: of the frame that is on at this second, and of all
    /// of its sound.
    ///
    /// # Errors
    /// When the project or a file of it is at fault, or there is no such frame.
    pub fn scopes(&self, seconds: f64) -> Result<Scopes, SessionError> {
        let mut view = self.view(None)?;
        let wanted = Wanted::Time(seconds);
        let number = view.list(&wanted)?.last();
        let picture = PictureScopes::of_picture(&view.draw(number)?);
        let sound = heard(self, &view)?;
        let fps = view.header().fps;
        Ok(Scopes {
            frame: Some(number),
            seconds: fps.seconds(number),
            picture: Some(picture),
            sound,
        })
    }
}

/// How loud a film is; none if nothing is to be heard in it.
fn heard(session: &Session, view: &FrameView<'_>) -> Result<Option<Loudness>, SessionError> {
    let film = view.film();
    let cues = film.sounds();
    if cues.is_empty() {
        return Ok(None);
    }
    let fps = film.header().fps;
    let measured = Measured {
        fps,
        samples: sample_at(film.frames(), fps, SAMPLE_RATE),
        store: &**session.library(),
        on_missing: session.script().on_missing,
    };
    Ok(Some(measure(&cues, &measured)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, colors: &[[u8; 4]]) -> FramePicture {
        FramePicture {
            number: 0,
            size: Size::new(width, colors.len() as u32 / width),
            rgba: colors.concat(),
        }
    }

    #[test]
    fn bars_have_the_levels_of_bt_709() {
        // Rec. ITU-R BT.709, 100 % colours of 8 bits.
        for (rgb, levels) in [
            ([255, 255, 255], [235, 128, 128]),
            ([0, 0, 0], [16, 128, 128]),
            ([255, 0, 0], [63, 102, 240]),
            ([0, 255, 0], [173, 42, 26]),
            ([0, 0, 255], [32, 240, 118]),
        ] {
            let [r, g, b] = rgb;
            let scopes = PictureScopes::of_picture(&picture(1, &[[r, g, b, 255]]));
            let found = [&scopes.luma, &scopes.blue, &scopes.red].map(|level| level.share(1.0));
            assert_eq!(found, levels, "{rgb:?}");
            let making = Making::of(Matrix::Bt709, false);
            for (made, wanted) in making.rgb(found).into_iter().zip(rgb) {
                assert!(made.abs_diff(wanted) <= 2, "{made} {wanted}");
            }
        }
    }

    #[test]
    fn shares_and_columns_are_counted() {
        let (black, white) = ([0, 0, 0, 255], [255, 255, 255, 255]);
        // What is transparent is on black.
        let scopes =
            PictureScopes::of_picture(&picture(2, &[black, white, [255, 255, 255, 0], white]));
        let luma = scopes.luma.to_json();
        assert_eq!(
            luma,
            json!({"min": 16, "low": 16, "average": 125.5, "high": 235, "max": 235})
        );
        let width = PANEL.width as usize;
        assert_eq!(scopes.waveform[0][16], 2);
        assert_eq!(scopes.waveform[width / 2][235], 2);
        assert_eq!(scopes.vectors[127 * 256 + 128], 4);
        assert_eq!(scopes.colors[0][0], 2);
        assert!(
            scopes
                .summary()
                .contains("50.0 % at or below black, 50.0 % at or above white")
        );
    }
}
