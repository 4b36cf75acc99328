use crate::{
    Damage, MediaError, MediaSource, SAMPLE_RATE, mixdown::Resampler, sound_line::SoundLine,
    tempo::Tempo,
};

/// Reads the sound of a file as interleaved stereo at [`SAMPLE_RATE`].
///
/// A sample's value depends on the file, the tempo and the sample's number alone,
/// never on what was read before. To make that true to the last bit although
/// decoders and resamplers carry state on, sound is decoded in blocks of
/// [`BLOCK`] seconds, each by a new decoder that begins [`LEAD`] seconds earlier.
/// Files whose container does not give exact positions after a seek, and sound
/// whose speed is changed, are decoded from their start instead: there a step
/// back costs decoding all that lies before.
pub struct SoundReader {
    plain: Plain,
    tempo: Option<Stretched>,
}

/// How fast a sound is heard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// Seconds of the file that are heard in one second, 0.01 to 100.
    pub rate: f64,
    /// Whether the pitch stays as it is; else it rises and falls with the rate, as that of a
    /// tape does.
    pub keeps_pitch: bool,
}

impl From<f64> for Speed {
    fn from(rate: f64) -> Self {
        Self {
            rate,
            keeps_pitch: true,
        }
    }
}

/// Seconds decoded by one decoder.
const BLOCK: u64 = 10;

/// Seconds by which a block's decoder begins earlier, to have settled.
const LEAD: u64 = 1;

/// The slowest and fastest tempo.
const RATES: std::ops::RangeInclusive<f64> = 0.01..=100.0;

impl SoundReader {
    /// Opens the first sound stream of a file, heard at this speed (a number alone keeps
    /// the pitch).
    ///
    /// # Errors
    /// When the file cannot be read, has no sound, no decoder is known, or the rate is
    /// not within `0.01..=100`.
    pub fn open(
        source: impl Into<MediaSource>,
        speed: impl Into<Speed>,
    ) -> Result<Self, MediaError> {
        Self::open_with(&source.into(), speed.into(), None)
    }

    /// The same with the file begun again after `seconds` of it, over and over and
    /// without a seam: its samples are those of a file written out so.
    ///
    /// # Errors
    /// As [`SoundReader::open`].
    pub fn open_loop(
        source: impl Into<MediaSource>,
        speed: impl Into<Speed>,
        seconds: f64,
    ) -> Result<Self, MediaError> {
        Self::open_with(&source.into(), speed.into(), Some(seconds))
    }

    fn open_with(
        source: &MediaSource,
        speed: Speed,
        loops: Option<f64>,
    ) -> Result<Self, MediaError> {
        let rate = speed.rate;
        if !RATES.contains(&rate) {
            return Err(MediaError::Settings(format!(
                "sound can be played at `{}` to `{}` times its speed, got `{rate}`",
                RATES.start(),
                RATES.end()
            )));
        }
        let line = SoundLine::open(source, loops)?;
        Ok(match speed.keeps_pitch {
            true => Self {
                plain: Plain::new(line, 1.0)?,
                tempo: match rate {
                    1.0 => None,
                    _ => Some(Stretched::new(rate)?),
                },
            },
            false => Self {
                plain: Plain::new(line, rate)?,
                tempo: None,
            },
        })
    }

    /// Fills `out` (interleaved stereo, so an even length) with the sound from
    /// sample `from` on, counted at [`SAMPLE_RATE`] after the change of tempo.
    /// After the end there is silence.
    ///
    /// # Errors
    /// When `out` has an odd length or the file cannot be read on.
    pub fn read(&mut self, from: u64, out: &mut [f32]) -> Result<(), MediaError> {
        if !out.len().is_multiple_of(2) {
            return Err(MediaError::Settings(format!(
                "stereo sound comes in pairs, not in `{}` values",
                out.len()
            )));
        }
        let heard = match &mut self.tempo {
            None => self.plain.read(from, out)?,
            Some(tempo) => tempo.read(&mut self.plain, from, out)?,
        };
        out[2 * heard..].fill(0.0);
        Ok(())
    }

    /// The first fault of the file that what was read so far met.
    pub fn damage(&self) -> Option<Damage> {
        self.plain.line.damage()
    }
}

impl std::fmt::Debug for SoundReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoundReader").finish_non_exhaustive()
    }
}

/// Consecutive samples at hand, interleaved.
#[derive(Default)]
struct Window {
    /// Number of the first one.
    start: u64,
    samples: Vec<f32>,
}

impl Window {
    fn end(&self) -> u64 {
        self.start + self.samples.len() as u64 / 2
    }

