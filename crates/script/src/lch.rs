//! Colours blended in CIE LCH, as the runtime's `Color.lerp` does.

const WHITE_D50: [f64; 3] = [0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585];
const E: f64 = 216.0 / 24389.0;
const K: f64 = 24389.0 / 27.0;
/// Linear sRGB of CIE XYZ with D50 (CSS Color 4).
const XYZ_TO_LRGB: [[f64; 3]; 3] = [
    [
        3.134_135_956_995_870_7,
        -1.617_386_332_161_253_8,
        -0.490_661_946_008_353_2,
    ],
    [
        -0.978_795_502_912_089,
        1.916_254_567_259_524,
        0.033_442_731_161_319_49,
    ],
    [
        0.071_955_379_884_116_77,
        -0.228_976_826_415_832_2,
        1.405_386_058_324_125,
    ],
];

/// The sRGB channels and alpha, each 0–1, at `progress` of the way from the
/// lightness, chroma, hue (degrees) and alpha at the beginning of `row` to those that
/// the four numbers after them differ by. The way ends at 0 and 1 but for alpha.
pub fn blend(progress: f64, row: &[f64; 8]) -> [f64; 4] {
    let [lightness, chroma, hue, alpha, ..] = *row;
    let t = unit(progress);
    let lch = [
        lightness + row[4] * t,
        chroma + row[5] * t,
        hue + row[6] * t,
    ];
    let [r, g, b] = to_srgb(lch).map(unit);
    [r, g, b, unit(alpha + row[7] * progress)]
}

fn to_srgb([lightness, chroma, hue]: [f64; 3]) -> [f64; 3] {
    let angle = hue * (std::f64::consts::PI / 180.0);
    let (a, b) = (chroma * angle.cos(), chroma * angle.sin());
    let y = (lightness + 16.0) / 116.0;
    let xyz = [
        backward(a / 500.0 + y) * WHITE_D50[0],
        backward(y) * WHITE_D50[1],
        backward(y - b / 200.0) * WHITE_D50[2],
    ];
    XYZ_TO_LRGB.map(|row| encode(row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]))
}

fn backward(value: f64) -> f64 {
    let cube = value.powf(3.0);
    if cube > E {
        cube
    } else {
        (116.0 * value - 16.0) / K
    }
}

/// The transfer function of sRGB.
fn encode(value: f64) -> f64 {
    let size = value.abs();
    if size <= 0.003_130_8 {
        value * 12.92
    } else {
        value.signum() * (1.055 * size.powf(1.0 / 2.4) - 0.055)
    }
}

fn unit(value: f64) -> f64 {
    if value > 0.0 { value.min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blends_are_those_of_the_runtime() {
        // red to blue, by `Color.lerp` in the engine
        let row = [
            54.290_541_404_669_9,
            106.837_193_638_175_9,
            40.857_668_082_432_476,
            1.0,
            -24.722_291_131_999_8,
            24.364_146_441_402_7,
            -99.488_886_104_298_27,
            -0.5,
        ];
        let near = |found: [f64; 4], wanted: [f64; 4]| {
            for (a, b) in found.into_iter().zip(wanted) {
                assert!((a - b).abs() < 2e-3, "{found:?} is not {wanted:?}");
            }
        };
        near(blend(0.0, &row), [1.0, 0.0, 0.0, 1.0]);
        near(blend(0.5, &row), [245.0 / 255.0, 0.0, 134.0 / 255.0, 0.75]);
        near(blend(1.0, &row), [0.0, 0.0, 1.0, 0.5]);
        // beyond the end only alpha goes on
        near(blend(1.5, &row), [0.0, 0.0, 1.0, 0.25]);
        assert_eq!(blend(f64::NAN, &row)[0..3], blend(0.0, &row)[0..3]);
    }
}
