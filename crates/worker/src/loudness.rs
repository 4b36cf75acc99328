use ebur128::{EbuR128, Mode};
use kinora_film::{Fps, OnMissing, SoundCue};
use kinora_media::SAMPLE_RATE;

use crate::{AssetStore, SoundMixer, WorkerError, as_floats, mix_sound};

/// Samples measured at once.
const PIECE: u64 = 10 * SAMPLE_RATE as u64;

/// The most that a quiet film is made louder by, in decibels: what lies lower is a noise
/// floor more often than a film.
const MOST_GAIN: f64 = 20.0;

/// How much of a film is measured, and where its files are.
#[derive(Clone, Copy)]
pub struct Measured<'a> {
    /// The film's frame rate.
    pub fps: Fps,
    /// How many samples, from the first on.
    pub samples: u64,
    /// Gives the files.
    pub store: &'a dyn AssetStore,
    /// What becomes of files that cannot be read.
    pub on_missing: OnMissing,
}

impl Measured<'_> {
    /// Mixes the cues and gives the mix on, piece by piece.
    fn hear(&self, cues: &[SoundCue], mut meter: impl FnMut(&[f32])) -> Result<(), WorkerError> {
        let mut mixer = SoundMixer::new().on_missing(self.on_missing);
        for start in (0..self.samples).step_by(PIECE as usize) {
            let end = (start + PIECE).min(self.samples);
            let mix = mix_sound(cues, self.fps, start..end, self.store, &mut mixer)?;
            meter(&as_floats(&mix));
        }
        Ok(())
    }
}

/// The cues of a film as loud as it is to be: their volumes times one factor that brings the
/// integrated loudness of its samples to `target` LUFS (EBU R 128, ITU-R
/// BS.1770-4), but at most 20 dB up. A film without a sound that the measure counts stays as
/// it is.
///
/// The sound is mixed once more for it.
///
/// # Errors
/// As for [`mix_sound`].
pub fn at_loudness(
    cues: Vec<SoundCue>,
    target: f64,
    heard: &Measured<'_>,
) -> Result<Vec<SoundCue>, WorkerError> {
    let Some(found) = loudness(&cues, heard)? else {
        return Ok(cues);
    };
    let gain = 10.0f64.powf((target - found).min(MOST_GAIN) / 20.0);
    let louder = |cue: SoundCue| SoundCue {
        volume: cue.volume.times(gain),
        ..cue
    };
    Ok(cues.into_iter().map(louder).collect())
}

/// The integrated loudness of a film's first samples in LUFS; none if nothing is loud
/// enough to count.
///
/// # Errors
/// As for [`mix_sound`].
pub fn loudness(cues: &[SoundCue], heard: &Measured<'_>) -> Result<Option<f64>, WorkerError> {
    let mut meter = EbuR128::new(2, SAMPLE_RATE, Mode::I).expect("stereo at 48 kHz is measured");
    heard.hear(cues, |mix| {
        let taken = meter.add_frames_f32(mix);
        taken.expect("pairs of samples are measured");
    })?;
    let found = meter.loudness_global().ok();
    Ok(found.filter(|found| found.is_finite()))
}

/// How loud a sound is (EBU R 128), and how that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Loudness {
    /// The integrated loudness in LUFS; none if nothing is loud enough to count.
    pub integrated: Option<f64>,
    /// The loudness range in LU (EBU Tech 3342).
    pub range: f64,
    /// The loudest that either channel is at a sample or between samples, in dBTP; none of
    /// silence.
    pub true_peak: Option<f64>,
    /// The loudness of the last 400 ms in LUFS at the end of each tenth of a second; what is
    /// before the start counts as silence, of which there is none.
    pub momentary: Vec<Option<f64>>,
    /// The same of the last three seconds.
    pub short_term: Vec<Option<f64>>,
}

/// Measures sound as it comes.
pub struct LoudnessMeter {
    meter: EbuR128,
    momentary: Vec<Option<f64>>,
    short_term: Vec<Option<f64>>,
    /// Pairs of samples since the last tenth of a second.
    since: usize,
}

/// Pairs of samples of a tenth of a second.
const TENTH: usize = SAMPLE_RATE as usize / 10;

