use crate::{Damage, MediaError, MediaSource, sound_track::SoundTrack};

/// The sound of a file at the file's own rate, once or over and over.
///
/// A loop begins again at the sample after its last one, whatever its length: what
/// comes after (a resampler, a change of tempo) meets one unbroken line of samples.
pub(crate) struct SoundLine {
    track: SoundTrack,
    turn: Option<Turn>,
}

/// How a line goes on at the end of the file.
struct Turn {
    /// Samples after which the file begins again.
    length: u64,
    /// All of them, interleaved, once they were read; long loops are read anew.
    kept: Option<Vec<f32>>,
    /// The file's sample that the track gives next.
    place: u64,
    /// The file's sample that is wanted next.
    wanted: u64,
}

/// Seconds of a loop that are kept in memory.
const KEPT: u64 = 10;

/// Samples given at a time from memory, and of silence after the file's end.
const PIECE: u64 = 4096;

impl SoundLine {
    /// The sound of a file, again from the start after `loops` seconds.
    pub(crate) fn open(source: &MediaSource, loops: Option<f64>) -> Result<Self, MediaError> {
        let mut track = SoundTrack::open(source)?;
        let turn = match loops {
            Some(seconds) => Some(Turn {
                length: turn_of(&mut track, seconds)?,
                kept: None,
                place: 0,
                wanted: 0,
            }),
            None => None,
        };
        Ok(Self { track, turn })
    }

    /// Samples a second.
    pub(crate) fn rate(&self) -> u32 {
        self.track.rate()
    }

    pub(crate) fn damage(&self) -> Option<Damage> {
        self.track.damage()
    }

    /// Whether [`SoundLine::start`] finds any second without decoding all before it.
    pub(crate) fn seeks_exactly(&self) -> bool {
        let kept = |turn: &Turn| turn.is_short(self.rate());
        self.track.seeks_exactly() || self.turn.as_ref().is_some_and(kept)
    }

    /// Goes to a whole second; what follows depends on the file and it alone.
    pub(crate) fn start(&mut self, second: u64) -> Result<(), MediaError> {
        let rate = u64::from(self.track.rate());
        let Some(turn) = &mut self.turn else {
            return self.track.start(second);
        };
        turn.wanted = second * rate % turn.length;
        if turn.is_short(self.track.rate()) {
            return Ok(());
        }
        let second = turn.wanted / rate;
        turn.place = second * rate;
        self.track.start(second)
    }

    /// Replaces the content of `out` by the samples that follow, interleaved;
    /// `false` when there are none any more.
    pub(crate) fn next(&mut self, out: &mut Vec<f32>) -> Result<bool, MediaError> {
        let Some(turn) = &mut self.turn else {
            return self.track.next(out);
        };
        let short = turn.is_short(self.track.rate());
        if short && turn.kept.is_none() {
            turn.keep(&mut self.track)?;
        }
        if turn.wanted == turn.length {
            turn.wanted = 0;
            if !short {
                turn.place = 0;
                self.track.start(0)?;
            }
        }
        match &turn.kept {
            Some(kept) => {
                let end = (turn.wanted + PIECE).min(turn.length);
                out.clear();
                out.extend_from_slice(&kept[2 * turn.wanted as usize..2 * end as usize]);
                turn.wanted = end;
                Ok(true)
            }
            None => turn.next(&mut self.track, out).map(|()| true),
        }
    }
}

/// Seconds by which the length that a sound file states may be more than it holds.
const OVERSTATED: f64 = 0.1;

/// The samples after which a file that lasts so many seconds begins again. A film
/// turns with its pictures; sound alone where it ends, which is counted, because
/// what files state is rounded or holds an encoder's lead.
fn turn_of(track: &mut SoundTrack, seconds: f64) -> Result<u64, MediaError> {
    let rate = f64::from(track.rate());
    let stated = ((seconds * rate).round() as u64).max(1);
    if track.has_pictures() || track.states_samples() {
        return Ok(stated);
    }
    let mut count = 0;
    let mut piece = Vec::new();
    track.start(0)?;
    while count < stated && track.next(&mut piece)? {
        count += piece.len() as u64 / 2;
    }
    track.start(0)?;
    let near = count + (OVERSTATED * rate) as u64 >= stated;
    Ok(if near {
        stated.min(count).max(1)
    } else {
        stated
    })
}

impl Turn {
    fn is_short(&self, rate: u32) -> bool {
        self.length <= KEPT * u64::from(rate)
    }

    /// Reads the whole loop.
    fn keep(&mut self, track: &mut SoundTrack) -> Result<(), MediaError> {
        track.start(0)?;
        let mut all = Vec::with_capacity(2 * self.length as usize);
        let mut piece = Vec::new();
        while all.len() < 2 * self.length as usize && track.next(&mut piece)? {
            all.extend_from_slice(&piece);
        }
        all.resize(2 * self.length as usize, 0.0);
        self.kept = Some(all);
        Ok(())
    }

    /// The samples from the wanted one on, as far as the track gives them at once
    /// and the loop goes; silence after the track's end.
    fn next(&mut self, track: &mut SoundTrack, out: &mut Vec<f32>) -> Result<(), MediaError> {
        loop {
            if track.next(out)? {
                let end = self.place + out.len() as u64 / 2;
                let before = self.wanted.min(end) - self.place;
                out.truncate(2 * (self.length.min(end) - self.place) as usize);
                out.drain(..2 * before as usize);
                self.place = end;
            } else {
                let silence = (self.length - self.wanted).min(PIECE);
                out.clear();
                out.resize(2 * silence as usize, 0.0);
                self.place = self.wanted + silence;
            }
            if !out.is_empty() {
                self.wanted += out.len() as u64 / 2;
                return Ok(());
            }
        }
    }
}
