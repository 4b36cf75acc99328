use std::{collections::HashMap, ops::Range};

use kinora_film::{AssetId, Fps, FrameRange, OnMissing, SoundCue, Volume, sample_at};
use kinora_media::{MediaError, SAMPLE_RATE, SoundReader, Speed};

use crate::{
    AssetStore, DamagedFile, WorkerError,
    limiter::{Ceiling, MARGIN, limit},
};

/// Open readers that a mixer keeps at most; the least recently used go. Each holds a
/// file open, of which systems allow some hundreds.
const MOST_READERS: usize = 192;

/// Calls after which a reader that nobody used is closed.
const IDLE_CALLS: u64 = 8;

struct Open {
    source: Source,
    /// The sample after the last one read.
    position: u64,
    reader: SoundReader,
    used: u64,
}

/// What decides on a reader's samples: the file, the bits of its rate, whether its pitch is
/// kept, and the bits of its loop.
type Source = (AssetId, u64, bool, Option<u64>);

fn source_of(cue: &SoundCue) -> Source {
    let loops = cue.loops.map(f64::to_bits);
    (cue.asset, cue.rate.to_bits(), cue.keeps_pitch, loops)
}

/// Open sound readers, kept between calls of [`mix_sound`] so that sound mixed
/// piece by piece is decoded straight on and memory stays flat.
///
/// What a mixer was used for before never shows in a result.
#[derive(Default)]
pub struct SoundMixer {
    open: Vec<Open>,
    calls: u64,
    damaged: Vec<DamagedFile>,
    on_missing: OnMissing,
    /// The sample from which a source could not be read on: nothing is heard of it.
    lost: HashMap<Source, u64>,
    tail: Option<Tail>,
    ceiling: Ceiling,
}

/// The end of what was mixed last, before anything was taken back.
struct Tail {
    cues: Vec<SoundCue>,
    fps: Fps,
    /// The sample after the last one.
    end: u64,
    samples: Vec<f32>,
}

impl Tail {
    /// Whether the sound of these cues goes on at its end, at this sample.
    fn goes_on(&self, cues: &[SoundCue], fps: Fps, at: u64) -> bool {
        self.end == at && self.fps == fps && self.cues == cues
    }
}

impl SoundMixer {
    /// A mixer with no reader open.
    pub fn new() -> Self {
        Self::default()
    }

    /// A mixer of sound that is nowhere louder than this.
    pub fn below(ceiling: Ceiling) -> Self {
        Self {
            ceiling,
            ..Self::default()
        }
    }

    /// The same of which files that cannot be read are silent, unless they are errors.
    pub fn on_missing(self, on_missing: OnMissing) -> Self {
        Self { on_missing, ..self }
    }

    /// Goes on without a file, unless that is an error.
    fn lose(&mut self, cue: &SoundCue, from: u64, (name, fault): (&str, &MediaError)) -> bool {
        if self.on_missing == OnMissing::Error {
            return false;
        }
        let time = from as f64 / f64::from(SAMPLE_RATE) * cue.rate;
        DamagedFile::lost(name, time, fault).add(&mut self.damaged);
        let place = self.lost.entry(source_of(cue)).or_insert(from);
        *place = from.min(*place);
        true
    }

    /// The files that were found broken so far, and where.
    pub fn damaged(&self) -> &[DamagedFile] {
        &self.damaged
    }

    /// Begins a call: what has not been used for long is closed.
    fn begin(&mut self) {
        self.calls += 1;
        let calls = self.calls;
        self.open.retain(|open| calls - open.used <= IDLE_CALLS);
    }

