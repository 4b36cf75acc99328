use crate::true_peak;

/// Samples on either side over which the loudness is taken back: 5 ms at 48 kHz.
const REACH: usize = 240;

/// Samples a channel that lie before and behind a stretch and decide, with it, on its own.
pub(crate) const MARGIN: usize = 2 * REACH + true_peak::REACH;

/// What 1 is among the gains. Whole numbers, so that sums do not depend on where they begin.
const UNIT: u64 = 1 << 32;

/// How loud a film's sound may be at any moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ceiling {
    /// No sample is louder than full scale.
    #[default]
    FullScale,
    /// Also between samples, where players and later encoders find it, nothing is louder than
    /// -1 dBTP (ITU-R BS.1770-4, annex 2).
    TruePeak,
}

impl Ceiling {
    /// What is allowed, as a share of full scale.
    fn allowed(self) -> f32 {
        match self {
            Self::FullScale => 1.0,
            // -1.15 dB: meters do not all find the same between samples.
            Self::TruePeak => 0.876,
        }
    }

    /// Whether nothing has to be taken back, as far as that can be told from samples at once.
    fn holds(self, samples: &[f32]) -> bool {
        let most = match self {
            Self::FullScale => 1.0,
            Self::TruePeak => self.allowed() / true_peak::MOST_GAIN,
        };
        samples.iter().all(|sample| sample.abs() <= most)
    }

    /// The gain that brings each pair of samples to what is allowed at most, rounded down;
    /// of all but the first and last [`true_peak::REACH`].
    fn needs(self, samples: &[f32]) -> Vec<u64> {
        let pairs = samples.len() / 2;
        let inner = true_peak::REACH..pairs - true_peak::REACH;
        let need = |peak: f32| match peak > self.allowed() {
            true => (UNIT as f64 * f64::from(self.allowed()) / f64::from(peak)) as u64,
            false => UNIT,
        };
        match self {
            Self::FullScale => {
                let peak = |pair: &[f32]| pair[0].abs().max(pair[1].abs());
                let pairs = samples[2 * inner.start..2 * inner.end].chunks_exact(2);
                pairs.map(|pair| need(peak(pair))).collect()
            }
            Self::TruePeak => inner
                .map(|place| need(true_peak::around(samples, place)))
                .collect(),
        }
    }
}

/// Takes back what is louder than allowed, and does nothing else: the samples of a
/// stretch from those with [`MARGIN`] more on either side, interleaved stereo.
///
/// Every sample has a gain that brings it to what is allowed at most. The least of them within
/// [`REACH`] on either side, then their mean over the same reach, is a gain that changes
/// slowly and is nowhere above what its own sample needs: all that the mean is of are the
/// least of a reach in which the sample lies. Both channels have the same, so that
/// nothing moves from side to side.
pub(crate) fn limit(samples: &[f32], ceiling: Ceiling) -> Vec<f32> {
    let inner = &samples[2 * MARGIN..samples.len() - 2 * MARGIN];
    if ceiling.holds(samples) {
        return inner.to_vec();
    }
    let needs = ceiling.needs(samples);
    let least = sliding_least(&needs);
    let width = 2 * REACH + 1;
    let mut sum: u64 = least[..width - 1].iter().sum();
    let mut limited = Vec::with_capacity(inner.len());
    for (index, pair) in inner.chunks_exact(2).enumerate() {
        sum += least[index + width - 1];
        let gain = sum as f64 / (width as u64 * UNIT) as f64;
        limited.extend(pair.iter().map(|sample| (f64::from(*sample) * gain) as f32));
        sum -= least[index];
    }
    limited
}