    /// Lets go of what lies before `from`.
    fn forget_before(&mut self, from: u64) {
        let count = from.min(self.end()).saturating_sub(self.start);
        self.samples.drain(..2 * count as usize);
        self.start += count;
    }

    /// Moves samples from `from` on into `out`; how many.
    fn copy(&mut self, from: u64, out: &mut [f32]) -> usize {
        self.forget_before(from);
        if self.start != from {
            return 0;
        }
        let count = out.len().min(self.samples.len());
        out[..count].copy_from_slice(&self.samples[..count]);
        self.forget_before(from + count as u64 / 2);
        count / 2
    }
}

/// Sound at its own tempo, or played faster or slower as it is.
struct Plain {
    line: SoundLine,
    speed: f64,
    resampler: Resampler,
    window: Window,
    /// The block that `window` continues.
    block: u64,
    ended: bool,
    /// Samples in a block.
    length: u64,
    scratch: Vec<f32>,
}

impl Plain {
    fn new(line: SoundLine, speed: f64) -> Result<Self, MediaError> {
        // At another speed no second of the file falls on a sample but the first.
        let length = if line.seeks_exactly() && speed == 1.0 {
            BLOCK * u64::from(SAMPLE_RATE)
        } else {
            u64::MAX
        };
        Ok(Self {
            resampler: Resampler::at_speed(line.rate(), speed, SAMPLE_RATE)?,
            line,
            speed,
            window: Window::default(),
            block: 0,
            ended: false,
            length,
            scratch: Vec::new(),
        })
    }

    /// Fills `out` from sample `from` on as far as there is sound; how many samples.
    fn read(&mut self, from: u64, out: &mut [f32]) -> Result<usize, MediaError> {
        let mut done = 0;
        while 2 * done < out.len() {
            let at = from.saturating_add(done as u64);
            let block = at / self.length;
            let left = (self.length - at % self.length).min((out.len() / 2 - done) as u64);
            let part = &mut out[2 * done..][..2 * left as usize];
            let count = self.read_block(block, at, part)?;
            done += count;
            if count < left as usize {
                break;
            }
        }
        Ok(done)
    }

    fn read_block(&mut self, block: u64, from: u64, out: &mut [f32]) -> Result<usize, MediaError> {
        if block != self.block || from < self.window.start {
            self.begin(block)?;
        }
        let mut done = 0;
        loop {
            done += self.window.copy(from + done as u64, &mut out[2 * done..]);
            if 2 * done == out.len() || self.ended {
                return Ok(done);
            }
            self.decode()?;
        }
    }

    fn begin(&mut self, block: u64) -> Result<(), MediaError> {
        let second = (block * BLOCK).saturating_sub(LEAD);
        self.line.start(second)?;
        self.resampler = Resampler::at_speed(self.line.rate(), self.speed, SAMPLE_RATE)?;
        self.block = block;
        self.ended = false;
        self.window.start = second * u64::from(SAMPLE_RATE);
        self.window.samples.clear();
        Ok(())
    }

    fn decode(&mut self) -> Result<(), MediaError> {
        if self.line.next(&mut self.scratch)? {
            self.resampler.add(&self.scratch, &mut self.window.samples)
        } else {
            self.ended = true;
            self.resampler.end(&mut self.window.samples)
        }
    }
}

/// Sound at another tempo, always made from the start.
struct Stretched {
    rate: f64,
    tempo: Tempo,
    window: Window,
    /// Samples of the plain sound taken so far.
    taken: u64,
    ended: bool,
}

/// Samples handed to the filter at a time.
const CHUNK: usize = 4096;

impl Stretched {
    fn new(rate: f64) -> Result<Self, MediaError> {
        Ok(Self {
            rate,
            tempo: Tempo::new(rate)?,
            window: Window::default(),
            taken: 0,
            ended: false,
        })
    }

    fn read(&mut self, plain: &mut Plain, from: u64, out: &mut [f32]) -> Result<usize, MediaError> {
        if from < self.window.start {
            *self = Self::new(self.rate)?;
        }
        let mut done = 0;
        loop {
            done += self.window.copy(from + done as u64, &mut out[2 * done..]);
            if 2 * done == out.len() || self.ended {
                return Ok(done);
            }
            let mut chunk = [0.0; 2 * CHUNK];
            let count = plain.read(self.taken, &mut chunk)?;
            self.taken += count as u64;
            let samples = &mut self.window.samples;
            self.tempo.add_samples(&chunk[..2 * count], samples)?;
            if count < CHUNK {
                self.ended = true;
                self.tempo.end(samples)?;
            }
        }
    }
}
