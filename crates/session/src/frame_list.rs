use std::{collections::BTreeSet, str::FromStr};

use kinora_film::Fps;

/// Frame numbers as a user lists them: `0,29,60-90:10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameList(BTreeSet<u64>);

/// Frames that one list may name at most.
const MOST: usize = 1_000_000;

impl FrameList {
    /// The list of one frame.
    pub fn one(frame: u64) -> Self {
        Self(BTreeSet::from([frame]))
    }

    /// The list of these frames; without any it is that of frame 0.
    pub fn of(frames: impl IntoIterator<Item = u64>) -> Self {
        let frames: BTreeSet<u64> = frames.into_iter().collect();
        match frames.is_empty() {
            true => Self::one(0),
            false => Self(frames),
        }
    }

    /// Whether the frame is listed.
    pub fn contains(&self, frame: u64) -> bool {
        self.0.contains(&frame)
    }

    /// The last frame; a list is never empty.
    pub fn last(&self) -> u64 {
        self.0.last().copied().unwrap_or_default()
    }

    /// How many frames are listed.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The frames at or after `frame`, in order.
    pub fn from(&self, frame: u64) -> impl Iterator<Item = u64> + '_ {
        self.0.range(frame..).copied()
    }
}

/// Which frames are wanted of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// Those of these numbers.
    Frames(FrameList),
    /// The one that is on at this second, at least 0.
    Time(f64),
}

impl Wanted {
    /// The frames' numbers in a project of this rate. A time that is a whole number of
    /// frames but for rounding means that frame.
    pub fn list(&self, fps: Fps) -> FrameList {
        match self {
            Self::Frames(list) => list.clone(),
            Self::Time(time) => FrameList::one((time * fps.value() + 1e-6).floor() as u64),
        }
    }
}

impl FromStr for FrameList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            text.trim()
                .parse::<u64>()
                .map_err(|_| format!("`{text}` is not a frame number"))
        };
        let mut frames = BTreeSet::new();
        for part in text.split(',') {
            let (span, step) = match part.split_once(':') {
                Some((span, step)) => (span, number(step)?),
                None => (part, 1),
            };
            if step == 0 {
                return Err(format!("the step of `{part}` is 0"));
            }
            let (from, to) = match span.split_once('-') {
                Some((from, to)) => (number(from)?, number(to)?),
                None => (number(span)?, number(span)?),
            };
            if to < from {
                return Err(format!("`{part}` ends before it begins"));
            }
            if ((to - from) / step) as usize >= MOST {
                return Err(format!("`{part}` names more than {MOST} frames"));
            }
            frames.extend((from..=to).step_by(step as usize));
        }
        Ok(Self(frames))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(text: &str) -> Result<Vec<u64>, String> {
        text.parse()
            .map(|list: FrameList| list.0.into_iter().collect())
    }

    #[test]
    fn numbers_spans_and_steps() {
        assert_eq!(frames("0,29,60-90:10"), Ok(vec![0, 29, 60, 70, 80, 90]));
        assert_eq!(frames("5-7,6,1"), Ok(vec![1, 5, 6, 7]));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "a", "1-", "9-3", "1-5:0", "0-9999999999", "-1"] {
            assert!(frames(text).is_err(), "{text}");
        }
    }
}