/// The least of each [`REACH`] on either side, for all that have so many neighbours.
fn sliding_least(needs: &[u64]) -> Vec<u64> {
    let width = 2 * REACH + 1;
    // The places of those that are less than all behind them, within reach.
    let mut rising = std::collections::VecDeque::new();
    let mut least = Vec::with_capacity(needs.len() + 1 - width);
    for (place, need) in needs.iter().enumerate() {
        while rising.back().is_some_and(|last| needs[*last] >= *need) {
            rising.pop_back();
        }
        rising.push_back(place);
        if place + 1 >= width {
            while rising.front().is_some_and(|first| *first + width <= place) {
                rising.pop_front();
            }
            least.push(needs[rising[0]]);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stereo samples with margins of silence.
    fn padded(samples: &[f32]) -> Vec<f32> {
        let silence = [0.0; 2 * MARGIN];
        [&silence, samples, &silence].concat()
    }

    fn tone(count: usize, loudness: impl Fn(usize) -> f32) -> Vec<f32> {
        let value = |n: usize| (n as f32 * 0.0576).sin() * loudness(n);
        (0..count)
            .flat_map(|n| [value(n), -0.5 * value(n)])
            .collect()
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let samples = tone(3000, |_| 1.0);
        assert_eq!(limit(&padded(&samples), Ceiling::FullScale), samples);
    }

    #[test]
    fn nothing_is_louder_than_full_scale_and_the_rest_stays() {
        let samples = tone(9000, |n| if (4000..4300).contains(&n) { 2.5 } else { 0.8 });
        let limited = limit(&padded(&samples), Ceiling::FullScale);
        assert!(limited.iter().all(|sample| sample.abs() <= 1.0));
        let near = 2 * (4000 - MARGIN)..2 * (4300 + MARGIN);
        for (index, (got, was)) in limited.iter().zip(&samples).enumerate() {
            assert!(near.contains(&index) || got == was, "sample {index}");
        }
        // It is taken back, not cut off: the wave keeps its shape.
        let middle = 2 * 4150;
        let gains: Vec<f32> = (middle..middle + 100)
            .filter(|index| samples[*index].abs() > 0.1)
            .map(|index| limited[index] / samples[index])
            .collect();
        let (least, most) = gains.iter().fold((f32::MAX, 0.0f32), |(a, b), gain| {
            (a.min(*gain), b.max(*gain))
        });
        assert!(most - least < 0.1 && most < 0.5, "{least} to {most}");
    }

    #[test]
    fn any_division_gives_the_same_samples() {
        let samples = tone(5000, |n| 0.7 + (n % 700) as f32 / 300.0);
        let all = padded(&samples);
        for (ceiling, cut) in [Ceiling::FullScale, Ceiling::TruePeak]
            .into_iter()
            .flat_map(|ceiling| [1, 240, 2222, 4999].map(|cut| (ceiling, cut)))
        {
            let whole = limit(&all, ceiling);
            let first = limit(&all[..2 * (cut + 2 * MARGIN)], ceiling);
            let second = limit(&all[2 * cut..], ceiling);
            assert!([first, second].concat() == whole, "cut at {cut}");
        }
    }

    /// Decibels of the loudest moment, by another's meter.
    fn true_peak(samples: &[f32]) -> f64 {
        let mut meter = ebur128::EbuR128::new(2, 48_000, ebur128::Mode::TRUE_PEAK).unwrap();
        meter.add_frames_f32(samples).unwrap();
        let peaks = [0, 1].map(|channel| meter.true_peak(channel).unwrap());
        20.0 * peaks[0].max(peaks[1]).log10()
    }

    #[test]
    fn true_peaks_are_found_between_samples() {
        let wave = |n: usize| {
            let turn = std::f32::consts::FRAC_PI_2 * n as f32 + std::f32::consts::FRAC_PI_4;
            turn.sin() * (0.5 + (n / 2000) as f32 * 0.2)
        };
        let noise =
            |n: usize| ((n as u32).wrapping_mul(2_654_435_761) >> 16) as f32 / 32_768.0 - 1.0;
        let sound: Vec<f32> = (0..12_000).flat_map(|n| [wave(n), noise(n)]).collect();
        assert!(true_peak(&sound) > 1.0);
        let limited = limit(&padded(&sound), Ceiling::TruePeak);
        let peak = true_peak(&limited);
        assert!((-2.5..=-1.0).contains(&peak), "{peak} dBTP");
        let quiet = tone(3000, |_| 0.4);
        assert_eq!(limit(&padded(&quiet), Ceiling::TruePeak), quiet);
        let loud = tone(3000, |_| 0.87);
        assert_eq!(limit(&padded(&loud), Ceiling::TruePeak), loud);
    }
}
