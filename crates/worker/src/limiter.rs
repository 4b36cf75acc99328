/// Samples on either side over which the loudness is taken back: 5 ms at 48 kHz.
const REACH: usize = 240;

/// Samples a channel that lie before and behind a stretch and decide, with it, on its own.
pub(crate) const MARGIN: usize = 2 * REACH;

/// What 1 is among the gains. Whole numbers, so that sums do not depend on where they begin.
const UNIT: u64 = 1 << 32;

/// Takes back what is louder than full scale, and does nothing else: the samples of a
/// stretch from those with [`MARGIN`] more on either side, interleaved stereo.
///
/// Every sample has a gain that brings it to full scale at most. The least of them within
/// [`REACH`] on either side, then their mean over the same reach, is a gain that changes
/// slowly and is nowhere above what its own sample needs: all that the mean is of are the
/// least of a reach in which the sample lies. Both channels have the same, so that
/// nothing moves from side to side.
pub(crate) fn limit(samples: &[f32]) -> Vec<f32> {
    let inner = &samples[2 * MARGIN..samples.len() - 2 * MARGIN];
    if samples.iter().all(|sample| sample.abs() <= 1.0) {
        return inner.to_vec();
    }
    let needs: Vec<u64> = samples.chunks_exact(2).map(need).collect();
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

/// The gain that brings a pair to full scale at most, rounded down.
fn need(pair: &[f32]) -> u64 {
    let peak = pair[0].abs().max(pair[1].abs());
    match peak > 1.0 {
        true => (UNIT as f64 / f64::from(peak)) as u64,
        false => UNIT,
    }
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
        assert_eq!(limit(&padded(&samples)), samples);
    }

    #[test]
    fn nothing_is_louder_than_full_scale_and_the_rest_stays() {
        let samples = tone(9000, |n| if (4000..4300).contains(&n) { 2.5 } else { 0.8 });
        let limited = limit(&padded(&samples));
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
        let whole = limit(&all);
        for cut in [1, 240, 2222, 4999] {
            let first = limit(&all[..2 * (cut + 2 * MARGIN)]);
            let second = limit(&all[2 * cut..]);
            assert!([first, second].concat() == whole, "cut at {cut}");
        }
    }
}
