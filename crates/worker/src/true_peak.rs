//! What sound is between its samples: four times as many, by the filter of ITU-R BS.1770-4,
//! annex 2.

/// Samples on either side that decide on what lies between.
pub(crate) const REACH: usize = 6;

/// By how much what lies between samples may be louder than the loudest of them: the sum of
/// the second phase's coefficients without their signs, rounded up.
pub(crate) const MOST_GAIN: f32 = 2.03;

/// Two of the filter's four phases; the others are the same backwards.
const PHASES: [[f32; 12]; 2] = [
    [
        0.001_708_984_4,
        0.010_986_328,
        -0.019_653_32,
        0.033_203_125,
        -0.059_448_242,
        0.137_329_1,
        0.972_167_97,
        -0.102_294_92,
        0.047_607_422,
        -0.026_611_328,
        0.014_892_578,
        -0.008_300_781,
    ],
    [
        -0.029_174_805,
        0.029_296_875,
        -0.051_757_813,
        0.089_111_33,
        -0.166_503_9,
        0.465_087_9,
        0.779_785_16,
        -0.200_317_38,
        0.101_562_5,
        -0.058_227_54,
        0.033_081_055,
        -0.018_920_898,
    ],
];

/// The loudest that either channel of interleaved stereo is at a pair of samples and between it
/// and its neighbours.
pub(crate) fn around(samples: &[f32], place: usize) -> f32 {
    let near = &samples[2 * (place - REACH)..2 * (place + REACH)];
    let pair = &samples[2 * place..2 * place + 2];
    let mut peak = pair[0].abs().max(pair[1].abs());
    for phase in &PHASES {
        let mut sums = [0.0f32; 4];
        for (index, pair) in near.chunks_exact(2).enumerate() {
            let (forth, back) = (phase[index], phase[11 - index]);
            sums[0] += pair[0] * forth;
            sums[1] += pair[1] * forth;
            sums[2] += pair[0] * back;
            sums[3] += pair[1] * back;
        }
        peak = sums.iter().fold(peak, |peak, sum| peak.max(sum.abs()));
    }
    peak
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_samples_is_found() {
        // A quarter of the rate, an eighth of a turn off: samples of 0.707, a wave of 1.
        let wave =
            |n: usize| (std::f32::consts::FRAC_PI_2 * n as f32 + std::f32::consts::FRAC_PI_4).sin();
        let samples: Vec<f32> = (0..40).flat_map(|n| [wave(n), 0.1]).collect();
        let peaks = (REACH..40 - REACH).map(|place| around(&samples, place));
        let peak = peaks.fold(0.0, f32::max);
        assert!((0.97..1.03).contains(&peak), "{peak}");
        let low: Vec<f32> = (0..40)
            .flat_map(|n| [0.1, (n as f32 * 0.05).sin()])
            .collect();
        for place in REACH..40 - REACH {
            let value = low[2 * place + 1].abs().max(0.1);
            assert!((around(&low, place) - value).abs() < 0.06, "sample {place}");
        }
    }

    #[test]
    fn no_phase_makes_samples_louder_than_is_said() {
        for phase in PHASES {
            let sum: f32 = phase.iter().map(|coefficient| coefficient.abs()).sum();
            assert!(sum <= MOST_GAIN, "{sum}");
        }
    }
}
