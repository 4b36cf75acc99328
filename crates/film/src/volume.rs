use serde::{Deserialize, Serialize};

/// How loud a sound is over the frames of its cue: straight lines between levels.
///
/// 1 leaves the sound as it is, 0 is silence. Before the first level and after the
/// last one it is as loud as there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Volume(Vec<Level>);

/// A level at the start of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Frames since the cue's first one.
    pub frame: u64,
    /// Amplification, 0 or more.
    pub value: f64,
}

impl Volume {
    /// The same level throughout.
    pub fn steady(value: f64) -> Self {
        Self(vec![Level { frame: 0, value }])
    }

    /// Notes the level at the start of a frame; the frame after the one noted last.
    pub fn push(&mut self, frame: u64, value: f64) {
        let levels = &mut self.0;
        let new = Level { frame, value };
        match levels[..] {
            [only] if value == only.value => return,
            [only] if frame > only.frame + 1 => levels.push(Level {
                frame: frame - 1,
                value: only.value,
            }),
            [.., a, b] if on_line(a, new, b) => {
                levels.pop();
            }
            _ => {}
        }
        levels.push(new);
    }

    /// The level at a place, counted in frames from the cue's start.
    pub fn at(&self, place: f64) -> f64 {
        let after = self.0.partition_point(|level| level.frame as f64 <= place);
        let Some(before) = after.checked_sub(1).map(|index| self.0[index]) else {
            return self.0.first().map_or(0.0, |level| level.value);
        };
        let Some(next) = self.0.get(after) else {
            return before.value;
        };
        let part = (place - before.frame as f64) / (next.frame - before.frame) as f64;
        before.value + (next.value - before.value) * part
    }

    /// The same times a factor, 0 or more.
    pub fn times(&self, factor: f64) -> Self {
        let levels = self.0.iter();
        let level = |level: &Level| Level {
            value: level.value * factor,
            ..*level
        };
        Self(levels.map(level).collect())
    }

    /// Its levels, in order of their frames.
    pub fn levels(&self) -> &[Level] {
        &self.0
    }

    /// The level, if it never changes.
    pub fn as_steady(&self) -> Option<f64> {
        match self.0[..] {
            [only] => Some(only.value),
            _ => None,
        }
    }

    /// Whether nothing is heard throughout.
    pub fn is_silent(&self) -> bool {
        self.0.iter().all(|level| level.value == 0.0)
    }
}

/// Whether `between` lies on the line from `a` to `b`, to the rounding of numbers.
fn on_line(a: Level, b: Level, between: Level) -> bool {
    let part = (between.frame - a.frame) as f64 / (b.frame - a.frame) as f64;
    let line = a.value + (b.value - a.value) * part;
    (line - between.value).abs() <= 1e-9 * (1.0 + line.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Volume {
        let mut volume = Volume::steady(values[0]);
        for (frame, value) in values.iter().enumerate().skip(1) {
            volume.push(frame as u64, *value);
        }
        volume
    }

    #[test]
    fn every_frame_has_its_own_level_back() {
        for values in [
            &[1.0, 1.0, 1.0][..],
            &[0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.0],
            &[1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.2, 0.9, 0.9],
            &[0.1, 0.9, 0.1, 0.9],
        ] {
            let volume = of(values);
            for (frame, value) in values.iter().enumerate() {
                let found = volume.at(frame as f64);
                assert!(
                    (found - value).abs() < 1e-9,
                    "{values:?} at {frame}: {found}"
                );
            }
            assert_eq!(volume.at(1e6), values[values.len() - 1]);
        }
    }

    #[test]
    fn even_stretches_are_two_levels() {
        let fade: Vec<f64> = (0..=100).map(|n| f64::from(n) / 100.0).collect();
        assert_eq!(of(&fade).levels().len(), 2);
        assert_eq!(of(&[0.5; 100]).as_steady(), Some(0.5));
        assert_eq!(of(&[1.0, 1.0, 1.0, 0.5, 0.5, 0.5]).levels().len(), 4);
    }

    #[test]
    fn only_zeros_are_silence() {
        assert!(of(&[0.0, 0.0]).is_silent());
        assert!(!of(&[0.0, 0.0, 0.1]).is_silent());
    }
}