impl LoudnessMeter {
    /// A meter of interleaved stereo at 48 kHz that has heard nothing.
    pub fn new() -> Self {
        let mode = Mode::I | Mode::M | Mode::S | Mode::LRA | Mode::TRUE_PEAK;
        Self {
            meter: EbuR128::new(2, SAMPLE_RATE, mode).expect("stereo at 48 kHz is measured"),
            momentary: Vec::new(),
            short_term: Vec::new(),
            since: 0,
        }
    }

    /// Hears what follows: pairs of samples.
    pub fn hear(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() {
            let pairs = (samples.len() / 2).min(TENTH - self.since).max(1);
            let (now, later) = samples.split_at((2 * pairs).min(samples.len()));
            let taken = self.meter.add_frames_f32(now);
            taken.expect("pairs of samples are measured");
            self.since += pairs;
            samples = later;
            if self.since == TENTH {
                self.since = 0;
                self.momentary.push(known(self.meter.loudness_momentary()));
                self.short_term.push(known(self.meter.loudness_shortterm()));
            }
        }
    }

    /// What was heard.
    pub fn told(self) -> Loudness {
        let peaks = (0..2).filter_map(|channel| self.meter.true_peak(channel).ok());
        let peak = peaks.fold(0.0, f64::max);
        Loudness {
            integrated: known(self.meter.loudness_global()),
            range: self.meter.loudness_range().unwrap_or(0.0),
            true_peak: (peak > 0.0).then(|| 20.0 * peak.log10()),
            momentary: self.momentary,
            short_term: self.short_term,
        }
    }
}

impl Default for LoudnessMeter {
    fn default() -> Self {
        Self::new()
    }
}

fn known(measured: Result<f64, ebur128::Error>) -> Option<f64> {
    measured.ok().filter(|measured| measured.is_finite())
}

/// How loud a film's first samples are.
///
/// # Errors
/// As for [`mix_sound`].
pub fn measure(cues: &[SoundCue], heard: &Measured<'_>) -> Result<Loudness, WorkerError> {
    let mut meter = LoudnessMeter::new();
    heard.hear(cues, |mix| meter.hear(mix))?;
    Ok(meter.told())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sine of this amplitude and frequency, the same on both channels.
    fn sine(amplitude: f64, hertz: f64, seconds: f64) -> Vec<f32> {
        let count = (seconds * f64::from(SAMPLE_RATE)) as usize;
        let sample = |index: usize| {
            let turn = hertz * index as f64 / f64::from(SAMPLE_RATE);
            (amplitude * (turn * std::f64::consts::TAU).sin()) as f32
        };
        (0..count).flat_map(|index| [sample(index); 2]).collect()
    }

    #[test]
    fn a_tone_of_ebu_tech_3341_is_as_loud_as_it_says() {
        // Case 1: 1000 Hz on both channels at -23 dBFS is -23 LUFS.
        let tone = sine(10.0f64.powf(-23.0 / 20.0), 1000.0, 20.0);
        for piece in [2, 1000, 96_000] {
            let mut meter = LoudnessMeter::new();
            tone.chunks(piece).for_each(|samples| meter.hear(samples));
            let told = meter.told();
            let near = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 0.1;
            assert!(near(told.integrated, -23.0), "{told:?}");
            assert!(near(told.true_peak, -23.0), "{:?}", told.true_peak);
            assert!(told.range < 0.1);
            assert_eq!(told.momentary.len(), 200);
            assert!(near(told.momentary[3], -23.0) && near(told.short_term[30], -23.0));
        }
    }

    #[test]
    fn the_range_is_that_of_ebu_tech_3342() {
        // Case 1: 20 s at -20 dBFS, then 20 s at -30 dBFS, is 10 LU, give or take 1.
        let mut meter = LoudnessMeter::new();
        meter.hear(&sine(0.1, 1000.0, 20.0));
        meter.hear(&sine(0.1f64.powf(1.5), 1000.0, 20.0));
        let told = meter.told();
        assert!((told.range - 10.0).abs() < 1.0, "{}", told.range);
    }

    #[test]
    fn silence_has_no_loudness() {
        let mut meter = LoudnessMeter::new();
        meter.hear(&sine(0.0, 1000.0, 1.0));
        let told = meter.told();
        assert_eq!(
            (told.integrated, told.true_peak, told.range),
            (None, None, 0.0)
        );
        assert_eq!(told.momentary, [None; 10]);
    }
}
