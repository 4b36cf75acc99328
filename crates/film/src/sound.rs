use serde::{Deserialize, Serialize};

use crate::{AssetId, Fps, FrameRange};

/// A stretch of a sound file that is heard over whole frames.
///
/// Within a cue the file's time runs evenly: at the start of frame
/// `frames.start + k` it is `time + k / fps · rate`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SoundCue {
    /// The file.
    pub asset: AssetId,
    /// The frames during which it is heard.
    pub frames: FrameRange,
    /// Seconds into the file at the first frame.
    pub time: f64,
    /// Seconds of file a second of film; greater than 0. The pitch is kept.
    pub rate: f64,
    /// Amplification; 1 leaves the sound as it is, 0 or more.
    pub volume: f64,
}

/// Collects what is heard frame by frame into cues.
#[derive(Debug)]
pub struct SoundTrack {
    fps: Fps,
    open: Vec<(String, SoundCue)>,
    closed: Vec<SoundCue>,
}

impl SoundTrack {
    /// An empty track.
    pub fn new(fps: Fps) -> Self {
        Self {
            fps,
            open: Vec::new(),
            closed: Vec::new(),
        }
    }

    /// Adds what is heard during `frame`: for each source its key (the node's),
    /// file, file time in seconds at the frame's start, rate and volume.
    ///
    /// A source goes on in its cue as long as its time runs evenly (within a
    /// millisecond) and nothing else changes; otherwise a new cue begins.
    pub fn push(&mut self, frame: u64, heard: impl IntoIterator<Item = (String, SoundCue)>) {
        let mut next = Vec::new();
        for (key, mut cue) in heard {
            cue.frames = frame..frame + 1;
            let going_on = self
                .open
                .iter()
                .position(|(open_key, open)| *open_key == key && self.continues(open, &cue, frame));
            match going_on {
                Some(index) => {
                    let (key, mut open) = self.open.swap_remove(index);
                    open.frames.end = frame + 1;
                    next.push((key, open));
                }
                None => next.push((key, cue)),
            }
        }
        self.closed.extend(self.open.drain(..).map(|(_, cue)| cue));
        self.open = next;
    }

    fn continues(&self, open: &SoundCue, cue: &SoundCue, frame: u64) -> bool {
        let elapsed = self.fps.seconds(frame) - self.fps.seconds(open.frames.start);
        open.asset == cue.asset
            && open.frames.end == frame
            && open.rate == cue.rate
            && open.volume == cue.volume
            && (open.time + elapsed * open.rate - cue.time).abs() < 1e-3
    }

    /// All cues, in order of their first frame, then file, then time.
    pub fn finish(mut self) -> Vec<SoundCue> {
        self.closed
            .extend(self.open.into_iter().map(|(_, cue)| cue));
        self.closed.sort_by(|a, b| {
            let key = |cue: &SoundCue| (cue.frames.start, cue.frames.end, cue.asset);
            key(a).cmp(&key(b)).then(a.time.total_cmp(&b.time))
        });
        self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(time: f64) -> (String, SoundCue) {
        let asset = AssetId::of(b"beat");
        (
            "a".to_owned(),
            SoundCue {
                asset,
                frames: 0..0,
                time,
                rate: 1.0,
                volume: 1.0,
            },
        )
    }

    fn spans(times: &[Option<f64>]) -> Vec<(FrameRange, f64)> {
        let mut track = SoundTrack::new(Fps::new(10.0).unwrap());
        for (frame, time) in times.iter().enumerate() {
            track.push(frame as u64, time.map(cue));
        }
        track
            .finish()
            .into_iter()
            .map(|cue| (cue.frames, cue.time))
            .collect()
    }

    #[test]
    fn even_time_is_one_cue() {
        assert_eq!(spans(&[Some(1.0), Some(1.1), Some(1.2)]), [(0..3, 1.0)]);
    }

    #[test]
    fn pauses_and_jumps_begin_new_cues() {
        let times = [Some(0.0), Some(0.1), None, Some(0.1), Some(0.0)];
        assert_eq!(spans(&times), [(0..2, 0.0), (3..4, 0.1), (4..5, 0.0)]);
    }
}
