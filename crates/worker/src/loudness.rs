use ebur128::{EbuR128, Mode};
use kinora_film::{Fps, SoundCue};
use kinora_media::SAMPLE_RATE;

use crate::{AssetStore, SoundMixer, WorkerError, as_floats, mix_sound};

/// Samples measured at once.
const PIECE: u64 = 10 * SAMPLE_RATE as u64;

/// The most that a quiet film is made louder by, in decibels: what lies lower is a noise
/// floor more often than a film.
const MOST_GAIN: f64 = 20.0;

/// The cues of a film as loud as it is to be: their volumes times one factor that brings the
/// integrated loudness of its first `samples` samples to `target` LUFS (EBU R 128, ITU-R
/// BS.1770-4), but at most 20 dB up. A film without a sound that the measure counts stays as
/// it is.
///
/// The sound is mixed once more for it.
///
/// # Errors
/// As for [`mix_sound`].
pub fn at_loudness(
    cues: Vec<SoundCue>,
    fps: Fps,
    samples: u64,
    target: f64,
    store: &dyn AssetStore,
) -> Result<Vec<SoundCue>, WorkerError> {
    let Some(found) = loudness(&cues, fps, samples, store)? else {
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
pub fn loudness(
    cues: &[SoundCue],
    fps: Fps,
    samples: u64,
    store: &dyn AssetStore,
) -> Result<Option<f64>, WorkerError> {
    let mut meter = EbuR128::new(2, SAMPLE_RATE, Mode::I).expect("stereo at 48 kHz is measured");
    let mut mixer = SoundMixer::new();
    let mut next = 0;
    while next < samples {
        let end = (next + PIECE).min(samples);
        let mix = as_floats(&mix_sound(cues, fps, next..end, store, &mut mixer)?);
        let taken = meter.add_frames_f32(&mix);
        taken.expect("pairs of samples are measured");
        next = end;
    }
    let found = meter.loudness_global().ok();
    Ok(found.filter(|found| found.is_finite()))
}