    /// A reader of the file at this rate: the one that stands at `from`, else
    /// one not used in this call, else a new one.
    fn reader(
        &mut self,
        cue: &SoundCue,
        from: u64,
        store: &dyn AssetStore,
    ) -> Result<&mut Open, WorkerError> {
        let source = source_of(cue);
        let of_file = |open: &Open| open.source == source;
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
        let source = asset.media().expect("only fonts are in memory");
        let speed = Speed {
            rate: cue.rate,
            keeps_pitch: cue.keeps_pitch,
        };
        let reader = match cue.loops {
            Some(seconds) => SoundReader::open_loop(&source, speed, seconds),
            None => SoundReader::open(&source, speed),
        };
        let reader = reader.map_err(|source| {
            let name = asset.name.clone();
            WorkerError::Asset { name, source }
        })?;
        self.open.push(Open {
            source: source_of(cue),
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
/// and any division into ranges gives the same samples. What would be louder than full
/// scale is taken back; the rest is left as it is.
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
    let margin = MARGIN as u64;
    // What lies around the range decides with it. Where the range goes on from the one
    // before, half of that is at hand, and files are read straight on.
    let mut tail = match mixer.tail.take() {
        Some(tail) if tail.goes_on(cues, fps, range.start + margin) => tail,
        _ => Tail {
            cues: cues.to_vec(),
            fps,
            end: range.start.saturating_sub(margin),
            samples: vec![0.0; 2 * margin.saturating_sub(range.start) as usize],
        },
    };
    let rest = tail.end..range.end + margin;
    tail.end = rest.end;
    let mixed = mix_plainly(cues, fps, rest, store, mixer)?;
    tail.samples.extend(mixed);
    // To the nearest whole number, halves away from 0; what does not fit is clipped. In
    // double precision nothing but that is rounded.
    let whole = |sample: f32| {
        let scaled = f64::from(sample * FULL);
        (scaled + 0.5f64.copysign(scaled)) as i16
    };
    let limited = limit(&tail.samples, mixer.ceiling)
        .into_iter()
        .map(whole)
        .collect();
    let needed = 4 * MARGIN;
    tail.samples.drain(..tail.samples.len() - needed);
    mixer.tail = Some(tail);
    Ok(limited)
}

/// The sum of all cues in a range, however loud.
fn mix_plainly(
    cues: &[SoundCue],
    fps: Fps,
    range: Range<u64>,
    store: &dyn AssetStore,
    mixer: &mut SoundMixer,
) -> Result<Vec<f32>, WorkerError> {
    mixer.begin();
    let mut mix = vec![0.0; 2 * range.end.saturating_sub(range.start) as usize];
    let mut heard = Vec::new();
    for cue in cues {
        let Some((samples, from)) = stretch(cue, fps, &range) else {
            continue;
        };
        let is_lost = |place: &u64| *place <= from;
        if mixer.lost.get(&source_of(cue)).is_some_and(is_lost) {
            continue;
        }
        heard.resize(2 * (samples.end - samples.start) as usize, 0.0);
        let name = || {
            let asset = store.find(cue.asset);
            asset.map_or_else(|_| cue.asset.to_string(), |asset| asset.name)
        };
        let open = match mixer.reader(cue, from, store) {
            Ok(open) => open,
            Err(fault) => match &fault {
                WorkerError::Asset { name, source } if mixer.lose(cue, from, (name, source)) => {
                    continue;
                }
                _ => return Err(fault),
            },
        };
        if let Err(source) = open.reader.read(from, &mut heard) {
            // Another attempt begins with a reader that has met no fault.
            mixer.open.retain(|open| open.source != source_of(cue));
            let name = name();
            if mixer.lose(cue, from, (&name, &source)) {
                continue;
            }
            let frames = cue.frames.clone();
            return Err(WorkerError::Sound {
                name,
                frames,
                source,
            });
        }
        open.position = from + (samples.end - samples.start);
        if let Some(damage) = open.reader.damage() {
            let name = name();
            DamagedFile::broken(&name, damage).add(&mut mixer.damaged);
        }
        let target = &mut mix[2 * (samples.start - range.start) as usize..];
        add(target, &heard, samples.start, cue, fps);
    }
    Ok(mix)
}

/// The samples within −1 to 1, as encoders take them.
pub fn as_floats(samples: &[i16]) -> Vec<f32> {
    samples
        .iter()
        .map(|sample| f32::from(*sample) / FULL)
        .collect()
}

/// The film's samples within `range` that a cue is heard in, and the file's sample
/// (at the cue's rate) at the first of them; none if it is silent there.
fn stretch(cue: &SoundCue, fps: Fps, range: &Range<u64>) -> Option<(Range<u64>, u64)> {
    let FrameRange { start, end } = cue.frames;
    if sample_at(end, fps, SAMPLE_RATE) <= range.start
        || sample_at(start, fps, SAMPLE_RATE) >= range.end
        || cue.volume.is_silent()
    {
        return None;
    }
    let shift = shift(cue, fps);
    // Samples before the file's own beginning, or the point from which it is played,
    // are silence.
    let first = (cue.from.max(0.0) / cue.rate * f64::from(SAMPLE_RATE)).round() as i64;
    let start = sample_at(start, fps, SAMPLE_RATE)
        .max(range.start)
        .max(u64::try_from(first - shift).unwrap_or(0));
    let end = sample_at(end, fps, SAMPLE_RATE).min(range.end);
    (start < end).then(|| (start..end, start.wrapping_add_signed(shift)))
}

/// Adds samples, the first of which is the film's sample `first`, as loud as the cue
/// has them.
fn add(target: &mut [f32], samples: &[f32], first: u64, cue: &SoundCue, fps: Fps) {
    if let Some(volume) = cue.volume.as_steady() {
        let volume = volume as f32;
        for (sum, sample) in target.iter_mut().zip(samples) {
            *sum += sample * volume;
        }
        return;
    }
    let mut ramp = Ramp::new(&cue.volume, cue.frames.start, fps);
    let pairs = target.chunks_exact_mut(2).zip(samples.chunks_exact(2));
    for (sample, (sum, pair)) in (first..).zip(pairs) {
        let volume = ramp.at(sample);
        sum[0] += pair[0] * volume;
        sum[1] += pair[1] * volume;
    }
}

/// A volume followed from sample to sample.
struct Ramp<'a> {
    volume: &'a Volume,
    start: u64,
    fps: Fps,
    /// The samples on the present line, its value at the first and its rise a sample.
    line: Range<u64>,
    value: f64,
    rise: f64,
}

impl<'a> Ramp<'a> {
    fn new(volume: &'a Volume, start: u64, fps: Fps) -> Self {
        Self {
            volume,
            start,
            fps,
            line: 0..0,
            value: 0.0,
            rise: 0.0,
        }
    }

    /// A value depends on its sample alone, so that any division into ranges gives
    /// the same ones.
    fn at(&mut self, sample: u64) -> f32 {
        if !self.line.contains(&sample) {
            self.find(sample);
        }
        (self.value + (sample - self.line.start) as f64 * self.rise) as f32
    }

    fn find(&mut self, sample: u64) {
        let place = |frame: u64| sample_at(self.start + frame, self.fps, SAMPLE_RATE);
        let levels = self.volume.levels();
        let after = levels.partition_point(|level| place(level.frame) <= sample);
        let before = after.checked_sub(1).and_then(|index| levels.get(index));
        let start = before.map_or(0, |level| place(level.frame));
        let end = levels
            .get(after)
            .map_or(u64::MAX, |level| place(level.frame));
        self.line = start..end;
        (self.value, self.rise) = match (before, levels.get(after)) {
            (Some(a), Some(b)) => (a.value, (b.value - a.value) / (end - start) as f64),
            (Some(only), None) | (None, Some(only)) => (only.value, 0.0),
            (None, None) => (0.0, 0.0),
        };
    }
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
            from: 0.0,
            loops: None,
            rate,
            keeps_pitch: true,
            volume: Volume::steady(1.0),
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
