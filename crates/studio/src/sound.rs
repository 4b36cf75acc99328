use std::ops::Range;

use bytes::Bytes;
use kinora_film::sample_at;
use kinora_media::SAMPLE_RATE;
use kinora_worker::{SoundMixer, WorkerError, mix_sound};

use crate::{desk::Desk, take::Take};

/// Samples that are mixed for one answer at most: ten seconds.
pub const MOST_SAMPLES: u64 = 10 * SAMPLE_RATE as u64;
/// Samples of a peak: a fiftieth of a second.
const PEAK: u64 = SAMPLE_RATE as u64 / 50;

/// How many samples the film lasts.
pub fn length(take: &Take) -> u64 {
    sample_at(take.film.frames(), take.film.header().fps, SAMPLE_RATE)
}

/// Interleaved stereo of 16 bits, little-endian, at 48 kHz: these samples, as far as the
/// film has them.
///
/// # Errors
/// When a file cannot be decoded.
pub fn samples(desk: &Desk, take: &Take, range: Range<u64>) -> Result<Bytes, WorkerError> {
    let end = range.end.min(range.start + MOST_SAMPLES).min(length(take));
    let range = range.start.min(end)..end;
    let mut mixer = desk.mixer.lock().expect("no holder of the lock panics");
    let mixed = mix(take, range, &mut mixer)?;
    Ok(mixed
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect())
}

/// How loud the film is: the largest sample of each fiftieth of a second, 255 at most.
///
/// # Errors
/// When a file cannot be decoded.
pub fn peaks(take: &Take) -> Result<Bytes, WorkerError> {
    if let Some(known) = take.peaks.get() {
        return Ok(known.clone());
    }
    let (length, mut mixer) = (length(take), SoundMixer::new());
    let mut peaks = Vec::with_capacity((length / PEAK) as usize + 1);
    for start in (0..length).step_by((MOST_SAMPLES / PEAK * PEAK) as usize) {
        let mixed = mix(
            take,
            start..length.min(start + MOST_SAMPLES / PEAK * PEAK),
            &mut mixer,
        )?;
        for part in mixed.chunks(2 * PEAK as usize) {
            let largest = part.iter().map(|sample| sample.unsigned_abs()).max();
            peaks.push((largest.unwrap_or(0) >> 7).min(255) as u8);
        }
    }
    let peaks = Bytes::from(peaks);
    Ok(take.peaks.get_or_init(|| peaks).clone())
}

fn mix(take: &Take, range: Range<u64>, mixer: &mut SoundMixer) -> Result<Vec<i16>, WorkerError> {
    let store = &**take.session.library();
    mix_sound(
        &take.film.sounds(),
        take.film.header().fps,
        range,
        store,
        mixer,
    )
}
