use std::ops::Range;

use kinora_film::{AssetId, Fps, SoundCue, sample_at};
use kinora_media::{SAMPLE_RATE, SoundReader};

use crate::{AssetStore, Content, WorkerError};

/// Open readers that a mixer keeps at most; the least recently used go.
const MOST_READERS: usize = 24;

struct Open {
    id: AssetId,
    rate: u64,
    /// The sample after the last one read.
    position: u64,
    reader: SoundReader,
    used: u64,
}

/// Open sound readers, kept between calls of [`mix_sound`] so that sound mixed
/// piece by piece is decoded straight on and memory stays flat.
///
/// What a mixer was used for before never shows in a result.
#[derive(Default)]
pub struct SoundMixer {
    open: Vec<Open>,
    calls: u64,
}

impl SoundMixer {
    /// A mixer with no reader open.
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader of the file at this rate: the one that stands at `from`, else
    /// one not used in this call, else a new one.
    fn reader(
        &mut self,
        cue: &SoundCue,
        from: u64,
        store: &dyn AssetStore,
    ) -> Result<&mut Open, WorkerError> {
        let rate = cue.rate.to_bits();
        let of_file = |open: &Open| open.id == cue.asset && open.rate == rate;
        let at_hand = self
            .open
            .iter()
            .position(|open| of_file(open) && open.position == from)
            .or_else(|| {
                let idle = |open: &Open| of_file(open) && open.used != self.calls;
                self.open.iter().position(idle)
            });
        let index = match at_hand {
            Some(index) => index,
            None => self.add(cue, store)?,
        };
        self.open[index].used = self.calls;
        Ok(&mut self.open[index])
    }

    fn add(&mut self, cue: &SoundCue, store: &dyn AssetStore) -> Result<usize, WorkerError> {
        if self.open.len() >= MOST_READERS
            && let Some(oldest) = (0..self.open.len()).min_by_key(|index| self.open[*index].used)
        {
            self.open.swap_remove(oldest);
        }
        let id = cue.asset;
        let asset = store
            .find(id)
            .map_err(|source| WorkerError::Store { id, source })?;
        let Content::File(path) = &asset.content else {
            unreachable!("sounds are always files");
        };
        let reader = SoundReader::open(path, cue.rate).map_err(|source| {
            let name = asset.name.clone();
            WorkerError::Asset { name, source }
        })?;
        self.open.push(Open {
            id,
            rate: cue.rate.to_bits(),
            position: 0,
            reader,
            used: 0,
        });
        Ok(self.open.len() - 1)
    }
}

/// What 1 is in 16 bits: sound of 16 bits that plays alone comes out unchanged.
const FULL: f32 = 32_768.0;

/// Mixes the samples `range` (counted from frame 0, at 48 kHz) of all cues into
/// interleaved 16-bit stereo.
///
/// Sixteen bits are what travels between workers, so a film sounds the same to the
/// bit whether its sound was mixed in one place or in many. [`as_floats`] gives
/// them as an encoder takes them.
///
/// Each cue sounds from the first sample of its first frame to the first sample
/// of the frame after its last one, so neighbouring ranges join without a seam,
/// and any division into ranges gives the same samples.
///
/// # Errors
/// When a file cannot be had or decoded; the message names the file and frames.
pub fn mix_sound(
    cues: &[SoundCue],
    fps: Fps,
    range: Range<u64>,
    store: &dyn AssetStore,
    mixer: &mut SoundMixer,
) -> Result<Vec<i16>, WorkerError> {
    mixer.calls += 1;
    let mut mix = vec![0.0; 2 * (range.end - range.start) as usize];
    let mut heard = Vec::new();
    for cue in cues {
        let start = sample_at(cue.frames.start, fps, SAMPLE_RATE).max(range.start);
        let end = sample_at(cue.frames.end, fps, SAMPLE_RATE).min(range.end);
        // Samples before the file's own beginning are silence.
        let shift = shift(cue, fps);
        let start = start.max(u64::try_from(-shift).unwrap_or(0));
        if start >= end || cue.volume == 0.0 {
            continue;
        }
        let from = start.wrapping_add_signed(shift);
        heard.resize(2 * (end - start) as usize, 0.0);
        let open = mixer.reader(cue, from, store)?;
        if let Err(source) = open.reader.read(from, &mut heard) {
            let name = store
                .find(cue.asset)
                .map_or_else(|_| cue.asset.to_string(), |asset| asset.name);
            let frames = cue.frames.clone();
            return Err(WorkerError::Sound {
                name,
                frames,
                source,
            });
        }
        open.position = from + (end - start);
        let volume = cue.volume as f32;
        let target = &mut mix[2 * (start - range.start) as usize..];
        for (sum, sample) in target.iter_mut().zip(&heard) {
            *sum += sample * volume;
        }
    }
    // Going over to whole numbers clips what does not fit.
    let whole = |sample: f32| (sample * FULL).round() as i16;
    Ok(mix.into_iter().map(whole).collect())
}

/// The samples within −1 to 1, as encoders take them.
pub fn as_floats(samples: &[i16]) -> Vec<f32> {
    samples
        .iter()
        .map(|sample| f32::from(*sample) / FULL)
        .collect()
}

/// How far the file's samples (at the cue's rate) lie ahead of the film's. It is
/// counted from the exact start of the first frame, so that cues of one source
/// that follow each other read its samples without a gap or an overlap.
fn shift(cue: &SoundCue, fps: Fps) -> i64 {
    let seconds = cue.time / cue.rate - fps.seconds(cue.frames.start);
    (seconds * f64::from(SAMPLE_RATE)).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(start: u64, time: f64, rate: f64) -> SoundCue {
        SoundCue {
            asset: AssetId::of(b"beat"),
            frames: start..start + 1,
            time,
            rate,
            volume: 1.0,
        }
    }

    #[test]
    fn cues_of_an_even_source_have_one_shift() {
        let fps = Fps::new(29.97).unwrap();
        for rate in [1.0, 1.5, 0.7] {
            let first = shift(&cue(7, 3.21, rate), fps);
            for frame in 8..20_000 {
                let time = 3.21 + (fps.seconds(frame) - fps.seconds(7)) * rate;
                assert_eq!(shift(&cue(frame, time, rate), fps), first, "frame {frame}");
            }
        }
    }
}
