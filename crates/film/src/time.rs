use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of whole frames, counted from the start of the project.
pub type FrameRange = Range<u64>;

/// The frames that one worker of several renders: shares meet without a gap or an
/// overlap, and differ by one frame at most. Workers are counted from 0.
pub fn share(frames: FrameRange, worker: u64, workers: u64) -> FrameRange {
    let count = u128::from(frames.end - frames.start);
    let cut =
        |worker: u64| frames.start + (count * u128::from(worker) / u128::from(workers)) as u64;
    cut(worker)..cut(worker + 1)
}

/// Frames per second, as an exact fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fps {
    num: u32,
    den: u32,
}

/// A frame rate that is not a finite number within `0.001..=1000`.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a frame rate must lie between 0.001 and 1000, got `{0}`")]
pub struct FpsError(pub f64);

impl Fps {
    /// The frame rate nearest to `value` frames per second.
    ///
    /// Whole rates and the NTSC rates (`n·1000/1001`, within 0.01) are taken
    /// exactly, others as thousandths.
    ///
    /// # Errors
    /// When `value` is not a finite number within `0.001..=1000`.
    pub fn new(value: f64) -> Result<Self, FpsError> {
        if !(0.001..=1000.0).contains(&value) {
            return Err(FpsError(value));
        }
        let whole = value.round();
        if (value - whole).abs() < 1e-9 {
            return Ok(Self {
                num: whole as u32,
                den: 1,
            });
        }
        let ntsc = (value * 1001.0 / 1000.0).round();
        if (value - ntsc * 1000.0 / 1001.0).abs() < 0.01 && ntsc >= 1.0 {
            return Ok(Self {
                num: ntsc as u32 * 1000,
                den: 1001,
            });
        }
        Ok(Self {
            num: (value * 1000.0).round() as u32,
            den: 1000,
        })
    }

    /// Frames per second as the fraction's numerator.
    pub fn num(self) -> u32 {
        self.num
    }

    /// The fraction's denominator, in seconds.
    pub fn den(self) -> u32 {
        self.den
    }

    /// Frames per second as a number.
    pub fn value(self) -> f64 {
        f64::from(self.num) / f64::from(self.den)
    }

    /// The time at which `frame` begins, in seconds.
    pub fn seconds(self, frame: u64) -> f64 {
        frame as f64 * f64::from(self.den) / f64::from(self.num)
    }
}

/// The first sample of `frame` at `sample_rate` samples per second:
/// `floor(frame · sample_rate / fps)`, in whole numbers.
///
/// Neighbouring frame ranges cut by this formula meet without a gap or an overlap.
pub fn sample_at(frame: u64, fps: Fps, sample_rate: u32) -> u64 {
    let samples = u128::from(frame) * u128::from(sample_rate) * u128::from(fps.den);
    (samples / u128::from(fps.num)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_meet_and_sum_to_the_whole() {
        for count in [0, 1, 9, 30, 900, 901] {
            for workers in 1..20 {
                let mut next = 7;
                for worker in 0..workers {
                    let share = share(7..7 + count, worker, workers);
                    assert_eq!(share.start, next);
                    next = share.end;
                }
                assert_eq!(next, 7 + count);
            }
        }
    }

    #[test]
    fn whole_and_ntsc_rates_are_exact() {
        let parts = |value| Fps::new(value).map(|fps| (fps.num(), fps.den()));
        assert_eq!(parts(30.0), Ok((30, 1)));
        assert_eq!(parts(29.97), Ok((30000, 1001)));
        assert_eq!(parts(23.976), Ok((24000, 1001)));
        assert_eq!(parts(12.5), Ok((12500, 1000)));
    }

    #[test]
    fn impossible_rates_are_refused() {
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert!(Fps::new(value).is_err(), "{value}");
        }
    }

    #[test]
    fn samples_of_neighbouring_ranges_meet() {
        let fps = Fps::new(29.97).unwrap();
        assert_eq!(sample_at(0, fps, 48_000), 0);
        assert_eq!(sample_at(30_000, fps, 48_000), 48_000 * 1001);
        assert_eq!(sample_at(900, Fps::new(30.0).unwrap(), 48_000), 1_440_000);
    }
}
