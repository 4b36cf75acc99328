use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{AssetId, Fps, FrameRange, Volume};

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
    /// Seconds into the file at the first frame; of a loop, as if the file were
    /// written out over and over.
    pub time: f64,
    /// Seconds into the file before which nothing is heard: a sound may begin
    /// within its first frame.
    pub from: f64,
    /// Seconds of the file after which it begins again; none if it is heard once.
    pub loops: Option<f64>,
    /// Seconds of file a second of film; greater than 0.
    pub rate: f64,
    /// Whether the pitch is kept at other rates; else it rises and falls with the rate.
    pub keeps_pitch: bool,
    /// Amplification.
    pub volume: Volume,
}

/// What is heard of one source during one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// Tells the source from others: its node's key.
    pub key: String,
    /// The file.
    pub asset: AssetId,
    /// As [`SoundCue::time`], at the frame's start.
    pub time: f64,
    /// As [`SoundCue::from`].
    pub from: f64,
    /// As [`SoundCue::loops`].
    pub loops: Option<f64>,
    /// As [`SoundCue::rate`].
    pub rate: f64,
    /// As [`SoundCue::keeps_pitch`].
    pub keeps_pitch: bool,
    /// Amplification at the frame's start; 1 leaves the sound as it is, 0 or more.
    pub volume: f64,
}

/// Seconds by which a source's time may stray within a cue.
const EVEN: f64 = 1e-3;

/// Collects what is heard frame by frame into cues.
#[derive(Debug)]
pub struct SoundTrack {
    fps: Fps,
    open: Vec<(String, SoundCue)>,
    closed: Vec<SoundCue>,
    /// Where each source of the last frame stood.
    stood: HashMap<String, f64>,
}

impl SoundTrack {
    /// An empty track.
    pub fn new(fps: Fps) -> Self {
        Self {
            fps,
            open: Vec::new(),
            closed: Vec::new(),
            stood: HashMap::new(),
        }
    }

    /// Adds what is heard during `frame`.
    ///
    /// A source goes on in its cue as long as its time runs evenly (within a
    /// millisecond) and nothing but its volume changes; otherwise a new cue begins.
    /// A source whose time stands still is not heard.
    pub fn push(&mut self, frame: u64, heard: impl IntoIterator<Item = Heard>) {
        let mut next = Vec::new();
        let mut stood = HashMap::new();
        for heard in heard {
            let still = self.stood.get(&heard.key) == Some(&heard.time);
            stood.insert(heard.key.clone(), heard.time);
            if still {
                continue;
            }
            let going_on = self
                .open
                .iter()
                .position(|(key, open)| *key == heard.key && self.continues(open, &heard, frame));
            match going_on {
                Some(index) => {
                    let (key, mut open) = self.open.swap_remove(index);
                    let from_first = frame - open.frames.start;
                    open.volume.push(from_first, heard.volume);
                    open.frames.end = frame + 1;
                    next.push((key, open));
                }
                None => next.push((heard.key.clone(), begun(heard, frame))),
            }
        }
        self.closed.extend(self.open.drain(..).map(|(_, cue)| cue));
        self.open = next;
        self.stood = stood;
    }

    fn continues(&self, open: &SoundCue, heard: &Heard, frame: u64) -> bool {
        let elapsed = self.fps.seconds(frame) - self.fps.seconds(open.frames.start);
        let apart = open.time + elapsed * open.rate - heard.time;
        // A loop's time may be told within the file, or as if it were written out.
        let apart = match open.loops {
            Some(length) if length > 0.0 => apart - (apart / length).round() * length,
            _ => apart,
        };
        open.asset == heard.asset
            && open.frames.end == frame
            && open.rate == heard.rate
            && open.keeps_pitch == heard.keeps_pitch
            && open.from == heard.from
            && open.loops == heard.loops
            && apart.abs() < EVEN
    }

    /// All cues that are not silent, in order of their first frame, then file, then time.
    pub fn finish(mut self) -> Vec<SoundCue> {
        self.closed
            .extend(self.open.into_iter().map(|(_, cue)| cue));
        self.closed.retain(|cue| !cue.volume.is_silent());
        self.closed.sort_by(|a, b| {
            let key = |cue: &SoundCue| (cue.frames.start, cue.frames.end, cue.asset);
            key(a).cmp(&key(b)).then(a.time.total_cmp(&b.time))
        });
        self.closed
    }
}

fn begun(heard: Heard, frame: u64) -> SoundCue {
    SoundCue {
        asset: heard.asset,
        frames: frame..frame + 1,
        time: heard.time,
        from: heard.from,
        loops: heard.loops,
        rate: heard.rate,
        keeps_pitch: heard.keeps_pitch,
        volume: Volume::steady(heard.volume),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(time: f64) -> Heard {
        Heard {
            key: "a".to_owned(),
            asset: AssetId::of(b"beat"),
            time,
            from: 0.0,
            loops: None,
            rate: 1.0,
            keeps_pitch: true,
            volume: 1.0,
        }
    }

    fn cues(frames: impl IntoIterator<Item = Option<Heard>>) -> Vec<SoundCue> {
        let mut track = SoundTrack::new(Fps::new(10.0).unwrap());
        for (frame, heard) in frames.into_iter().enumerate() {
            track.push(frame as u64, heard);
        }
        track.finish()
    }

    fn spans(times: &[Option<f64>]) -> Vec<(FrameRange, f64)> {
        cues(times.iter().map(|time| time.map(heard)))
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

    #[test]
    fn what_stands_still_is_not_heard() {
        let times = [Some(0.0), Some(0.1), Some(0.1), Some(0.1), Some(0.2)];
        assert_eq!(spans(&times), [(0..2, 0.0), (4..5, 0.2)]);
    }

    #[test]
    fn a_loop_is_one_cue_however_its_time_is_told() {
        for wrapped in [false, true] {
            let found = cues((0..50).map(|frame| {
                let time = f64::from(frame) * 0.1;
                Some(Heard {
                    loops: Some(0.25),
                    ..heard(if wrapped { time % 0.25 } else { time })
                })
            }));
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!((&found[0].frames, found[0].loops), (&(0..50), Some(0.25)));
        }
    }

    #[test]
    fn a_fade_is_one_cue_and_silence_none() {
        let volumes = [0.0, 0.0, 0.5, 1.0, 1.0];
        let found = cues(volumes.iter().enumerate().map(|(frame, volume)| {
            Some(Heard {
                volume: *volume,
                ..heard(frame as f64 * 0.1)
            })
        }));
        assert_eq!(found.len(), 1);
        let at = |place| found[0].volume.at(place);
        assert_eq!([at(0.5), at(1.5), at(2.5), at(3.5)], [0.0, 0.25, 0.75, 1.0]);
        assert!(
            cues([Some(Heard {
                volume: 0.0,
                ..heard(0.0)
            })])
            .is_empty()
        );
    }
}
